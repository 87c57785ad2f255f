import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { freePort } from '../../platform/free-port.ts';

type Fault = (request: IncomingMessage, response: ServerResponse) => void;

export interface FaultyServer {
  readonly url: string;
  /** How it treats what comes; may be changed at any time. */
  answer: Fault;
  /** What came, as `METHOD path`. */
  readonly requests: string[];
  /** Connections that the other side has ended. */
  aborted: number;
  close(): Promise<void>;
}

/** An HTTP server on the loopback that can be told to misbehave. */
export const startFaultyServer = async (answer: Fault): Promise<FaultyServer> => {
  const port = await freePort();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.on('close', () => {
      if (!response.writableFinished) faulty.aborted += 1;
    });
    faulty.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const faulty: FaultyServer = {
    url: `http://127.0.0.1:${port}`,
    answer,
    requests,
    aborted: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return faulty;
};
