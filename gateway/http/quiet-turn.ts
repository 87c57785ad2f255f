import type { Server } from 'node:net';

/** A turn of the loop that took longer had so much to do that a connection may wait to be accepted by its end. */
const quietMs = 1;

const betweenLooksMs = 2;

/** Where clients never stop coming, there is no better moment than any. */
const patienceMs = 500;

/**
 * Waits for a turn of the loop in which no connection came, and resolves within it. Whoever then stops listening, at once,
 * resets nobody: the kernel resets what it has accepted and we have not, with a request that may be on it already.
 */
export const quietTurn = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const giveUpAt = performance.now() + patienceMs;
    let came = false;
    const onConnection = (): void => {
      came = true;
    };
    const look = (): void => {
      const lookedAt = performance.now();
      came = false;
      // Between a timer and an immediate the loop takes in every connection that has come.
      setImmediate(() => {
        const now = performance.now();
        if ((came || now - lookedAt > quietMs) && now < giveUpAt) {
          setTimeout(look, betweenLooksMs);
          return;
        }
        server.off('connection', onConnection);
        resolve();
      });
    };
    server.on('connection', onConnection);
    setTimeout(look, 0);
  });
