import { WebSocket } from 'ws';
import { until } from '../../support/until.ts';

/** One message of the protocol graphql-transport-ws. */
export interface Said {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** A WebSocket that shows what the server says. */
export interface RawSocket {
  readonly socket: WebSocket;
  readonly said: readonly Said[];
  readonly subscribe: (id: string, payload: unknown) => void;
  readonly complete: (id: string) => void;
  /** The first message that answers the operation. */
  readonly answerTo: (id: string) => Promise<Said>;
}

/** Opens a socket and waits for the acknowledgement. */
export const openSocket = async (
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawSocket> => {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { headers });
  const said: Said[] = [];
  socket.on('message', (data) => said.push(JSON.parse(String(data)) as Said));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const send = (message: object): void => socket.send(JSON.stringify(message));
  send({ type: 'connection_init' });
  await until(() => said.length === 1);
  const to = (id: string): Said | undefined => said.find((message) => message.id === id);
  return {
    socket,
    said,
    subscribe: (id, payload) => send({ id, type: 'subscribe', payload }),
    complete: (id) => send({ id, type: 'complete' }),
    answerTo: async (id) => {
      await until(() => to(id) !== undefined || socket.readyState !== WebSocket.OPEN);
      const answer = to(id);
      if (answer === undefined)
        throw new Error(`The socket was closed instead of answering ${id}.`);
      return answer;
    },
  };
};
