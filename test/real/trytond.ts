import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../platform/free-port.ts';

const packages = [
  'tryton-server',
  ...[
    'purchase',
    'purchase-request',
    'purchase-requisition',
    'purchase-request-quotation',
    'account-invoice',
    'account-invoice-stock',
    'stock',
    'stock-lot',
    'stock-supply',
    'analytic-account',
    'analytic-purchase',
    'analytic-invoice',
    'account-product',
    'product',
    'party',
    'company',
    'currency',
    'purchase-amendment',
    'purchase-history',
  ].map((name) => `tryton-modules-${name}`),
];

const modules = [
  'purchase',
  'purchase_request',
  'purchase_requisition',
  'account_invoice_stock',
  'stock_supply',
  'stock_lot',
  'analytic_purchase',
  'analytic_invoice',
  'account_product',
  'purchase_amendment',
  'purchase_history',
];

const server = '/usr/bin/trytond';
const admin = '/usr/bin/trytond-admin';

/** Something that a person must do before the real server can run. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}

const run = (command: string, args: readonly string[], env: Record<string, string> = {}): void => {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return;
  const words = error?.message ?? `${stdout}\n${stderr}`.trim().split('\n').slice(-8).join('\n');
  throw new CannotRun(`${command} ${args.slice(0, 3).join(' ')} … failed:\n${words}`);
};

const isInstalled = (): boolean =>
  spawnSync('dpkg', ['-s', ...packages]).status === 0 &&
  spawnSync(server, ['--version']).status === 0;

/** Installs the Debian packages that are missing; throws CannotRun with the command to type where that is not possible. */
export const ensureTrytond = (say: (line: string) => void): void => {
  if (isInstalled()) return;
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (spawnSync('apt-get', ['--version']).status !== 0)
    throw new CannotRun(
      `The tests against a real Tryton need trytond 6.0 with its modules. They install it with apt-get, which is not here. Use Debian 12, or a container of it, and install:\n  ${packages.join(' ')}`,
    );
  if (process.getuid?.() !== 0)
    throw new CannotRun(`Tryton 6.0 is not installed, and only root may. Run:\n  sudo ${command}`);
  say('Installing Tryton 6.0 from Debian (about a minute) …');
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = (): void =>
    run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], quiet);
  try {
    install();
  } catch {
    // The lists may be missing or old.
    run('apt-get', ['update'], quiet);
    install();
  }
};

/** A running server with an empty database called `hub`. */
export interface Trytond {
  readonly url: string;
  /** Ends the server and removes its folder. */
  readonly stop: () => Promise<void>;
}

const ready = async (url: string, child: ChildProcess): Promise<void> => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new CannotRun(`trytond ended with ${child.exitCode}.`);
    try {
      const response = await fetch(`${url}/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id: 1, method: 'common.server.version', params: [] }),
      });
      if (response.ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new CannotRun('trytond did not answer within 30 seconds.');
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

/** Sets a fresh server up on SQLite in a folder of its own, and starts it on a free port of the loopback. */
export const startTrytond = async (say: (line: string) => void): Promise<Trytond> => {
  const dir = mkdtempSync(join(tmpdir(), 'syncline-tryton-'));
  const port = await freePort();
  const config = join(dir, 'trytond.conf');
  writeFileSync(
    config,
    `[database]\nuri = sqlite://\npath = ${dir}\n[web]\nlisten = 127.0.0.1:${port}\n`,
  );
  writeFileSync(join(dir, 'hub.sqlite'), '');
  writeFileSync(join(dir, 'password'), 'admin\n');
  try {
    say('Setting up a fresh database (about 20 seconds) …');
    const env = { TRYTONPASSFILE: join(dir, 'password') };
    const common = ['-c', config, '-d', 'hub'];
    run(admin, [...common, '--all', '--email', 'admin@example.org', '-l', 'en'], env);
    run(admin, [...common, '-u', ...modules, '--activate-dependencies'], env);
    const log = openSync(join(dir, 'trytond.log'), 'w');
    const child = spawn(server, [...common], { stdio: ['ignore', log, log] });
    const url = `http://127.0.0.1:${port}`;
    const stop = async (): Promise<void> => {
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended(child);
      clearTimeout(killer);
      rmSync(dir, { recursive: true, force: true });
    };
    try {
      await ready(url, child);
      return { url, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
};
