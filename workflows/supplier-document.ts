import { createHash, randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Transaction, Workflow } from '../platform/durable.ts';
import type { HubPurchaseOrder } from '../platform/tables.generated.ts';
import type {
  OrderAcknowledgement,
  ShipNotice,
  SupplierReading,
} from '../subgraphs/procurement/ports.ts';
import type { HubParts } from './hub-parts.ts';
import { raiseException } from './raise-exception.ts';
import type { ReportInput } from './report-to-ward.ts';
import { takeAcknowledgement } from './take-acknowledgement.ts';
import { takeShipNotice } from './take-ship-notice.ts';

/** What the sender is answered. */
export interface SupplierAnswer {
  readonly functionalAcknowledgement: string | null;
  readonly problems: readonly string[];
}

/** What the handling of one document needs to know. */
export interface Arrival {
  readonly partner: string;
  readonly order: Selectable<HubPurchaseOrder>;
  readonly rawDocumentId: string;
  readonly runbookBase: string;
  readonly reportToWard: Workflow<ReportInput>;
}

const keepRaw = async (
  tx: Transaction,
  partner: string,
  { id, raw, reading }: { id: string; raw: string; reading: SupplierReading },
): Promise<void> => {
  await tx.db
    .insertInto('hub.rawDocument')
    .values({
      id,
      system: partner,
      kind: 'X12',
      content: raw,
      sha256: createHash('sha256').update(raw).digest('hex'),
      verdict: reading.problems.length === 0 ? 'USABLE' : 'UNUSABLE',
      problem: reading.problems.length === 0 ? null : reading.problems.join('\n'),
    })
    .execute();
};

/** False when the very document was taken before, whatever envelope it came in. */
const isNew = async (
  tx: Transaction,
  key: { tradingPartner: string; kind: string; controlNumber: string },
  rawDocumentId: string,
): Promise<boolean> => {
  const row = await tx.db
    .insertInto('hub.supplierDocument')
    .values({ ...key, rawDocumentId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('kind')
    .executeTakeFirst();
  return row !== undefined;
};

const unknownOrder = (document: OrderAcknowledgement | ShipNotice, partner: string): string =>
  `${partner} sent ${document.kind === 'ACKNOWLEDGEMENT' ? 'an acknowledgement' : 'a ship notice'} (control number ${document.controlNumber}) for order ${document.orderNumber}, which the hub does not know. Ask the supplier which order is meant.`;

const nowhere = { correlationId: null, facilityId: null, departmentId: null };

const takeOne = async (
  tx: Transaction,
  document: OrderAcknowledgement | ShipNotice,
  arrived: Omit<Arrival, 'order'> & { readonly sender: string },
): Promise<void> => {
  const { partner, rawDocumentId, runbookBase, sender } = arrived;
  // Control numbers are the sender's own, so the sender is a part of the key.
  const key = {
    tradingPartner: `${partner}/${sender}`,
    kind: document.kind,
    controlNumber: document.controlNumber,
  };
  if (!(await isNew(tx, key, rawDocumentId))) return;
  const order = await tx.db
    .selectFrom('hub.purchaseOrder')
    .selectAll()
    .where('number', '=', document.orderNumber)
    // Two purchasing systems may count alike; the supplier answers to what it was sent last.
    .orderBy('sentToSupplierAt', (by) => by.desc().nullsLast())
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  if (order === undefined) {
    await raiseException(
      tx,
      {
        kind: 'SUPPLIER_RESPONSE',
        message: unknownOrder(document, partner),
        subjectType: 'DOCUMENT',
        subjectId: rawDocumentId,
        rawDocumentId,
      },
      { runbookBase, belonging: nowhere },
    );
    return;
  }
  if (document.kind === 'ACKNOWLEDGEMENT')
    await takeAcknowledgement(tx, document, { ...arrived, order });
  else await takeShipNotice(tx, document, { ...arrived, order });
};

const raiseMalformed = (
  tx: Transaction,
  { partner, rawDocumentId, runbookBase }: Omit<Arrival, 'order'>,
  reading: SupplierReading,
): Promise<void> =>
  raiseException(
    tx,
    {
      kind: 'MALFORMED_DOCUMENT',
      message: `${partner} sent a document that cannot be used: ${reading.problems.join(' ')}`,
      subjectType: 'DOCUMENT',
      subjectId: rawDocumentId,
      rawDocumentId,
    },
    { runbookBase, belonging: nowhere },
  );

/** Takes what suppliers answer (X12 855 and 856): the raw text is kept, each document counts once, the sender gets its 997 back. */
export const supplierDocumentIntake =
  (parts: HubParts, reportToWard: Workflow<ReportInput>) =>
  async (partner: string, raw: string): Promise<SupplierAnswer> => {
    const connected = parts.systems.tradingPartners.get(partner);
    if (connected === undefined)
      return {
        functionalAcknowledgement: null,
        problems: [`No trading partner ${partner} is connected.`],
      };
    const reading = connected.messages.read(raw);
    const rawDocumentId = randomUUID();
    const arrived = {
      partner,
      rawDocumentId,
      reportToWard,
      runbookBase: parts.policy.runbookBase,
      sender: reading.sender ?? 'unknown',
    };
    await parts.durable.transact(async (tx) => {
      await keepRaw(tx, partner, { id: rawDocumentId, raw, reading });
      for (const document of reading.documents) await takeOne(tx, document, arrived);
      if (reading.problems.length > 0) await raiseMalformed(tx, arrived, reading);
    });
    return {
      functionalAcknowledgement: reading.functionalAcknowledgement,
      problems: reading.problems,
    };
  };
