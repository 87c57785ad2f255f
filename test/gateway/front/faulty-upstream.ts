import { createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../../../platform/free-port.ts';

/** What a faulty server does with a connection once a request has begun to arrive on it. */
export type Fault = (socket: Socket) => void;

export interface FaultyUpstream {
  readonly url: string;
  readonly requests: () => number;
  /** From now on treats requests like this; null answers properly. */
  readonly fail: (fault: Fault | null) => void;
  /** Stops listening and cuts everything: connections are refused until it listens again. */
  readonly stop: () => Promise<void>;
  readonly listen: () => Promise<void>;
}

/** An HTTP response as bytes. */
export const httpResponse = (
  status: string,
  headers: Readonly<Record<string, string | number>>,
  body: string | Buffer,
): Buffer => {
  const all = { 'content-length': Buffer.byteLength(body), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`),
    Buffer.from(body),
  ]);
};

export const json = { 'content-type': 'application/json' };

/** Answers with one response. */
export const answering =
  (
    status: string,
    headers: Readonly<Record<string, string | number>>,
    body: string | Buffer = '',
  ): Fault =>
  (socket) =>
    socket.write(httpResponse(status, headers, body));

/** A server that speaks HTTP only as far as a fault wants it to. */
export const startFaultyUpstream = async (proper: string): Promise<FaultyUpstream> => {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let fault: Fault | null = null;
  let requests = 0;
  let server: Server;
  const onSocket = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', () => {
      requests += 1;
      if (fault) fault(socket);
      else socket.write(httpResponse('200 OK', json, proper));
    });
  };
  const listen = (): Promise<void> =>
    new Promise((resolve) => {
      server = createServer(onSocket).listen(port, '127.0.0.1', resolve);
    });
  await listen();
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    requests: () => requests,
    fail: (next) => {
      fault = next;
    },
    listen,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
