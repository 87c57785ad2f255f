/** One environment variable: how it is read, what it is for, and what it is when nobody sets it. */
interface Setting<T> {
  readonly name: string;
  /** Shown where there is no value; in words. */
  readonly standard: string;
  readonly description: string;
  /** Throws an Error that says what is allowed. */
  readonly read: (value: string | undefined) => T;
}

const text =
  <T extends string | null>(standard: T) =>
  (value: string | undefined): string | T =>
    value === undefined || value === '' ? standard : value;

const port = (value: string | undefined): number => {
  const number = Number(value ?? 4000);
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new Error('a whole number from 1 to 65535');
  return number;
};

const yes =
  (standard: boolean) =>
  (value: string | undefined): boolean => {
    if (value === undefined || value === '') return standard;
    if (value === '1' || value === 'true') return true;
    if (value === '0' || value === 'false') return false;
    throw new Error('1 or 0');
  };

const oneOf =
  <T extends string>(standard: T, allowed: readonly T[]) =>
  (value: string | undefined): T => {
    if (value === undefined || value === '') return standard;
    const found = allowed.find((word) => word === value);
    if (found === undefined) throw new Error(`one of ${allowed.join(', ')}`);
    return found;
  };

const address =
  (...protocols: readonly string[]) =>
  (value: string | undefined): string | null => {
    if (value === undefined || value === '') return null;
    if (!(URL.canParse(value) && protocols.includes(new URL(value).protocol)))
      throw new Error(`an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`);
    return value;
  };

const milliseconds =
  (standard: number) =>
  (value: string | undefined): number => {
    const number = Number(value ?? standard);
    if (!(Number.isInteger(number) && number >= 0))
      throw new Error('whole milliseconds, 0 or more');
    return number;
  };

/** Every setting of the hub; the order is that of --help and of the README. */
const table = {
  port: {
    name: 'PORT',
    standard: '4000',
    description: 'Where the hub listens.',
    read: port,
  },
  host: {
    name: 'HOST',
    standard: '127.0.0.1',
    description: 'The address it listens on; 0.0.0.0 for all.',
    read: text('127.0.0.1'),
  },
  dataDir: {
    name: 'DATA_DIR',
    standard: '.data',
    description:
      'Where the hub keeps what it stores itself: the embedded database, the simulated hospital, keys.',
    read: text('.data'),
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    standard: 'embedded PostgreSQL',
    description: 'A PostgreSQL 15 or newer to use instead: postgres://user:password@host/database.',
    read: address('postgres:', 'postgresql:'),
  },
  config: {
    name: 'CONFIG',
    standard: 'config/demo',
    description: 'The folder with hub.json, budgets.csv and crosswalk.csv.',
    read: text('config/demo'),
  },
  simulation: {
    name: 'SIMULATION',
    standard: '1',
    description: '1 starts the simulated hospital; 0 expects real systems in CONFIG.',
    read: yes(true),
  },
  simulationPaceMs: {
    name: 'SIMULATION_PACE_MS',
    standard: '30000',
    description:
      'Milliseconds between two requests of the simulated wards; 0 for none after the first.',
    read: milliseconds(30_000),
  },
  demo: {
    name: 'DEMO',
    standard: '1, or 0 with PRODUCTION=1',
    description: '1 gives out tokens for the demo personas; refused together with PRODUCTION=1.',
    read: (value: string | undefined): boolean | null =>
      value === undefined || value === '' ? null : yes(true)(value),
  },
  production: {
    name: 'PRODUCTION',
    standard: '0',
    description: '1 allows registered operations only, hides the schema and needs HUB_SECRET.',
    read: yes(false),
  },
  secret: {
    name: 'HUB_SECRET',
    standard: 'made once, kept in DATA_DIR',
    description:
      'At least 32 characters; signs cursors, inbound keys and the identity that subgraphs see.',
    read: (value: string | undefined): string | null => {
      if (value === undefined || value === '') return null;
      if (value.length < 32) throw new Error('at least 32 characters');
      return value;
    },
  },
  logLevel: {
    name: 'LOG_LEVEL',
    standard: 'warn',
    description: 'trace, debug, info, warn, error, fatal or silent.',
    read: oneOf('warn', ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  },
  telemetryUrl: {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    standard: 'nothing is sent',
    description: 'The OpenTelemetry collector that gets the traces, over OTLP/HTTP.',
    read: address('http:', 'https:'),
  },
} as const satisfies Record<string, Setting<unknown>>;

type Table = typeof table;

/** The settings of one hub, read once at start. */
export type Settings = {
  readonly [Name in Exclude<keyof Table, 'demo'>]: ReturnType<Table[Name]['read']>;
} & { readonly demo: boolean };

/** Reads the environment. Throws one Error that names every variable that is not usable, its value and what is allowed. */
export const readSettings = (env: NodeJS.ProcessEnv): Settings => {
  const problems: string[] = [];
  const values = Object.fromEntries(
    Object.entries(table).map(([key, { name, read }]) => {
      try {
        return [key, read(env[name])];
      } catch (error) {
        const allowed = error instanceof Error ? error.message : String(error);
        problems.push(`- ${name} is ${JSON.stringify(env[name])}, but has to be ${allowed}.`);
        return [key, null];
      }
    }),
  ) as { [Name in keyof Table]: ReturnType<Table[Name]['read']> };
  if (values.production && values.demo === true)
    problems.push('- DEMO=1 gives everybody a token and cannot go with PRODUCTION=1. Unset one.');
  if (values.production && values.secret === null)
    problems.push(
      '- PRODUCTION=1 needs HUB_SECRET: at least 32 characters, the same in every process.',
    );
  if (problems.length > 0) throw new Error(`The settings are not usable:\n${problems.join('\n')}`);
  return { ...values, demo: values.demo ?? !values.production };
};

/** The settings as rows: name, default, meaning. What --help prints and what the README's table is checked against. */
export const settingRows: readonly (readonly [name: string, standard: string, meaning: string])[] =
  Object.values(table).map(({ name, standard, description }) => [name, standard, description]);
