import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { seed } from '../contract/tryton-hospital.ts';
import { createCompany } from './tryton-company.ts';
import { createMasters } from './tryton-masters.ts';
import { trytonRpc } from './tryton-rpc.ts';
import { CannotRun, ensureTrytond, startTrytond } from './trytond.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Jest's own settings without the database that the other tests need. */
const jestConfig = JSON.stringify({
  rootDir: root,
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/test/real/**/*.test.ts'],
  testTimeout: 60_000,
});

const runJest = (url: string, args: readonly string[]): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        'node_modules/jest/bin/jest.js',
        '--config',
        jestConfig,
        '--runInBand',
        ...args,
      ],
      { cwd: root, stdio: 'inherit', env: { ...process.env, TRYTON_URL: url } },
    );
    child.once('exit', (code) => resolve(code ?? 1));
  });

/** Runs the contract against a real Tryton; the exit code. */
const main = async (args: readonly string[]): Promise<number> => {
  ensureTrytond(say);
  const server = await startTrytond(say);
  const interrupted = new Promise<number>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(130));
  });
  const work = async (): Promise<number> => {
    say('Entering company, accounts and masters …');
    const rpc = await trytonRpc(server.url);
    await createCompany(rpc, seed.currency);
    await createMasters(rpc, seed);
    return await runJest(server.url, args);
  };
  try {
    return await Promise.race([work(), interrupted]);
  } finally {
    await server.stop();
  }
};

const startedAt = Date.now();
try {
  process.exitCode = await main(process.argv.slice(2));
  say(`Against a real Tryton 6.0, in ${Math.round((Date.now() - startedAt) / 1000)} s altogether.`);
} catch (error) {
  if (!(error instanceof CannotRun)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
