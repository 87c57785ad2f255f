import { describe, expect, test } from '@jest/globals';
import { SystemUnavailable } from '../../../platform/system-error.ts';
import { clinic } from './worlds/clinic.ts';
import { openGraph, type SentFetch, type SmallSubgraph } from './worlds/small-graph.ts';

const item = (id: string) => ({ id });

/** A tree of items in one subgraph, and their prices in another. */
const tree: Record<string, SmallSubgraph> = {
  tree: {
    sdl: `
      type Item @key(fields: "id") { id: ID! parent: Item children: [Item] }
      type Query { item: Item items: [Item] }`,
    resolvers: {
      Query: { item: () => item('a'), items: () => ['a', 'b', 'a', 'c', 'a'].map(item) },
      Item: { parent: () => item('root'), children: () => [item('x'), item('y'), null] },
    },
  },
  prices: {
    sdl: 'type Item @key(fields: "id") { id: ID! price(in: String = "USD"): Int! note: String }',
    resolvers: {
      Item: {
        price: ({ id }: { id: string }, args: { in: string }) => {
          if (id === 'y') throw new Error('No price.');
          return args.in === 'USD' ? 1 : 2;
        },
        note: ({ id }: { id: string }) => `Note on ${id}`,
      },
    },
  },
};

const unavailable = new SystemUnavailable('down', {
  system: 'prices',
  operation: 'POST',
  kind: 'transient',
});

const ofPrices = (sent: readonly SentFetch[]) =>
  sent.filter(({ subgraph }) => subgraph === 'prices');

describe('an entity that occurs several times', () => {
  test('is asked for once, and every place gets the answer', async () => {
    const { run, sent } = await openGraph(tree);
    const { data } = await run('{ items { id note } }');
    expect(data).toEqual({
      items: ['a', 'b', 'a', 'c', 'a'].map((id) => ({ id, note: `Note on ${id}` })),
    });
    expect(JSON.parse(ofPrices(sent)[0]?.variables ?? '').representations).toEqual(
      ['a', 'b', 'c'].map((id) => ({ __typename: 'Item', id })),
    );
  });

  test('tells its error at every place', async () => {
    const { run } = await openGraph(tree);
    const { data, errors } = await run('{ items { children { price } } }');
    expect(data).toEqual({
      items: Array.from({ length: 5 }, () => ({ children: [{ price: 1 }, null, null] })),
    });
    expect(errors?.map(({ path }) => path)).toEqual(
      [0, 1, 2, 3, 4].map((at) => ['items', at, 'children', 1, 'price']),
    );
  });
});

describe('an entity at several places of a query', () => {
  const representations = (sent: readonly SentFetch[]) =>
    ofPrices(sent).flatMap(({ variables }) => Object.values(JSON.parse(variables)).flat());

  test('is asked for once where the same is selected, and each place is completed on its own', async () => {
    const { run, sent } = await openGraph(tree);
    const { data } = await run('{ item { note } items { note children { id note } } }');
    const children = ['x', 'y'].map((id) => ({ id, note: `Note on ${id}` }));
    expect(data).toEqual({
      item: { note: 'Note on a' },
      items: ['a', 'b', 'a', 'c', 'a'].map((id) => ({
        note: `Note on ${id}`,
        children: [...children, null],
      })),
    });
    expect(representations(sent)).toEqual(
      ['a', 'b', 'c', 'x', 'y'].map((id) => ({ __typename: 'Item', id })),
    );
  });

  test('tells its errors, and that there was no answer, at each', async () => {
    const { run } = await openGraph(tree);
    const { errors } = await run('{ item { children { price } } items { children { price } } }');
    expect(errors?.map(({ path }) => path)).toEqual([
      ['item', 'children', 1, 'price'],
      ...[0, 1, 2, 3, 4].map((at) => ['items', at, 'children', 1, 'price']),
    ]);
    const down = await openGraph(tree, {
      between: (fetch, pass) =>
        fetch.subgraph === 'prices' ? Promise.reject(unavailable) : pass(),
    });
    const answer = await down.run('{ item { note } items { note } }');
    expect(answer.data).toEqual({ item: { note: null }, items: Array(5).fill({ note: null }) });
    expect(answer.errors?.map(({ path }) => path)).toEqual([['item'], ['items']]);
    expect(ofPrices(down.sent)).toHaveLength(1);
  });

  test('is asked again after each mutation, which may have changed it', async () => {
    const { run, sent } = await openGraph(clinic);
    await run(`mutation {
      a: open(id: "w1") { head { name } } b: hire(id: "w2") { id } c: close(id: "w1") { head { name } } }`);
    const heads = sent.filter(({ operation }) => operation.includes('head'));
    expect(heads.map(({ variables }) => variables.split('w1').length - 1)).toEqual([1, 1]);
  });
});

describe('fetches of one moment to one subgraph', () => {
  const query = `query ($in: String) {
    item { note price(in: $in) parent { note } children { id other: price(in: $in) } } }`;
  const expected = {
    item: {
      note: 'Note on a',
      price: 2,
      parent: { note: 'Note on root' },
      children: [{ id: 'x', other: 2 }, null, null],
    },
  };

  test('travel as one request, with the variables of each', async () => {
    const { run, sent } = await openGraph(tree);
    const { data, errors } = await run(query, { in: 'EUR' });
    expect(data).toEqual(expected);
    expect(errors).toMatchObject([
      { message: 'No price.', path: ['item', 'children', 1, 'other'] },
    ]);
    expect(ofPrices(sent)).toHaveLength(1);
    expect(JSON.parse(ofPrices(sent)[0]?.variables ?? '')).toMatchObject({ in: 'EUR' });
  });

  test('travel apart when they are told to', async () => {
    const { run, sent } = await openGraph(tree, { mergeFetches: false });
    expect((await run(query, { in: 'EUR' })).data).toEqual(expected);
    expect(ofPrices(sent)).toHaveLength(3);
  });

  test('are sent again apart when together they got no data', async () => {
    const { run, sent } = await openGraph(tree, {
      between: (fetch, pass) =>
        fetch.operation.includes('_e') && fetch.operation.includes(':_entities')
          ? Promise.resolve({ data: null, errors: [{ message: 'One of you is too much.' }] })
          : pass(),
    });
    const { data, errors } = await run(query, { in: 'EUR' });
    expect(data).toEqual(expected);
    expect(errors).toHaveLength(1);
    expect(ofPrices(sent)).toHaveLength(4);
  });

  test('fail together when the subgraph does not answer', async () => {
    const { run, sent } = await openGraph(tree, {
      between: (fetch, pass) =>
        fetch.subgraph === 'prices' ? Promise.reject(unavailable) : pass(),
    });
    const { data, errors } = await run('{ item { note parent { note } } }');
    expect(data).toEqual({ item: { note: null, parent: { note: null } } });
    expect(errors?.map(({ path }) => path)).toEqual([['item'], ['item', 'parent']]);
    expect(ofPrices(sent)).toHaveLength(1);
  });
});

describe('a fetch that nothing waits for', () => {
  const chain: Record<string, SmallSubgraph> = {
    ...tree,
    links: {
      sdl: `type Item @key(fields: "id") {
        id: ID! note: String @external next: Item label: String @requires(fields: "note") }`,
      resolvers: {
        Item: {
          next: ({ id }: { id: string }) => item(`${id}+`),
          label: ({ note }: { note: string }) => note.toUpperCase(),
        },
      },
    },
  };
  const query = '{ item { note next { note } } }';
  const expected = { item: { note: 'Note on a', next: { note: 'Note on a+' } } };

  test('travels with a later one to the same subgraph', async () => {
    const { run, sent } = await openGraph(chain);
    expect((await run(query)).data).toEqual(expected);
    expect(ofPrices(sent)).toHaveLength(1);
  });

  test('goes alone when the later one does not come soon', async () => {
    const asked = Promise.withResolvers<void>();
    const { run, sent } = await openGraph(chain, {
      between: async ({ subgraph }, pass) => {
        if (subgraph === 'prices') asked.resolve();
        // The next item is not known before prices were asked for the first.
        if (subgraph === 'links') await asked.promise;
        return pass();
      },
    });
    expect((await run(query)).data).toEqual(expected);
    expect(ofPrices(sent)).toHaveLength(2);
  });

  test('goes when there turns out to be nothing to ask for later', async () => {
    const { run, sent } = await openGraph(chain, {
      between: ({ subgraph }, pass) =>
        subgraph === 'links' ? Promise.reject(unavailable) : pass(),
    });
    const { data, errors } = await run(query);
    expect(data).toEqual({ item: { note: 'Note on a', next: null } });
    expect(errors).toMatchObject([{ path: ['item'] }]);
    expect(ofPrices(sent)).toHaveLength(1);
  });

  test('is not mixed up with one that others wait for, which goes at once', async () => {
    const { run, sent } = await openGraph(chain);
    const { data } = await run('{ item { label next { note } } }');
    expect(data).toEqual({ item: { label: 'NOTE ON A', next: { note: 'Note on a+' } } });
    expect(ofPrices(sent)).toHaveLength(2);
  });

  test('does not wait for what a variable switches off', async () => {
    const { run, sent } = await openGraph(chain);
    const source = 'query ($on: Boolean!) { item { note next @include(if: $on) { note } } }';
    expect((await run(source, { on: true })).data).toEqual(expected);
    expect((await run(source, { on: false })).data).toEqual({ item: { note: 'Note on a' } });
    expect(ofPrices(sent)).toHaveLength(3);
  });
});

describe('entities of which several fields are required', () => {
  const parcels: Record<string, SmallSubgraph> = {
    shop: {
      sdl: `
        type Parcel @key(fields: "id") { id: ID! weight: Float size: String }
        type Query { parcels: [Parcel] }`,
      resolvers: {
        Query: {
          parcels: () => [
            { id: '1', weight: 1, size: '2' },
            { id: '1', weight: 2, size: '1' },
            { id: '1', weight: 1, size: '2' },
            { id: '1', weight: null, size: '2' },
            { id: '2', weight: 1, size: '2' },
            { id: '1', weight: null, size: '2' },
          ],
        },
      },
    },
    carrier: {
      sdl: `type Parcel @key(fields: "id") {
        id: ID! weight: Float @external size: String @external rate: String @requires(fields: "weight size") }`,
      resolvers: {
        Parcel: {
          rate: ({ weight, size }: { weight: number | null; size: string }) => `${weight} ${size}`,
        },
      },
    },
  };

  test('are told apart by all of them', async () => {
    const { run, sent } = await openGraph(parcels);
    const { data } = await run('{ parcels { id rate } }');
    expect(data).toEqual({
      parcels: [
        ['1', '1 2'],
        ['1', '2 1'],
        ['1', '1 2'],
        ['1', 'null 2'],
        ['2', '1 2'],
        ['1', 'null 2'],
      ].map(([id, rate]) => ({ id, rate })),
    });
    const [asked] = sent.filter(({ subgraph }) => subgraph === 'carrier');
    expect(JSON.parse(asked?.variables ?? '').representations).toHaveLength(4);
  });
});
