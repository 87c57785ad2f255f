import { WebSocket } from 'ws';
import { until } from '../../support/until.ts';

/** One message of the protocol, as it came. */
export interface Said {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A client without any library: what it says goes out as it is. */
export interface RawSocket {
  readonly socket: WebSocket;
  /** Everything the server has said. */
  readonly said: readonly Said[];
  /** How the server closed; null while the socket is open. */
  readonly closed: () => { readonly code: number; readonly reason: string } | null;
  /** Text goes out as it is, everything else as JSON. */
  readonly say: (...messages: readonly unknown[]) => void;
  /** The next message that was not heard yet. */
  readonly hear: () => Promise<Said>;
}

/** Opens a socket at once, without saying anything yet. Rejects when the server does not take it. */
export const openRawSocket = async (
  url: string,
  protocols: readonly string[] = ['graphql-transport-ws'],
): Promise<RawSocket> => {
  const socket = new WebSocket(url, [...protocols]);
  const said: Said[] = [];
  let heard = 0;
  let closed: ReturnType<RawSocket['closed']> = null;
  socket.on('message', (data) => said.push(JSON.parse(String(data))));
  socket.on('close', (code, reason) => {
    closed = { code, reason: String(reason) };
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const next = (): Said | undefined => said[heard];
  return {
    socket,
    said,
    closed: () => closed,
    say: (...messages) => {
      for (const message of messages)
        socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    },
    hear: async () => {
      await until(() => next() !== undefined || closed !== null);
      const message = next();
      if (message === undefined) throw new Error(`Closed instead: ${JSON.stringify(closed)}`);
      heard += 1;
      return message;
    },
  };
};

/** Opens a socket and signs in. */
export const signIn = async (url: string, authorization?: string): Promise<RawSocket> => {
  const raw = await openRawSocket(url);
  raw.say({ type: 'connection_init', payload: { authorization } });
  await raw.hear();
  return raw;
};
