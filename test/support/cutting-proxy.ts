import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../../platform/free-port.ts';

/** Which side of the moment the connection is cut at: before the server gets the message, or before its answer comes back. */
export type Cut = 'before' | 'after';

export interface CuttingProxy {
  /** The address of the database through the proxy. */
  readonly url: string;
  /** Cuts the connection once, at the next message that holds this text. */
  cutAt(text: string, when: Cut): void;
  /** How often it has cut. */
  cuts: number;
  close(): Promise<void>;
}

/** A road to the database that can be cut at a chosen message. */
export const startCuttingProxy = async (target: string): Promise<CuttingProxy> => {
  const { hostname, port: targetPort } = new URL(target);
  const port = await freePort();
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;
  const sockets = new Set<Socket>();
  let armed: { text: string; when: Cut } | undefined;

  const pass = (client: Socket): void => {
    const server = connect(Number(targetPort), hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    let swallow = false;
    client.on('data', (data) => {
      if (armed === undefined || !data.includes(armed.text)) return void server.write(data);
      const { when } = armed;
      armed = undefined;
      proxy.cuts += 1;
      swallow = true;
      if (when === 'after') server.write(data);
      else client.destroy();
    });
    server.on('data', (data) => {
      // The server has done what it was told, and nobody hears of it.
      if (swallow) client.destroy();
      else client.write(data);
    });
  };
  const listener = createServer(pass);
  await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve));
  const proxy: CuttingProxy = {
    url: url.href,
    cuts: 0,
    cutAt: (text, when) => {
      armed = { text, when };
    },
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return proxy;
};
