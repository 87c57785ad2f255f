import { until } from '../support/until.ts';
import type { Heard } from './fixtures/crowd-process.ts';
import type { PublishOrder } from './fixtures/publish-changes.ts';
import { statusChanges } from './fixtures/status-changes.ts';
import { startMeasured, type Usage } from './measured-child.ts';
import type { StatusContender } from './status-contender.ts';

/** What delivering so many changes took. */
export interface Delivered extends Heard {
  readonly cpuMicrosecondsPerMessage: number;
  readonly executions: number;
}

/** A crowd of clients of one contender, in a process of its own. */
export interface StatusCrowd {
  readonly contender: StatusContender;
  readonly join: (count: number) => Promise<void>;
  /** Publishes and waits until everybody has what it asked for. */
  readonly deliver: (order: PublishOrder) => Promise<Delivered>;
  /** Bytes per client that joining so many more cost the server. */
  readonly joinMeasured: (count: number) => Promise<{ rssBytes: number; heapBytes: number }>;
  /** Loses all connections, lets so many changes pass, and comes back from the last cursors. */
  readonly reconnect: (missed: number) => Promise<Delivered & { readonly seconds: number }>;
  readonly stop: () => Promise<void>;
}

const stateOf = ({ publisher }: StatusContender) =>
  publisher.ask<{ followers: number; executions: number }>('server');

const executionsOf = async (contender: StatusContender): Promise<number> =>
  (await stateOf(contender)).executions;

/** Starts a crowd with nobody in it yet. */
export const startCrowd = async (contender: StatusContender): Promise<StatusCrowd> => {
  const crowd = await startMeasured('test/bench/fixtures/crowd-process.ts', {});
  const { server, publisher, url } = contender;
  let size = 0;
  const join = async (count: number): Promise<void> => {
    crowd.tell({ join: { url, count } });
    await crowd.ask('joined');
    size += count;
    await until(async () => (await stateOf(contender)).followers === size, 60_000);
  };
  const expecting = (changes: number): number => (changes * size) / statusChanges.facilities;
  const measured = async (
    expected: number,
    act: () => Promise<void> | void,
  ): Promise<Delivered> => {
    crowd.tell({ expect: expected });
    const executed = await executionsOf(contender);
    const before: Usage = await server.usageCollected();
    await act();
    const heard = await crowd.ask<Heard>('heard');
    const after = await server.usage();
    const cpuMicrosecondsPerMessage = (1000 * (after.cpuMs - before.cpuMs)) / expected;
    return {
      ...heard,
      cpuMicrosecondsPerMessage,
      executions: (await executionsOf(contender)) - executed,
    };
  };
  return {
    contender,
    join,
    deliver: (order) => measured(expecting(order.count), () => publisher.tell({ publish: order })),
    joinMeasured: async (count) => {
      const before = await server.usageCollected();
      await join(count);
      const after = await server.usageCollected();
      return {
        rssBytes: Math.round((after.rssBytes - before.rssBytes) / count),
        heapBytes: Math.round((after.heapBytes - before.heapBytes) / count),
      };
    },
    reconnect: async (missed) => {
      await crowd.ask('drop');
      let seconds = 0;
      const delivered = await measured(expecting(missed), async () => {
        publisher.tell({ publish: { count: missed, perSecond: null } });
        const begun = performance.now();
        crowd.tell({ resume: url });
        await crowd.ask('joined');
        seconds = (performance.now() - begun) / 1000;
      });
      // Whatever came twice would still be on its way.
      const settled = await crowd.ask<Heard>('now');
      return { ...delivered, messages: settled.messages, seconds };
    },
    stop: async () => {
      await crowd.stop();
      await server.stop();
      if (publisher !== server) await publisher.stop();
    },
  };
};
