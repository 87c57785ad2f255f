import { spawn } from 'node:child_process';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../platform/embedded-postgres.ts';
import { prepareTemplate } from './postgres.ts';
import { testServer } from './test-server.ts';

/** Waits for the end of its input, which comes when this process is gone, however it went; then ends the server. */
const watch =
  'cat > /dev/null; kill -INT "$(head -n 1 "$1/postgres/data/postmaster.pid")" && sleep 2; rm -rf "$1"';

/** A run that is killed leaves no server behind. */
const watchOver = (dir: string): void => {
  const watchdog = spawn('/bin/sh', ['-c', watch, 'sh', dir], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.unref();
  if ('unref' in watchdog.stdin && typeof watchdog.stdin.unref === 'function')
    watchdog.stdin.unref();
};

/** One PostgreSQL for the whole run: the one DATABASE_URL names, else an embedded one in a folder of its own. */
// biome-ignore lint/style/noDefaultExport: jest calls the default export.
export default async function globalSetup(): Promise<void> {
  const given = process.env['DATABASE_URL'];
  if (given === undefined) {
    const dir = await mkdtemp(join(tmpdir(), 'syncline-test-'));
    await chmod(dir, 0o755);
    testServer.dir = dir;
    testServer.running = await startPostgres({ dir: join(dir, 'postgres') });
    watchOver(dir);
  }
  // Workers are children of this process and inherit its environment.
  process.env['TEST_DATABASE_URL'] = given ?? testServer.running?.url;
  await prepareTemplate();
}
