import type { SupplierReading } from '../../subgraphs/procurement/ports.ts';
import { shown } from './elements.ts';
import {
  type Envelope,
  element,
  type Group,
  openEnvelope,
  segmentName,
  type Transaction,
} from './envelope.ts';
import { functionalAcknowledgement, type Verdict } from './functional-acknowledgement.ts';
import { segmentsOf } from './known-segments.ts';
import { readAcknowledgement } from './read-acknowledgement.ts';
import { readRejections } from './read-rejections.ts';
import { readShipNotice } from './read-ship-notice.ts';
import { tokenize } from './tokenize.ts';

type SupplierDocument = SupplierReading['documents'][number];

interface TransactionReading {
  readonly documents: readonly SupplierDocument[];
  readonly problems: readonly string[];
}

const unknownSegments = (transaction: Transaction, known: ReadonlySet<string>): readonly string[] =>
  [
    ...new Set(transaction.segments.filter((each) => !known.has(each.id)).map((each) => each.id)),
  ].map((id) => `${segmentName(id)}: is not a segment of an ${transaction.set}; leave it out.`);

const bodyOf = (transaction: Transaction, group: Group, envelope: Envelope): TransactionReading => {
  const control = [element(envelope.isa, 13), element(group.gs, 6), transaction.control].join('/');
  if (transaction.set === '856') return readShipNotice(transaction, control);
  const { document, problems } = readAcknowledgement(transaction, group.gs, control);
  return { documents: document === null ? [] : [document], problems };
};

const readTransaction = (
  transaction: Transaction,
  group: Group,
  envelope: Envelope,
): TransactionReading => {
  const known = segmentsOf(transaction.set);
  if (known === undefined)
    return {
      documents: [],
      problems: [
        `ST: transaction set ${shown(transaction.set)} is not one that the hub reads; send 855, 856 or 997.`,
      ],
    };
  const frame = [...transaction.problems, ...unknownSegments(transaction, known)];
  const body =
    transaction.set === '997'
      ? { documents: [], problems: readRejections(transaction) }
      : bodyOf(transaction, group, envelope);
  // What is in a transaction that broke the standard is not believed in part.
  return {
    documents: frame.length > 0 ? [] : body.documents,
    problems: [...frame, ...body.problems],
  };
};

interface EnvelopeReading extends TransactionReading {
  readonly acknowledgement: string | null;
}

const readEnvelope = (envelope: Envelope): EnvelopeReading => {
  const sound = envelope.problems.length === 0;
  const readings = envelope.groups.map((group) => ({
    group,
    accepted: sound && group.problems.length === 0,
    transactions: group.transactions.map((each) => ({
      transaction: each,
      reading: readTransaction(each, group, envelope),
    })),
  }));
  const verdicts = readings.map(
    ({ group, accepted, transactions }): Verdict => ({
      group,
      problems: [...envelope.problems, ...group.problems],
      transactions: transactions.map(({ transaction, reading }) => ({
        transaction,
        accepted: accepted && reading.problems.length === 0,
        known: segmentsOf(transaction.set),
      })),
    }),
  );
  return {
    documents: readings.flatMap(({ accepted, transactions }) =>
      accepted ? transactions.flatMap((each) => each.reading.documents) : [],
    ),
    problems: [
      ...envelope.problems,
      ...readings.flatMap(({ group, transactions }) => [
        ...group.problems,
        ...transactions.flatMap((each) => each.reading.problems),
      ]),
    ],
    acknowledgement: functionalAcknowledgement(envelope.isa, verdicts),
  };
};

/** What a supplier's raw document says, any number of interchanges in it; what is wrong is in `problems`, nothing is thrown. */
export const readInterchanges = (raw: string): SupplierReading => {
  const { interchanges, problems } = tokenize(raw);
  const envelopes = interchanges.map(openEnvelope).filter((each) => each !== null);
  const readings = envelopes.map(readEnvelope);
  const senders = new Set(envelopes.map((each) => element(each.isa, 6)));
  const mixed =
    senders.size > 1 ? ['ISA: the interchanges name different senders; send a file each.'] : [];
  const acknowledgements = readings.map((each) => each.acknowledgement);
  return {
    sender: [...senders].find((each) => each !== '') ?? null,
    documents: mixed.length > 0 ? [] : readings.flatMap((each) => each.documents),
    problems: [...problems, ...mixed, ...readings.flatMap((each) => each.problems)].slice(0, 100),
    // A positive answer to documents that are not taken would be a lie.
    functionalAcknowledgement:
      mixed.length > 0 ? null : acknowledgements.filter((each) => each !== null).join('') || null,
  };
};
