import { createHash } from 'node:crypto';
import type { Transaction } from '../platform/durable.ts';
import { stableUuid } from './stable-id.ts';

/** What a document waits for: an order that is not written down yet, or a mapping. */
export interface WaitsFor {
  readonly entity: 'ORDER' | 'SUPPLIER' | 'ITEM';
  readonly system: string;
  readonly localId: string;
}

/** A document of a source that cannot be applied yet. */
export interface WaitingDocument {
  readonly system: string;
  readonly kind: 'Receipt' | 'Invoice';
  readonly localId: string;
  readonly content: object;
}

type Apply = (tx: Transaction, system: string, content: unknown) => Promise<void>;

/** Documents that came before what they belong to: the final state does not depend on the order of feeds. */
export interface WaitingDocuments {
  /** Says how documents of a kind are applied; once, at set-up. */
  readonly handle: (kind: WaitingDocument['kind'], apply: Apply) => void;
  /** Keeps a document; a newer version of it takes its place. */
  readonly keep: (
    tx: Transaction,
    document: WaitingDocument,
    reason: { readonly waitsFor: WaitsFor },
  ) => Promise<void>;
  /** Applies what waited for this. */
  readonly release: (tx: Transaction, arrived: WaitsFor) => Promise<void>;
}

const inWords = ({ entity, system, localId }: WaitsFor): string =>
  `waits for ${entity} ${localId} of ${system}`;

export const createWaitingDocuments = (): WaitingDocuments => {
  const handlers = new Map<string, Apply>();
  return {
    handle: (kind, apply) => {
      handlers.set(kind, apply);
    },
    keep: async (tx, document, { waitsFor }) => {
      const content = JSON.stringify(document.content);
      const row = {
        content,
        sha256: createHash('sha256').update(content).digest('hex'),
        verdict: 'WAITING',
        problem: inWords(waitsFor),
      };
      await tx.db
        .insertInto('hub.rawDocument')
        .values({
          id: stableUuid('waiting', document.system, document.kind, document.localId),
          system: document.system,
          kind: document.kind,
          ...row,
        })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },
    release: async (tx, arrived) => {
      const rows = await tx.db
        .updateTable('hub.rawDocument')
        .set({ verdict: 'APPLIED' })
        .where('system', '=', arrived.system)
        .where('verdict', '=', 'WAITING')
        .where('problem', '=', inWords(arrived))
        .returning(['kind', 'content'])
        .execute();
      for (const { kind, content } of rows)
        await handlers.get(kind)?.(tx, arrived.system, JSON.parse(content));
    },
  };
};
