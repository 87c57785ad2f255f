import { expect } from '@jest/globals';
import { until } from '../../support/until.ts';
import { type OrderHub, startOrderHub } from './order-hub.ts';
import { openRawSocket, type RawSocket } from './raw-socket.ts';

/** One thing that the client does or the server has to do. */
export type Step = (raw: RawSocket, hub: OrderHub) => unknown;

export const say =
  (...messages: readonly unknown[]): Step =>
  (raw) =>
    raw.say(...messages);

export const hear =
  (message: object): Step =>
  async (raw) =>
    expect(await raw.hear()).toEqual(message);

export const closes =
  (code: number, reason: string | RegExp = /./): Step =>
  async (raw) => {
    await until(() => raw.closed() !== null, 5000);
    expect(raw.closed()).toEqual({ code, reason: expect.stringMatching(reason) });
  };

/** Whatever was said before, the next thing heard is the answer to this ping: so nothing else was said. */
export const hearNothing: Step = async (raw) => {
  raw.say({ type: 'ping', payload: { nothing: 'else' } });
  expect(await raw.hear()).toEqual({ type: 'pong', payload: { nothing: 'else' } });
};

export const live =
  (count: number): Step =>
  (_, hub) =>
    until(() => hub.fanOut.stats().live === count, 5000);

export const happen: Step = (_, hub) => hub.log.append({});

export const init = { type: 'connection_init' };
export const ack = { type: 'connection_ack', payload: { cursor: expect.any(String) } };
export const signedIn: readonly Step[] = [say(init), hear(ack)];

export const query = '{ order(id: "7") { number } }';
export const subscription = 'subscription { orderChanged { to } }';
export const subscribe = (id: unknown, payload: unknown) => ({ id, type: 'subscribe', payload });
export const complete = (id: string) => ({ id, type: 'complete' });
const answer = { data: { order: { number: 'No. 7' } } };
export const next = (id: string, payload: unknown = answer) => ({ id, type: 'next', payload });
export const changed = (id: string) =>
  next(id, {
    data: { orderChanged: { to: expect.stringMatching(/^state-/) } },
    extensions: { cursor: expect.any(String) },
  });
export const refused = (id: string, message: string | RegExp = /./) => ({
  id,
  type: 'error',
  payload: [expect.objectContaining({ message: expect.stringMatching(message) })],
});
export const answered = (id: string): readonly Step[] => [hear(next(id)), hear(complete(id))];

export const named =
  'query One { order(id: "7") { number } } query Two { order(id: "8") { number } }';

/** A protocol test: what is said, what has to be heard, in order. */
export type Case = readonly [name: string, ...steps: Step[]];

/** Runs cases against one hub; a case that leaves a subscription behind fails. */
export const openConversations = async () => {
  const hub = await startOrderHub();
  return {
    hub,
    run: async (steps: readonly Step[]): Promise<void> => {
      const raw = await openRawSocket(hub.ws);
      try {
        for (const step of steps) await step(raw, hub);
      } finally {
        raw.socket.terminate();
      }
      await until(() => hub.fanOut.stats().subscribers === 0, 3000);
    },
    close: hub.close,
  };
};
