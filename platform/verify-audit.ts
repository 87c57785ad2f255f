import { type Kysely, sql } from 'kysely';
import {
  type AuditRoot,
  type ChainedEntry,
  chainedColumns,
  chainHash,
  genesis,
} from './audit-chain.ts';
import type { Tables } from './tables.generated.ts';

const pageSize = 5000;

/** `atSeq` is the place in the chain where it breaks. */
export type AuditVerdict =
  | { readonly ok: true; readonly count: number }
  | { readonly ok: false; readonly atSeq: string; readonly reason: string };

type SealedEntry = Omit<ChainedEntry, 'id'> & {
  /** Null when there is a seal but no line. */
  readonly id: string | null;
  readonly seq: string;
  readonly entryId: string;
  readonly entryXid: string;
  readonly prevHash: Buffer;
  readonly hash: Buffer;
};

/** The last seal that held. */
interface Place {
  readonly seq: bigint;
  readonly hash: Buffer;
  readonly xid: bigint;
  readonly id: bigint;
}

const beginning: Place = { seq: 0n, hash: genesis, xid: 0n, id: 0n };

const broken = (seq: bigint, reason: string): AuditVerdict => ({
  ok: false,
  atSeq: seq.toString(),
  reason,
});

/** Null when this seal follows the one before and holds its line. */
const problemOf = (row: SealedEntry, before: Place): string | null => {
  if (BigInt(row.seq) !== before.seq + 1n) return 'A line is missing before this one.';
  if (row.id === null) return 'The line was deleted.';
  if (!row.prevHash.equals(before.hash)) return 'The line does not follow the one before it.';
  const [xid, id] = [BigInt(row.xid), BigInt(row.id)];
  if (xid < before.xid || (xid === before.xid && id <= before.id)) return 'The order was changed.';
  const hash = chainHash(before.hash, BigInt(row.seq), { ...row, id: row.id });
  return row.entryXid === row.xid && hash.equals(row.hash) ? null : 'The line was changed.';
};

const readPage = async (db: Kysely<Tables>, after: bigint): Promise<readonly SealedEntry[]> => {
  const { rows } = await sql<SealedEntry>`
    select s.seq::text as seq, s.entry_id::text as entry_id, s.entry_xid::text as entry_xid, s.prev_hash, s.hash,
      ${chainedColumns}
    from hub.audit_seal s left join hub.audit_entry e on e.id = s.entry_id
    where s.seq > ${after.toString()}::bigint order by s.seq limit ${pageSize}`.execute(db);
  return rows;
};

/** Lines that were put in later: below the end of the chain, and not in it. */
const hasIntruder = async (db: Kysely<Tables>, { xid, id }: Place): Promise<boolean> => {
  const { rows } = await sql<{ intruder: boolean }>`
    select exists (
      select from hub.audit_entry e left join hub.audit_seal s on s.entry_id = e.id
      where s.seq is null and (e.xid, e.id) <= (${xid.toString()}::bigint, ${id.toString()}::bigint)
    ) as intruder`.execute(db);
  return rows[0]?.intruder === true;
};

/**
 * Follows the whole chain and finds any line that was changed, deleted, reordered or put in. That lines at its end were cut
 * off, or all of it was written anew, only a root shows that was kept elsewhere (audit-root-file.ts). Lines that are not
 * sealed yet do not count.
 */
export const verifyAudit = async (
  { db }: { readonly db: Kysely<Tables> },
  root: AuditRoot | null = null,
): Promise<AuditVerdict> => {
  let place = beginning;
  let rootFound = root === null;
  for (;;) {
    const page = await readPage(db, place.seq);
    for (const row of page) {
      const problem = problemOf(row, place);
      if (problem !== null) return broken(place.seq + 1n, problem);
      const [seq, xid, id] = [BigInt(row.seq), BigInt(row.xid), BigInt(row.entryId)];
      place = { seq, hash: row.hash, xid, id };
      rootFound ||= row.seq === root?.seq && row.hash.toString('hex') === root.hash;
    }
    if (page.length < pageSize) break;
  }
  if (!rootFound)
    return broken(BigInt(root?.seq ?? 0), 'The chain does not lead to the root kept elsewhere.');
  if (await hasIntruder(db, place)) return broken(place.seq, 'A line was put in later.');
  return { ok: true, count: Number(place.seq) };
};
