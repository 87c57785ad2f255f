import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { errorCode, errorText } from './error-code.ts';

const defaultPatienceMs = 30_000;

/** SQL states of a server that is starting, stopping, full or gone; the same statement may succeed on a new connection. */
const connectionStates = /^(08...|57P0[123]|53300)$/;
const networkCodes =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** node-postgres gives these failures no code. */
const brokenConnection =
  /Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect/;

/** True when the connection to the database was lost or refused, as during its restart: nothing is known of the statement. */
export const isConnectionError = (error: unknown): boolean => {
  if (error instanceof AggregateError) return error.errors.some(isConnectionError);
  const code = errorCode(error);
  if (connectionStates.test(code) || networkCodes.test(code)) return true;
  return brokenConnection.test(errorText(error));
};

/** Calls again while the database is away, with pauses from 20 ms to 500 ms, at most 30 seconds unless told. */
export const whileAway = async <T>(
  f: () => Promise<T>,
  patienceMs = defaultPatienceMs,
): Promise<T> => {
  const giveUpAt = performance.now() + patienceMs;
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 1.5, 500)) {
    try {
      return await f();
    } catch (error) {
      if (!isConnectionError(error) || performance.now() > giveUpAt) throw error;
      await wait(pauseMs * (0.5 + Math.random() / 2));
    }
  }
};

const dateOid = 1082;

type Done = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/** A pool whose connect waits for a server that restarts, and whose broken connections never end the process. */
class PatientPool extends pg.Pool {
  patienceMs = defaultPatienceMs;

  override connect(): Promise<pg.PoolClient>;
  override connect(done: Done): void;
  override connect(done?: Done): Promise<pg.PoolClient> | undefined {
    const connected = whileAway(() => super.connect(), this.patienceMs);
    if (done === undefined) return connected;
    connected.then(
      (client) => done(undefined, client, (release) => client.release(release === true)),
      (error: Error) => done(error, undefined, () => undefined),
    );
    return undefined;
  }
}

/** A pool on the address; `date` columns arrive as YYYY-MM-DD, for a day has no time zone. */
export const createPool = (
  connectionString: string,
  { max, patienceMs = defaultPatienceMs }: { readonly max: number; readonly patienceMs?: number },
): pg.Pool => {
  const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
    oid === dateOid
      ? (value: string) => value
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser;
  const pool = new PatientPool({
    connectionString,
    max,
    types: { getTypeParser },
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'syncline',
    keepAlive: true,
  });
  pool.patienceMs = patienceMs;
  // Without a listener, a connection that the server closes would be an uncaught exception.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  return pool;
};
