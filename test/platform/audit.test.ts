import { spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { type AuditLine, appendAudit } from '../../platform/audit.ts';
import {
  type AuditRoot,
  auditRoot,
  chainedColumns,
  chainHash,
  genesis,
} from '../../platform/audit-chain.ts';
import { openAuditRootFile } from '../../platform/audit-root-file.ts';
import { sealAudit, startAuditSealer } from '../../platform/audit-sealer.ts';
import { type Database, openDatabase } from '../../platform/database.ts';
import { hubIdentity } from '../../platform/identity.ts';
import { createLogger } from '../../platform/logger.ts';
import { seededRandom } from '../../platform/seeded-random.ts';
import type { Tables } from '../../platform/tables.generated.ts';
import { type AuditVerdict, verifyAudit } from '../../platform/verify-audit.ts';
import { freshDatabase } from '../support/postgres.ts';
import { until } from '../support/until.ts';

let database: Database;
let drop: () => Promise<void>;
let root: AuditRoot;

const lines = 80;
const line = (n: number): AuditLine => ({
  actor: { ...hubIdentity, roles: ['buyer', `role-${n}`] },
  action: 'approve',
  subjectType: 'Requisition',
  subjectId: `r-${n}`,
  correlationId: n % 2 === 0 ? `c-${n}` : null,
  facilityId: null,
  before: { state: 'PENDING', total: '1.50' },
  after: { total: '1.50', state: 'APPROVED', by: `ä ${n}` },
  authority: 'limit of 500.00 USD',
});

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = await openDatabase(fresh.url);
  const random = seededRandom(3);
  const write = async (from: number): Promise<void> => {
    for (let n = from; n < from + lines / 8; n += 1)
      await database.db.transaction().execute(async (tx) => {
        await appendAudit(tx, [line(n)]);
        await wait(random() * 3);
      });
  };
  const writers = Promise.all(Array.from({ length: 8 }, (_, n) => write((n * lines) / 8)));
  // Sealed while the lines are still being written.
  await Promise.all([writers, sealAudit(database)]);
  await sealAudit(database);
  root = (await auditRoot(database.db)) ?? root;
});

afterAll(async () => {
  await database.close();
  await drop();
});

/** The verdict after a superuser, whom no trigger stops, has done this; then all is as before. */
const after = async (
  tamper: (db: Kysely<Tables>) => Promise<unknown>,
  kept: AuditRoot | null,
): Promise<AuditVerdict> => {
  const tx = await database.db.startTransaction().execute();
  try {
    await sql`set local session_replication_role = replica`.execute(tx);
    await tamper(tx);
    return await verifyAudit({ db: tx }, kept);
  } finally {
    await tx.rollback().execute();
  }
};

test('the untouched trail holds, and leads to the root', async () => {
  expect(await verifyAudit(database, root)).toEqual({ ok: true, count: lines });
  expect(root.seq).toBe(String(lines));
});

test('lines of a transaction still open are neither sealed nor missed', async () => {
  const tx = await database.db.startTransaction().execute();
  await appendAudit(tx, [line(1000)]);
  await sealAudit(database);
  expect((await auditRoot(database.db))?.seq).toBe(String(lines));
  await tx.rollback().execute();
});

test('nobody changes or deletes a line by accident', async () => {
  const change = sql`update hub.audit_entry set action = 'reject'`.execute(database.db);
  await expect(change).rejects.toThrow('append-only');
  const remove = sql`delete from hub.audit_seal`.execute(database.db);
  await expect(remove).rejects.toThrow('append-only');
});

const changes: Record<string, string> = {
  recorded_at: `recorded_at + interval '1 microsecond'`,
  actor_subject: `'u-mallory'`,
  actor_name: `actor_name || ' '`,
  actor_roles: `array_append(actor_roles, 'admin')`,
  client_id: `'other'`,
  action: `'reject'`,
  subject_type: `'Order'`,
  subject_id: `subject_id || '0'`,
  correlation_id: `coalesce(correlation_id, '') || '0'`,
  facility_id: `'north'`,
  before: `null`,
  after: `jsonb_set(after, '{total}', '"9.50"')`,
  authority: `'limit of 5000.00 USD'`,
  xid: `xid + 1`,
};

test.each(Object.entries(changes))(
  'a change of %s is found where it was made',
  async (column, value) => {
    const change = (db: Kysely<Tables>) =>
      sql
        .raw(
          `update hub.audit_entry e set ${column} = ${value} from hub.audit_seal s where s.seq = 50 and s.entry_id = e.id`,
        )
        .execute(db);
    expect(await after(change, null)).toMatchObject({ ok: false, atSeq: '50' });
  },
);

test('1,000 random edits, deletions, reorders, insertions and truncations are all found', async () => {
  const random = seededRandom(11);
  const any = (): number => 1 + Math.floor(random() * lines);
  const tamperings: Record<string, () => string> = {
    edit: () => {
      const [column, value] = Object.entries(changes)[
        Math.floor(random() * Object.keys(changes).length)
      ] ?? ['action', `'x'`];
      return `update hub.audit_entry e set ${column} = ${value} from hub.audit_seal s where s.seq = ${any()} and s.entry_id = e.id`;
    },
    'delete a line': () =>
      `delete from hub.audit_entry where id = (select entry_id from hub.audit_seal where seq = ${any()})`,
    'delete a line and its seal': () =>
      `with gone as (delete from hub.audit_seal where seq = ${any()} returning entry_id)
       delete from hub.audit_entry where id in (select entry_id from gone)`,
    'close the gap too': () => {
      const seq = any();
      return `with gone as (delete from hub.audit_seal where seq = ${seq} returning entry_id)
        delete from hub.audit_entry where id in (select entry_id from gone);
        update hub.audit_seal set seq = -seq where seq > ${seq};
        update hub.audit_seal set seq = -seq - 1 where seq < 0`;
    },
    'swap two lines': () => {
      const a = any();
      const b = (a % lines) + 1;
      return `update hub.audit_seal set entry_id = -entry_id where seq in (${a}, ${b});
        update hub.audit_seal s set entry_id = (select -o.entry_id from hub.audit_seal o where o.seq in (${a}, ${b}) and o.seq <> s.seq)
        where seq = ${a};
        update hub.audit_seal set entry_id = (select id from hub.audit_entry where id not in (select entry_id from hub.audit_seal)) where seq = ${b}`;
    },
    'put a line in': () =>
      `insert into hub.audit_entry (xid, actor_subject, actor_name, actor_roles, client_id, action, subject_type, subject_id, authority)
       select e.xid, 'u-mallory', 'Mallory', '{}', 'x', 'approve', 'R', 'r', 'none' from hub.audit_entry e
       join hub.audit_seal s on s.entry_id = e.id where s.seq = ${1 + Math.floor(random() * (lines - 1))}`,
    truncate: () => {
      const seq = any();
      return `with gone as (delete from hub.audit_seal where seq >= ${seq} returning entry_id)
        delete from hub.audit_entry where id in (select entry_id from gone)`;
    },
    'forge a seal': () =>
      `update hub.audit_seal set hash = sha256('x'), prev_hash = prev_hash where seq = ${any()}`,
  };
  const kinds = Object.entries(tamperings);
  const missed: string[] = [];
  for (let n = 0; n < 1000; n += 1) {
    const [kind, statement] = kinds[n % kinds.length] ?? ['', () => ''];
    const verdict = await after((db) => sql.raw(statement()).execute(db), root);
    if (verdict.ok) missed.push(kind);
  }
  expect(missed).toEqual([]);
}, 60_000);

test('a chain written anew from the beginning does not lead to the root kept elsewhere', async () => {
  const rewrite = async (db: Kysely<Tables>): Promise<void> => {
    await sql`update hub.audit_entry set action = 'reject' where subject_id = 'r-7'`.execute(db);
    await sql`delete from hub.audit_seal`.execute(db);
    await db
      .insertInto('hub.auditSeal')
      .values(await chainAnew(db))
      .execute();
  };
  expect(await after(rewrite, null)).toEqual({ ok: true, count: lines });
  expect(await after(rewrite, root)).toMatchObject({
    ok: false,
    reason: 'The chain does not lead to the root kept elsewhere.',
  });
});

/** What a forger who knows our code would write. */
const chainAnew = async (db: Kysely<Tables>) => {
  const { rows } = await sql<
    Parameters<typeof chainHash>[2]
  >`select ${chainedColumns} from hub.audit_entry e order by e.xid, e.id`.execute(db);
  let hash: Buffer = genesis;
  return rows.map((entry, n) => {
    const prevHash = hash;
    hash = chainHash(prevHash, BigInt(n + 1), entry);
    return { seq: n + 1, entryId: entry.id, entryXid: entry.xid, prevHash, hash };
  });
};

const checker = fileURLToPath(new URL('../../platform/check-audit.ts', import.meta.url));

/** What `npm run audit` says, and with which exit code. */
const check = (dataDir: string): { said: string; code: number | null } => {
  const env = { ...process.env, DATABASE_URL: database.url, DATA_DIR: dataDir };
  const { stdout, stderr, status } = spawnSync(process.execPath, [checker], { env });
  return { said: `${stdout}${stderr}`.trim(), code: status };
};

test('anybody can have the trail checked by a command', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'syncline-audit-'));
  expect(check(dir)).toEqual({
    said: `${lines} audit lines hold. No root was kept, so their end is not proven.`,
    code: 0,
  });
  const roots = openAuditRootFile(join(dir, 'audit-roots.jsonl'), join(dir, 'keys/audit.pem'));
  await roots.keep(root);
  expect(check(dir)).toEqual({
    said: `${lines} audit lines hold, and lead to the root kept at line ${lines}.`,
    code: 0,
  });
  await roots.keep({ ...root, hash: '00' });
  expect(check(dir)).toEqual({
    said: `The audit trail is broken at line ${lines}. The chain does not lead to the root kept elsewhere.`,
    code: 1,
  });
  await rm(dir, { recursive: true });
});

test('the sealer seals what is written and keeps signed roots outside of the database', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'syncline-audit-'));
  const file = join(dir, 'roots.jsonl');
  const open = () => openAuditRootFile(file, join(dir, 'audit.pem'));
  const sealer = startAuditSealer({
    database,
    logger: createLogger({ level: 'silent', pretty: false }),
    keepRoot: open().keep,
  });
  await database.db.transaction().execute((tx) => appendAudit(tx, [line(2000), line(2001)]));
  await until(async () => (await auditRoot(database.db))?.seq === String(lines + 2));
  await sealer.stop();
  const kept = await open().last();
  expect(kept).toEqual(await auditRoot(database.db));
  expect(await verifyAudit(database, kept)).toEqual({ ok: true, count: lines + 2 });
  const forged = (await readFile(file, 'utf8')).replace(/"seq":"\d+"/, '"seq":"1"');
  await appendFile(file, forged);
  await expect(open().last()).rejects.toThrow('was not signed with our key');
  await rm(dir, { recursive: true });
});
