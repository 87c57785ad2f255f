import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Transaction, Workflow } from '../platform/durable.ts';
import type {
  ClinicalSupplyRequest,
  UnusableClinicalDocument,
} from '../subgraphs/clinical/ports.ts';
import { takeRequestVersion } from './change-supply-request.ts';
import type { HubParts } from './hub-parts.ts';
import type { ValidateInput } from './join-requisition.ts';
import { placeOf } from './place-of.ts';
import { placeRequests, type RequestRow } from './place-requests.ts';
import { raiseException } from './raise-exception.ts';
import { recordChange } from './record-change.ts';
import { stableId, stableUuid } from './stable-id.ts';

/** A document of a clinical application, usable or not. */
export type ClinicalDocument = ClinicalSupplyRequest | UnusableClinicalDocument;

/** Takes documents of one clinical application in. The same document taken twice changes nothing. */
export interface SupplyRequestIntake {
  readonly take: (system: string, documents: readonly ClinicalDocument[]) => Promise<void>;
}

const rawIdOf = (system: string, document: ClinicalDocument): string =>
  stableUuid('clinical', system, document.localId, document.versionId);

/** False when the very document was kept before. */
const keepRaw = async (
  tx: Transaction,
  system: string,
  document: ClinicalDocument,
): Promise<boolean> => {
  const problems = document.kind === 'UNUSABLE' ? document.problems.join('\n') : null;
  const row = await tx.db
    .insertInto('hub.rawDocument')
    .values({
      id: rawIdOf(system, document),
      system,
      kind: 'SupplyRequest',
      content: document.screened,
      sha256: createHash('sha256').update(document.screened).digest('hex'),
      verdict: problems === null ? 'USABLE' : 'UNUSABLE',
      problem: problems,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
};

const takeUnusable = async (
  tx: Transaction,
  parts: HubParts,
  { system, document }: { system: string; document: UnusableClinicalDocument },
): Promise<void> => {
  if (!(await keepRaw(tx, system, document))) return;
  await raiseException(
    tx,
    {
      kind: 'MALFORMED_DOCUMENT',
      message: `${system} sent a supply request that cannot be used: ${document.problems.join(' ')}`,
      subjectType: 'DOCUMENT',
      subjectId: stableId('supply-request', system, document.localId),
      rawDocumentId: rawIdOf(system, document),
    },
    {
      runbookBase: parts.policy.runbookBase,
      belonging: { correlationId: null, facilityId: null, departmentId: null },
    },
  );
};

/** Writes the row of a request that the hub has not seen before. */
const receive = async (
  tx: Transaction,
  system: string,
  document: ClinicalSupplyRequest,
): Promise<RequestRow> => {
  const id = stableId('supply-request', system, document.localId);
  const shared = {
    id,
    system,
    localId: document.localId,
    correlationId: stableId('corr', system, document.basket),
    basketId: document.basket,
    itemCode: document.itemCode,
    itemText: document.itemText,
    quantity: document.quantity.value,
    unit: document.quantity.unit,
    priority: document.priority,
    neededBy: document.neededBy,
    requester: document.requester,
    deliverTo: document.deliverTo,
    rawDocumentId: rawIdOf(system, document),
  };
  await tx.db
    .insertInto('hub.supplyRequest')
    .values({
      ...shared,
      versionId: document.versionId,
      status: document.status,
      intake: 'ACCEPTED',
      clinicalRequestRef: document.clinicalRequestRef,
      authoredOn: document.authoredOn,
    })
    .execute();
  const place = await placeOf(tx, shared);
  recordChange(
    tx,
    {
      type: 'SupplyRequestReceived',
      documentType: 'SUPPLY_REQUEST',
      id,
      from: null,
      to: document.status,
      number: null,
      summary: `The ward asks for ${document.quantity.value} ${document.quantity.unit} of ${document.itemText}.`,
      authority: `clinical application ${system}`,
    },
    {
      correlationId: shared.correlationId,
      facilityId: place?.facilityId ?? null,
      departmentId: place?.departmentId ?? null,
      about: { supplyRequestId: id },
    },
  );
  return shared;
};

const takeBasket = async (
  tx: Transaction,
  system: string,
  documents: readonly ClinicalSupplyRequest[],
): Promise<readonly RequestRow[]> => {
  const fresh: RequestRow[] = [];
  for (const document of documents) {
    const known = await tx.db
      .selectFrom('hub.supplyRequest')
      .selectAll()
      .where('system', '=', system)
      .where('localId', '=', document.localId)
      .forUpdate()
      .executeTakeFirst();
    if (known !== undefined) {
      if (known.versionId !== document.versionId && (await keepRaw(tx, system, document)))
        await takeRequestVersion(tx, known, document);
      // Only what is in force is asked for: a draft comes again when it is.
    } else if (document.status === 'active' && (await keepRaw(tx, system, document)))
      fresh.push(await receive(tx, system, document));
  }
  return fresh;
};

/** Requests of one basket are handled one after the other, in whatever process they arrive. */
export const lockBasket = async (
  tx: Transaction,
  system: string,
  basket: string,
): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`basket ${system} ${basket}`}, 0))`.execute(
    tx.db,
  );
};

/** The intake of ward requests: raw document, request rows, requisition and its validation in one transaction per basket. */
export const supplyRequestIntake = (
  parts: HubParts,
  validate: Workflow<ValidateInput>,
): SupplyRequestIntake => ({
  take: async (system, documents) => {
    const usable = documents.filter((document) => document.kind === 'REQUEST');
    const baskets = Map.groupBy(usable, ({ basket }) => basket);
    for (const document of documents)
      if (document.kind === 'UNUSABLE')
        await parts.durable.transact((tx) => takeUnusable(tx, parts, { system, document }));
    for (const [basket, members] of baskets)
      await parts.durable.transact(async (tx) => {
        await lockBasket(tx, system, basket);
        const ordered = members.toSorted((a, b) => a.localId.localeCompare(b.localId, 'en'));
        const fresh = await takeBasket(tx, system, ordered);
        await placeRequests(tx, fresh, { validate, runbookBase: parts.policy.runbookBase });
      });
  },
});
