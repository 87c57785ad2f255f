import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../../../platform/free-port.ts';

/** An address that stays while the hub behind it comes and goes. */
export interface Road {
  readonly http: string;
  readonly ws: string;
  /** From now on it leads to the hub at this address. */
  readonly leadTo: (url: string) => void;
  /** Cuts every connection without a word, as a killed process does, and takes no new one. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

/** Opens a road that leads nowhere yet. */
export const openRoad = async (): Promise<Road> => {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let target: number | null = null;
  const server = createServer((client) => {
    if (target === null) return void client.destroy();
    const hub = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [client, hub],
      [hub, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  const cut = (): void => {
    target = null;
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    http: `http://127.0.0.1:${port}/graphql`,
    ws: `ws://127.0.0.1:${port}/graphql`,
    leadTo: (url) => {
      target = Number(new URL(url).port);
    },
    cut,
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};
