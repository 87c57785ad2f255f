import { startPostgres } from '../../platform/embedded-postgres.ts';

/** Starts the PostgreSQL of a folder, says where, and stays until it is ended; for tests that kill a hub. */
const [, , dir = ''] = process.argv;
try {
  const { url, pid, stop } = await startPostgres({ dir });
  process.once('SIGTERM', () => {
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
  process.stdout.write(`${JSON.stringify({ url, pid })}\n`);
  setInterval(() => undefined, 60_000);
} catch (error) {
  process.stdout.write(
    `${JSON.stringify({ error: error instanceof Error ? error.message : String(error) })}\n`,
  );
  process.exitCode = 1;
}
