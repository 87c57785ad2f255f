import {
  BadSettings,
  type Environment,
  readTable,
  type Setting,
  settingParsers,
} from './setting.ts';

const { address, oneOf, port, text, yesNo } = settingParsers;
const words = 'any text';
const boolean = '1 or 0';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const shortestSecret = 32;

const define = <T>(setting: Setting<T>): Setting<T> => setting;

/** Every setting there is; --help and the README are made of this table. */
const table = {
  port: define({
    variable: 'PORT',
    description: 'Where the hub listens: the graph, the console, webhooks.',
    fallback: '4000',
    allowed: 'a port from 1 to 65535',
    parse: port,
  }),
  host: define({
    variable: 'HOST',
    description: 'The address to listen on. 127.0.0.1 is this machine only; 0.0.0.0 is everybody.',
    fallback: '127.0.0.1',
    allowed: words,
    parse: text,
  }),
  databaseUrl: define({
    variable: 'DATABASE_URL',
    description:
      'A PostgreSQL server of your own (15 or later). Without it, the hub brings its own, in DATA_DIR.',
    fallback: null,
    allowed: 'an address such as postgres://user:password@host:5432/database',
    parse: address('postgres:', 'postgresql:'),
    secret: true,
  }),
  dataDir: define({
    variable: 'DATA_DIR',
    description: 'Where the hub keeps its own PostgreSQL, keys and audit roots.',
    fallback: '.data',
    allowed: 'a folder',
    parse: text,
  }),
  configDir: define({
    variable: 'CONFIG',
    description:
      'The folder with the configuration of the connected systems; the one that comes along when not set.',
    fallback: null,
    allowed: 'a folder',
    parse: text,
  }),
  logLevel: define({
    variable: 'LOG_LEVEL',
    description: 'How much the hub tells.',
    fallback: 'warn',
    allowed: `one of ${levels.join(', ')}`,
    parse: oneOf(...levels),
  }),
  simulation: define({
    variable: 'SIMULATION',
    description:
      'Runs a simulated hospital whose systems speak their real protocols, and connects to them.',
    fallback: '1',
    allowed: boolean,
    parse: yesNo,
  }),
  simulationPaceMs: define({
    variable: 'SIMULATION_PACE_MS',
    description:
      'Milliseconds between two requests of the simulated wards; 0 for none after the first.',
    fallback: '30000',
    allowed: 'whole milliseconds, 0 or more',
    parse: (value) => (/^\d{1,9}$/.test(value) ? Number(value) : undefined),
  }),
  demo: define({
    variable: 'DEMO',
    description:
      'Gives out tokens for the people of the demo, so that the console needs no password.',
    fallback: '1',
    allowed: boolean,
    parse: yesNo,
  }),
  production: define({
    variable: 'PRODUCTION',
    description:
      'Refuses everything that is only for trying out: the demo, the simulation, and secrets of its own making.',
    fallback: '0',
    allowed: boolean,
    parse: yesNo,
  }),
  operationsDir: define({
    variable: 'OPERATIONS',
    description:
      'The folder of registered operations, the only ones that run with PRODUCTION=1; schema/operations when not set.',
    fallback: null,
    allowed: 'a folder',
    parse: text,
  }),
  otlpEndpoint: define({
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    description: 'Where traces go (OTLP over HTTP). Without it nothing is traced.',
    fallback: null,
    allowed: 'an address such as http://collector:4318',
    parse: address('http:', 'https:'),
  }),
  secret: define({
    variable: 'HUB_SECRET',
    description:
      'Shared by the processes of one hub: signs what they tell each other. Without it, the hub makes one in DATA_DIR.',
    fallback: null,
    allowed: `at least ${shortestSecret} characters`,
    parse: (value) => (value.length >= shortestSecret ? value : undefined),
    secret: true,
  }),
} as const;

type Table = typeof table;
type Value<S> = S extends Setting<infer T> ? T : never;
/** Settings without a default are null when they are not set. */
type Optional = 'databaseUrl' | 'configDir' | 'operationsDir' | 'otlpEndpoint' | 'secret';

export type Settings = {
  readonly [K in keyof Table]: K extends Optional ? Value<Table[K]> | null : Value<Table[K]>;
};

/** What production forbids; a default counts as not chosen. */
const contradictions = (settings: Settings, env: Environment): string[] => {
  if (!settings.production) return [];
  const chosen = (name: 'DEMO' | 'SIMULATION', on: boolean): boolean => on && Boolean(env[name]);
  const found: string[] = [];
  if (chosen('DEMO', settings.demo))
    found.push('DEMO=1 and PRODUCTION=1 exclude each other: set DEMO=0.');
  if (chosen('SIMULATION', settings.simulation))
    found.push('SIMULATION=1 and PRODUCTION=1 exclude each other: set SIMULATION=0.');
  if (settings.secret === null)
    found.push(
      'PRODUCTION=1 needs HUB_SECRET: at least 32 characters, for example from "openssl rand -base64 48".',
    );
  return found;
};

/** The settings of this environment; empty variables count as not set. Throws BadSettings with all that is wrong. */
export const readSettings = (env: Environment): Settings => {
  const settings = readTable(table, env) as Settings;
  const wrong = contradictions(settings, env);
  if (wrong.length > 0) throw new BadSettings(wrong.join('\n'));
  // In production neither is on, unless chosen, which is refused above.
  return settings.production ? { ...settings, demo: false, simulation: false } : settings;
};

/** Every setting with its default and its meaning. */
export const describeSettings = (): readonly {
  readonly variable: string;
  readonly fallback: string | null;
  readonly allowed: string;
  readonly description: string;
}[] =>
  Object.values(table).map(({ variable, fallback, allowed, description }) => ({
    variable,
    fallback,
    allowed,
    description,
  }));
