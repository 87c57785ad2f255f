import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const reconnectMs = 200;

interface Subscription {
  readonly url: string;
  readonly channel: string;
  /** Called at every notification, and after every reconnection because some may have been missed meanwhile. */
  wake(): void;
}

/** Listens on a channel of the database until closed; a lost connection is opened again. */
export const listen = ({ url, channel, wake }: Subscription): { close(): Promise<void> } => {
  let client: pg.Client | undefined;
  let closed = false;
  const listenOnce = (): Promise<void> =>
    new Promise((resolve) => {
      const connection = new pg.Client({
        connectionString: url,
        application_name: 'syncline-listen',
        keepAlive: true,
        connectionTimeoutMillis: 5000,
      });
      client = connection;
      connection.on('error', () => resolve());
      connection.on('end', () => resolve());
      connection.on('notification', wake);
      connection
        .connect()
        .then(() => connection.query(`listen ${channel}`))
        .then(wake, () => resolve());
    });
  const keepListening = async (): Promise<void> => {
    while (!closed) {
      await listenOnce();
      await client?.end().catch(() => undefined);
      if (!closed) await wait(reconnectMs);
    }
  };
  const listening = keepListening();
  return {
    close: async () => {
      closed = true;
      await client?.end().catch(() => undefined);
      await listening;
    },
  };
};
