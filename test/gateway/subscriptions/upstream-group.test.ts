import { describe, expect, test } from '@jest/globals';
import type { GraphQLError } from 'graphql';
import type { SubgraphAnswer } from '../../../gateway/subgraph-client.ts';
import type { LagPolicy } from '../../../gateway/subscriptions/subscriber.ts';
import {
  type CompleteEvent,
  UpstreamGroup,
} from '../../../gateway/subscriptions/upstream-group.ts';

/** Ends every microtask that is under way. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

interface Reader {
  readonly got: string[];
  readonly errors: GraphQLError[];
  /** Bytes that the network has not taken. */
  backlog: number;
  drained: () => void;
  leave: () => void;
}

const numbered = (number: number): SubgraphAnswer => ({ data: { number } });

const textOf: CompleteEvent = async ({ data }) => JSON.stringify({ data });

const numberIn = (text: string): string => String(JSON.parse(text).data?.number);

const join = (
  group: UpstreamGroup,
  policy: LagPolicy = 'REPLAY',
  onWritten: (bytes: number) => void = () => undefined,
): Reader => {
  const reader: Reader = {
    got: [],
    errors: [],
    backlog: 0,
    drained: () => undefined,
    leave: () => undefined,
  };
  reader.leave = group.add({
    policy,
    outlet: {
      send: ({ text, bytes }) => {
        reader.got.push(numberIn(text));
        onWritten(bytes.length);
      },
      backlog: () => reader.backlog,
      onDrain: (resume) => {
        reader.drained = resume;
      },
      fail: (error) => reader.errors.push(error),
      complete: () => reader.got.push('complete'),
      disconnect: () => reader.got.push('disconnected'),
    },
  });
  return reader;
};

const open = (complete: CompleteEvent = textOf) => {
  const over: string[] = [];
  const reported: unknown[] = [];
  const counts = { executions: 0, replayed: 0, lagged: 0 };
  const group = new UpstreamGroup({
    complete,
    report: (error) => reported.push(error),
    counts,
    onOver: () => over.push('over'),
  });
  const take = async (from: number, to: number): Promise<void> => {
    for (let number = from; number <= to; number += 1) group.take(numbered(number));
    // While somebody lags, each message takes a turn of the loop.
    for (let turn = from; turn <= to + 1; turn += 1) await settle();
  };
  return { group, counts, over, reported, take };
};

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => String(from + at));

const slow = (reader: Reader): void => {
  reader.backlog = 65 * 1024;
};

const recover = async (reader: Reader): Promise<void> => {
  reader.backlog = 0;
  reader.drained();
  await settle();
};

describe('events', () => {
  test('are delivered in order, whichever is completed first', async () => {
    const waiting = new Map<number, () => void>();
    const { group, take } = open((answer) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.set(Number(answer.data?.['number']), resolve);
      return promise.then(() => textOf(answer));
    });
    const reader = join(group);
    await take(1, 3);
    for (const number of [3, 2]) waiting.get(number)?.();
    await settle();
    expect(reader.got).toEqual([]);
    waiting.get(1)?.();
    await settle();
    expect(reader.got).toEqual(['1', '2', '3']);
  });

  test('are completed at most 16 at a time', async () => {
    let most = 0;
    let running = 0;
    const { group, take } = open(async (answer) => {
      running += 1;
      most = Math.max(most, running);
      await settle();
      running -= 1;
      return textOf(answer);
    });
    const reader = join(group);
    await take(1, 100);
    while (reader.got.length < 100) await settle();
    expect(most).toBe(16);
    expect(reader.got).toEqual(numbers(1, 100));
  });

  test('that pile up because they cannot be completed end the subscription with a typed error', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { group, over, take } = open((answer) => promise.then(() => textOf(answer)));
    const reader = join(group);
    await take(1, 1_100);
    resolve();
    while (reader.errors.length === 0) await settle();
    expect(reader.got).toEqual(numbers(1, 16));
    expect(reader.errors[0]?.extensions['code']).toBe('SUBSCRIPTION_INTERRUPTED');
    expect(over).not.toHaveLength(0);
  });

  test('that could not be completed because of a bug are told as such, and the bug is reported', async () => {
    const bug = new Error('the password is hunter2');
    const texts: string[] = [];
    const { group, reported } = open(async () => {
      throw bug;
    });
    const reader = join(group);
    group.add({
      policy: 'REPLAY',
      outlet: {
        send: ({ text }) => texts.push(text),
        backlog: () => 0,
        onDrain: () => undefined,
        fail: () => undefined,
        complete: () => undefined,
        disconnect: () => undefined,
      },
    });
    group.take(numbered(1));
    await settle();
    expect(JSON.parse(texts[0] ?? '')).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect(texts[0]).not.toContain('hunter2');
    expect([reported, reader.errors]).toEqual([[bug], []]);
  });
});

describe('a reader that cannot keep up', () => {
  test('reads on where it was when its network takes more, and its neighbour never waits (REPLAY)', async () => {
    const { group, counts, take } = open();
    const [reader, neighbour] = [join(group), join(group)];
    await take(1, 2);
    slow(reader);
    await take(3, 200);
    expect([group.size, group.live]).toEqual([2, 1]);
    expect(neighbour.got).toEqual(numbers(1, 200));
    expect(reader.got).toEqual(['1', '2']);
    await recover(reader);
    await take(201, 202);
    expect(reader.got).toEqual(numbers(1, 202));
    expect(counts).toEqual({ executions: 202, replayed: 198, lagged: 1 });
  });

  test('is told that messages are lost once more came than are kept (REPLAY)', async () => {
    const { group, take } = open();
    const [reader, neighbour] = [join(group), join(group)];
    slow(reader);
    await take(1, 256);
    expect(reader.errors).toEqual([]);
    await take(257, 257);
    expect(reader.errors[0]?.extensions['code']).toBe('SUBSCRIPTION_INTERRUPTED');
    await recover(reader);
    expect([reader.got, neighbour.got.length, group.size]).toEqual([[], 257, 1]);
  });

  test('is told so by bytes as well: what is kept is at most 256 KB for all of them', async () => {
    const { group, take } = open(async ({ data }) =>
      JSON.stringify({ data: { ...data, more: 'x'.repeat(60 * 1024) } }),
    );
    const reader = join(group);
    slow(reader);
    await take(1, 4);
    expect(reader.errors).toEqual([]);
    await take(5, 5);
    expect(reader.errors).toHaveLength(1);
  });

  test('is not taken for one when its network takes everything each time it is given a turn', async () => {
    const { group, take } = open(async ({ data }) =>
      JSON.stringify({ data: { ...data, more: 'x'.repeat(60 * 1024) } }),
    );
    const reader = join(group, 'REPLAY', (written) => {
      reader.backlog += written;
      setImmediate(() => {
        reader.backlog = 0;
        reader.drained();
      });
    });
    await take(1, 100);
    while (reader.got.length < 100 && reader.errors.length === 0) await settle();
    expect([reader.got, reader.errors]).toEqual([numbers(1, 100), []]);
  });

  test('skips to the latest message (LATEST)', async () => {
    const { group, take } = open();
    const reader = join(group, 'LATEST');
    slow(reader);
    await take(1, 1_000);
    await recover(reader);
    await take(1_001, 1_001);
    expect(reader.got).toEqual(['1000', '1001']);
  });

  test('is closed (DISCONNECT)', async () => {
    const { group, over, take } = open();
    const reader = join(group, 'DISCONNECT');
    slow(reader);
    await take(1, 1);
    expect([reader.got, over]).toEqual([['disconnected'], ['over']]);
  });

  test('gets what it has not had before the end', async () => {
    const { group, take } = open();
    const reader = join(group);
    slow(reader);
    await take(1, 3);
    group.end(null);
    expect(reader.got).toEqual([]);
    await recover(reader);
    expect(reader.got).toEqual(['1', '2', '3', 'complete']);
  });
});

test('a reader that leaves while an event is completed gets nothing more', async () => {
  const { group, over, take } = open();
  const reader = join(group);
  group.take(numbered(1));
  reader.leave();
  reader.leave();
  await take(2, 2);
  expect([reader.got, over]).toEqual([[], ['over']]);
});
