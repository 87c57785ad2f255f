import { describe, expect, test } from '@jest/globals';
import type { PreparedSubscription } from '../../../gateway/execution/prepared-subscription.ts';
import { openGraph, request, type SmallSubgraph } from './worlds/small-graph.ts';

const stock: Record<string, SmallSubgraph> = {
  stock: {
    sdl: `
      type Item @key(fields: "id") { id: ID! onHand(unit: String = "EA"): Int! }
      type Query { item: Item }
      type Subscription { changed(facility: ID!, kinds: [String!] = ["ALL"]): Item moved: Item }`,
    resolvers: {},
  },
  names: {
    sdl: 'type Item @key(fields: "id") { id: ID! name(short: Boolean = false): String! }',
    resolvers: {
      Item: {
        name: ({ id }: { id: string }, { short }: { short: boolean }) => {
          if (id === 'x') throw new Error('No name.');
          return short ? id : `Item ${id}`;
        },
      },
    },
  },
};

const prepare = async (source: string): Promise<PreparedSubscription> => {
  const { engine } = await openGraph(stock);
  const { subscription, kind } = await engine.prepare(source);
  expect(kind).toBe('subscription');
  if (!subscription) throw new Error('It is no subscription.');
  return subscription;
};

const full = `subscription ($at: ID!, $short: Boolean, $in: String) {
  changed(facility: $at, kinds: "A") { id onHand(unit: $in) name(short: $short) } }`;

describe('a subscription', () => {
  test('says where its events come from and what they are asked for', async () => {
    const subscription = await prepare(full);
    expect(subscription).toMatchObject({ subgraph: 'stock', fieldName: 'changed' });
    expect(subscription.primary.kind).toBe('subscription');
    expect(subscription.primary.operation).toMatch(/^subscription.*changed\(facility:\$at/);
    expect(JSON.parse(subscription.primaryVariables({ at: 'f1', in: 'BX', short: true }))).toEqual({
      at: 'f1',
      in: 'BX',
    });
  });

  test('coerces the arguments of its field, with defaults', async () => {
    const subscription = await prepare(full);
    expect(subscription.arguments({ at: 1 })).toEqual({ facility: '1', kinds: ['A'] });
    const other = await prepare('subscription { changed(facility: "f") { id } }');
    expect(other.arguments(undefined)).toEqual({ facility: 'f', kinds: ['ALL'] });
    expect(() => subscription.arguments({})).toThrow('Variable "$at" of required type "ID!"');
  });

  test('answers one event, and completes it from the other subgraphs', async () => {
    const subscription = await prepare(full);
    const event = { data: { changed: { __typename: 'Item', id: 'a', onHand: 4 } } };
    expect(await subscription.answer(event, { at: 'f1', short: true }, request)).toBe(
      '{"data":{"changed":{"id":"a","onHand":4,"name":"a"}}}',
    );
  });

  test('answers an event with the errors of its own subgraph and of others', async () => {
    const subscription = await prepare(full);
    const event = {
      data: { changed: { __typename: 'Item', id: 'x', onHand: 4 } },
      errors: [{ message: 'Stale.', path: ['changed', 'onHand'] }],
    };
    expect(JSON.parse(await subscription.answer(event, { at: 'f1' }, request))).toMatchObject({
      data: { changed: null },
      errors: [
        { message: 'Stale.', path: ['changed', 'onHand'] },
        { message: 'No name.', path: ['changed', 'name'] },
      ],
    });
  });

  test('is not executed like a query', async () => {
    const { engine } = await openGraph(stock);
    const prepared = await engine.prepare('subscription { moved { id } }');
    await expect(prepared.execute({}, request)).rejects.toThrow('event by event');
  });
});

describe('sharing', () => {
  const keyOf = async (source: string) => (await prepare(source)).selectionKey;

  test.each([
    [
      'whatever they filter by',
      'subscription { changed(facility: "a") { id } }',
      'subscription ($f: ID!) { changed(facility: $f, kinds: "B") { id } }',
    ],
    [
      'whatever the operation and its fragments are called',
      'subscription A { moved { id ...F } } fragment F on Item { name }',
      'subscription B { moved { id ...G } }   fragment G on Item { name }',
    ],
  ])('is for selections that are the same, %s', async (_, one, other) => {
    expect(await keyOf(one)).toBe(await keyOf(other));
  });

  test.each([
    ['field', 'subscription { moved { id } }', 'subscription { changed(facility: "a") { id } }'],
    ['selection', 'subscription { moved { id } }', 'subscription { moved { id name } }'],
    ['alias', 'subscription { moved { id } }', 'subscription { moved { it: id } }'],
    [
      'argument below the root',
      'subscription { moved { name(short: true) } }',
      'subscription { moved { name } }',
    ],
  ])('is not for another %s', async (_, one, other) => {
    expect(await keyOf(one)).not.toBe(await keyOf(other));
  });

  test('looks at the values of variables where they say what an event contains', async () => {
    const subscription = await prepare(full);
    const values = { at: 'f1', short: true, in: 'BX' };
    expect(subscription.sharingVariables(values)).toBe('{"in":"BX","short":true}');
    expect(subscription.sharingVariables({ ...values, at: 'f2' })).toBe('{"in":"BX","short":true}');
    expect(subscription.sharingVariables({ at: 'f1' })).toBe('{}');
  });
});
