import { createServer } from 'node:net';

/** Above those that browsers and `fetch` refuse to speak to, the last of which is 10080. */
const firstPort = 10_081;
const lastPort = 32_000;

/** True when nobody listens on the port of the loopback. */
export const isFreePort = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/** A port on the loopback that nobody listens on, below the range the kernel gives to outgoing connections. */
export const freePort = async (): Promise<number> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const port = firstPort + Math.floor(Math.random() * (lastPort - firstPort));
    if (await isFreePort(port)) return port;
  }
  throw new Error(`No free port found between ${firstPort} and ${lastPort} on 127.0.0.1.`);
};
