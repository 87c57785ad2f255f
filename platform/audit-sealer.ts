import { setTimeout as wait } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import {
  type AuditRoot,
  auditRoot,
  type ChainedEntry,
  chainedColumns,
  chainHash,
  genesis,
} from './audit-chain.ts';
import type { Database } from './database.ts';
import type { Logger } from './logger.ts';
import type { Tables } from './tables.generated.ts';

const idleMs = 250;
const batchSize = 1000;
const rootEveryMs = 10_000;

interface Last {
  readonly seq: string;
  readonly entryXid: string;
  readonly entryId: string;
  readonly hash: Buffer;
}

const beginning: Last = { seq: '0', entryXid: '0', entryId: '0', hash: genesis };

/** Chains the next lines, in the order of (xid, id), once no earlier line can appear; answers how many. */
const sealBatch = async (tx: Kysely<Tables>): Promise<number> => {
  const { rows: locks } = await sql<{
    got: boolean;
  }>`select pg_try_advisory_xact_lock(7203) as got`.execute(tx);
  if (locks[0]?.got !== true) return 0;
  const last =
    (await tx
      .selectFrom('hub.auditSeal')
      .select(['seq', 'entryXid', 'entryId', 'hash'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()) ?? beginning;
  const { rows } = await sql<ChainedEntry>`
    select ${chainedColumns} from hub.audit_entry e
    where (e.xid, e.id) > (${last.entryXid}::bigint, ${last.entryId}::bigint) and e.xid < hub.horizon()
    order by e.xid, e.id limit ${batchSize}`.execute(tx);
  let { hash } = last;
  let seq = BigInt(last.seq);
  const seals = rows.map((entry) => {
    const prevHash = hash;
    seq += 1n;
    hash = chainHash(prevHash, seq, entry);
    return { seq, entryId: entry.id, entryXid: entry.xid, prevHash, hash };
  });
  if (seals.length > 0) await tx.insertInto('hub.auditSeal').values(seals).execute();
  return seals.length;
};

/** Seals all lines that can be sealed now. */
export const sealAudit = async (database: Database): Promise<void> => {
  while ((await database.db.transaction().execute(sealBatch)) === batchSize);
};

interface SealerOptions {
  readonly database: Database;
  readonly logger: Logger;
  /** Keeps the end of the chain outside of the database, every ten seconds when it has grown, and at the end. */
  readonly keepRoot: (root: AuditRoot) => Promise<void>;
}

/**
 * Seals audit lines a quarter of a second after their commit, in one process at a time. Business transactions only insert
 * their lines and never wait for each other; the price is that a line can be removed without a trace in that quarter.
 */
export const startAuditSealer = ({
  database,
  logger,
  keepRoot,
}: SealerOptions): { stop(): Promise<void> } => {
  const stopping = new AbortController();
  let keptSeq = '0';
  let keptAt = performance.now();

  const keep = async (): Promise<void> => {
    keptAt = performance.now();
    const root = await auditRoot(database.db);
    if (root === null || root.seq === keptSeq) return;
    await keepRoot(root);
    keptSeq = root.seq;
  };
  const seal = async (atEnd: boolean): Promise<void> => {
    try {
      await sealAudit(database);
      if (atEnd || performance.now() - keptAt > rootEveryMs) await keep();
    } catch (error) {
      // The database is away or a disk is full: the lines wait.
      logger.warn({ err: error }, 'audit lines could not be sealed');
    }
  };
  const sealOn = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await seal(false);
      await wait(idleMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    await seal(true);
  };
  const running = sealOn();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
