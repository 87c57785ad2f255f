import { join, resolve } from 'node:path';
import { openAuditRootFile } from './audit-root-file.ts';
import { openDatabase } from './database.ts';
import { embeddedAddress } from './embedded-postgres.ts';
import { readSettings } from './settings.ts';
import { verifyAudit } from './verify-audit.ts';

const help = `npm run audit follows the chain of the whole audit trail and says whether a line was changed, removed, moved or put in.

It reads the database that DATABASE_URL names, else the one of the hub that runs on DATA_DIR. The last signed root is taken
from DATA_DIR/audit-roots.jsonl: only with it can it be seen that the end was cut off or everything written anew, so keep
copies of that file where no administrator of the database can write.`;

/** The verdict in words; true when the trail holds. */
const checkAudit = async (print: (line: string) => void): Promise<boolean> => {
  const settings = readSettings(process.env);
  const dataDir = resolve(settings.dataDir);
  const url = settings.databaseUrl ?? embeddedAddress(join(dataDir, 'postgres'));
  const roots = openAuditRootFile(
    join(dataDir, 'audit-roots.jsonl'),
    join(dataDir, 'keys/audit.pem'),
  );
  const root = await roots.last();
  const database = await openDatabase(url, { max: 1, patienceMs: 2000 });
  try {
    const verdict = await verifyAudit(database, root);
    if (!verdict.ok) print(`The audit trail is broken at line ${verdict.atSeq}. ${verdict.reason}`);
    else if (root === null)
      print(`${verdict.count} audit lines hold. No root was kept, so their end is not proven.`);
    else print(`${verdict.count} audit lines hold, and lead to the root kept at line ${root.seq}.`);
    return verdict.ok;
  } finally {
    await database.close();
  }
};

const print = (line: string): void => void process.stdout.write(`${line}\n`);

if (process.argv.includes('--help')) print(help);
else
  checkAudit(print).then(
    (holds) => {
      process.exitCode = holds ? 0 : 1;
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 2;
    },
  );
