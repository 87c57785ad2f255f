import type { IncomingHttpHeaders } from 'node:http';
import { type Database, openDatabase } from '../platform/database.ts';
import type { Identity } from '../platform/identity.ts';
import { InvalidToken, verifyIdentity } from '../platform/tokens.ts';
import type { Subgraph } from './build-subgraph.ts';
import { type ServedSubgraph, serveSubgraph } from './serve.ts';

/** The header in which the gateway hands over who asks, signed by platform/tokens.ts. */
export const identityHeader = 'x-syncline-identity';

const firstPort = 4101;
const shortestSecret = 32;

/** What `npm run subgraph` was given. */
export interface RunOptions {
  /** The words after the command. */
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The names there are, in the order of their ports. */
  readonly names: readonly string[];
  /** Makes the subgraph over the database, with the ports that it needs. */
  readonly create: (name: string, database: Database) => Promise<Subgraph>;
  readonly report: (error: unknown) => void;
}

/** A subgraph that runs alone. */
export interface RunningSubgraph extends ServedSubgraph {
  readonly name: string;
}

/** What cannot be run, and what to do instead. */
export class NotRunnable extends Error {}

/** What `--help` says. */
export const subgraphHelp = (names: readonly string[]): string =>
  `Serves one subgraph alone, to the gateway only.

  npm run subgraph -- NAME      NAME is one of ${names.join(', ')}

  DATABASE_URL   the PostgreSQL that the hub's processes share; required
  HUB_SECRET     the secret that the gateway signs identities with, at least ${shortestSecret} characters; required
  PORT           where to listen; by default ${names.map((name, n) => `${firstPort + n} for ${name}`).join(', ')}
  HOST           the address to listen on, by default 127.0.0.1`;

const required = (environment: RunOptions['environment'], name: string, what: string): string => {
  const value = environment[name];
  if (value === undefined || value === '')
    throw new NotRunnable(`${name} is not set: give ${what}. See --help.`);
  return value;
};

const portOf = (given: string | undefined, fallback: number): number => {
  const port = given === undefined || given === '' ? fallback : Number(given);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new NotRunnable(`PORT is ${given}: give a port from 1 to 65535.`);
};

const identifyWith =
  (secret: string) =>
  async (headers: IncomingHttpHeaders): Promise<Identity | null> => {
    const signed = headers[identityHeader];
    if (typeof signed !== 'string') return null;
    try {
      return verifyIdentity(signed, secret);
    } catch (error) {
      if (error instanceof InvalidToken) return null;
      throw error;
    }
  };

/** Serves the named subgraph until stopped. Rejects with NotRunnable when something is missing or wrong. */
export const runSubgraph = async (options: RunOptions): Promise<RunningSubgraph> => {
  const { words, environment, names, create, report } = options;
  const [name = ''] = words;
  if (!names.includes(name))
    throw new NotRunnable(
      `There is no subgraph ${JSON.stringify(name)}: name one of ${names.join(', ')}.`,
    );
  const port = portOf(environment['PORT'], firstPort + names.indexOf(name));
  const secret = required(environment, 'HUB_SECRET', 'the secret that the gateway has');
  if (secret.length < shortestSecret)
    throw new NotRunnable(`HUB_SECRET is too short: it needs ${shortestSecret} characters.`);
  const url = required(environment, 'DATABASE_URL', "the address of the hub's PostgreSQL");
  const database = await openDatabase(url);
  try {
    const served = await serveSubgraph(await create(name, database), {
      host: environment['HOST'] ?? '127.0.0.1',
      port,
      identify: identifyWith(secret),
      report,
    });
    const stop = async (): Promise<void> => {
      await served.stop();
      await database.close();
    };
    return { name, url: served.url, stop };
  } catch (error) {
    await database.close();
    throw error;
  }
};
