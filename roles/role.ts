import { Started } from '../hub.ts';
import { BadSettings } from '../platform/setting.ts';
import { readSettings, type Settings } from '../platform/settings.ts';

/** The settings of one process of a hub that is split: the database and the secret are shared, so both have to be given. */
export type RoleSettings = Settings & { readonly databaseUrl: string; readonly secret: string };

/** The header in which the gateway tells a subgraph who asks, signed with the hub's secret. */
export const identityHeader = 'x-syncline-identity';

/** What a role is started with. */
export interface RoleStart {
  readonly settings: RoleSettings;
  /** What it opens is closed in reverse order when the role ends, also when its start fails. */
  readonly started: Started;
}

/** One process of a split hub. */
export interface Role {
  readonly help: string;
  /** Where it listens when PORT is not set. */
  readonly port: number;
  /** Answers one line that says it is ready, and where. */
  readonly start: (context: RoleStart) => Promise<string>;
}

const missing = {
  DATABASE_URL: 'the PostgreSQL that all processes of the hub share',
  HUB_SECRET: 'at least 32 characters, the same in all processes of the hub',
} as const;

/** The settings of a role. Throws BadSettings with all that is wrong or missing. */
const roleSettings = (env: NodeJS.ProcessEnv, port: number): RoleSettings => {
  // A simulated hospital belongs to `npm start`; here the addresses of the outside systems are given.
  const given = { ...env, PORT: env['PORT']?.trim() || String(port), SIMULATION: '0' };
  const settings = readSettings(given);
  const { databaseUrl, secret } = settings;
  if (databaseUrl !== null && secret !== null) return { ...settings, databaseUrl, secret };
  const absent = Object.entries(missing).filter(([name]) => !env[name]?.trim());
  throw new BadSettings(
    absent.map(([name, meaning]) => `${name} has to be set: ${meaning}.`).join('\n'),
  );
};

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const fail = (error: unknown): never => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
};

const open = async ({ port, start }: Role): Promise<void> => {
  const settings = roleSettings(process.env, port);
  const started = new Started();
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    started.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  try {
    print(await start({ settings, started }));
  } catch (error) {
    await started.stop();
    throw error;
  }
};

/** Runs the role until Ctrl-C or SIGTERM, or prints its help; ends with 1 and the reason when it cannot start. */
export const runRole = (role: Role): void => {
  if (process.argv.includes('--help')) print(role.help);
  else open(role).catch(fail);
};
