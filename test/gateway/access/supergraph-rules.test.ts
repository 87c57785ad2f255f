import { describe, expect, test } from '@jest/globals';
import {
  composeSmall,
  openGraph,
  request,
  type SmallSubgraph,
} from '../execution/worlds/small-graph.ts';
import { clinicLink, clinicSubgraphs, somebody } from './clinic-graph.ts';

describe('a supergraph that was composed by other rules', () => {
  const one = (sdl: string, resolvers: SmallSubgraph['resolvers']) => ({ a: { sdl, resolvers } });
  const things = one(
    `type Query { thing: Thing a: A b: B } interface Thing { id: ID secret: String }
     type A implements Thing { id: ID secret: String } type B implements Thing { id: ID secret: String }
     scalar Unused @authenticated`,
    {
      Query: {
        thing: () => ({ __typename: 'A', id: '1', secret: 'x' }),
        a: () => ({ id: '1', secret: 'x' }),
        b: () => ({ id: '2', secret: 'y' }),
      },
    },
  );
  const roads = [
    '{ thing { secret } }',
    '{ thing { ... on A { secret } } }',
    '{ thing { ... on Thing { s: secret } } }',
    '{ a { secret } }',
    '{ a { ... on Thing { secret } } }',
  ];

  test.each([
    [
      'an interface, and none of its objects',
      (sdl: string) => sdl.replace('interface Thing\n', 'interface Thing @authenticated\n'),
    ],
    [
      'a field of an interface',
      (sdl: string) =>
        sdl.replace(/(interface Thing[^{]*\{[^}]*secret: String)/, '$1 @authenticated'),
    ],
    [
      'an object, and not its interface',
      (sdl: string) =>
        sdl.replace('type A implements Thing\n', 'type A implements Thing @authenticated\n'),
    ],
    [
      'a field of an object, and not of its interface',
      (sdl: string) =>
        sdl.replace(/(type A implements[^{]*\{[^}]*secret: String)/, '$1 @authenticated'),
    ],
  ])('may protect %s: no road leads around', async (_, edit) => {
    const { run, sent, engine } = await openGraph(things, { edit });
    for (const source of roads) {
      expect(JSON.stringify(await run(source))).not.toContain('"x"');
      const prepared = await engine.prepare(source);
      const text = await prepared.execute({}, { ...request, identity: somebody() });
      expect(text).toContain('"x"');
    }
    sent.length = 0;
    for (const source of roads) await run(source);
    expect(sent.map(({ operation }) => operation).join()).not.toContain('secret');
  });

  test('may forget to say that what @requires something protected is protected: it is all the same', async () => {
    const requires = {
      a: {
        sdl: 'type Query { p: P } type P @key(fields: "id") { id: ID! weight: Int @authenticated }',
        resolvers: { Query: { p: () => ({ id: '1', weight: 5 }) } },
      },
      b: {
        sdl: `type P @key(fields: "id") { id: ID! weight: Int @external price: Int @requires(fields: "weight") @authenticated size: Int }`,
        resolvers: { P: { price: ({ weight }: { weight: number }) => weight * 2, size: () => 3 } },
      },
    };
    const edit = (sdl: string): string => {
      const edited = sdl.replace(/(price: Int .*) @authenticated/, '$1');
      expect(edited).not.toBe(sdl);
      return edited;
    };
    const { run, sent } = await openGraph(requires, { edit });
    expect((await run('{ p { price size } }')).data).toEqual({ p: { price: null, size: 3 } });
    expect(sent.map(({ operation }) => operation).join()).not.toMatch(/weight|price/);
  });

  test.each([
    ['its link says', 'as: "auth"', 'auth'],
    ['it is imported as', 'import: [{name: "@authenticated", as: "@known"}]', 'known'],
  ])('may call a directive what %s', async (_, names, name) => {
    const link = '@link(url: "https://specs.apollo.dev/authenticated/v0.1"';
    const edit = (sdl: string): string =>
      sdl
        .replace(link, `${link}, ${names}`)
        .replace('directive @authenticated', `directive @${name}`)
        .replace(/(scalar Unused[^@]*@join__type[^@]*)@authenticated/, `$1@${name}`)
        .replace(/(type A implements[^{]*\{[^}]*secret: String)/, `$1 @${name}`)
        .replace('type B implements Thing\n', `type B implements Thing @${name}\n`);
    const { run } = await openGraph(things, { edit });
    expect((await run('{ a { id secret } b { id } }')).data).toEqual({
      a: { id: '1', secret: null },
      b: null,
    });
  });
});

describe('a supergraph is refused', () => {
  const sdl = composeSmall({
    a: { sdl: 'type Query { mine(at: Int): Int @authenticated other: Int }' },
  });
  const open = (edit: (sdl: string) => string) =>
    openGraph(
      { a: { sdl: 'type Query { mine(at: Int): Int @authenticated other: Int }', resolvers: {} } },
      { edit: () => edit(sdl) },
    );

  test.each([
    [
      'when it demands a security that this gateway does not know',
      (text: string) =>
        text.replace(
          '{\n  query: Query',
          '@link(url: "https://specs.example.org/vault/v1.0", for: SECURITY)\n{\n  query: Query',
        ),
      /vault.* is for: SECURITY but is unsupported/,
    ],
    [
      'when it demands a version of a directive that this gateway does not know',
      (text: string) => text.replace('authenticated/v0.1', 'authenticated/v0.9'),
      /authenticated\/v0.9/,
    ],
    [
      'when it protects what nobody could enforce',
      (text: string) =>
        text
          .replace('at: Int', 'at: Int @authenticated')
          .replace(/(directive @authenticated on )/, '$1ARGUMENT_DEFINITION | '),
      /@authenticated stands on "at", where it cannot be enforced/,
    ],
    [
      'when it uses the directive of authorization without linking it',
      (text: string) =>
        text.replace(/ *@link\(url: "https:\/\/specs.apollo.dev\/authenticated.*\n/, ''),
      /@authenticated is used, but the supergraph does not link/,
    ],
  ])('%s', async (_, edit, message) => {
    await expect(open(edit)).rejects.toThrow(message);
  });

  test('and one that demands what is enforced is not', async () => {
    await expect(open((text) => text)).resolves.toBeDefined();
  });
});

describe('composition, on which this relies,', () => {
  const compose = (...sdls: string[]): string =>
    composeSmall(Object.fromEntries(sdls.map((sdl, at) => [`s${at}`, { sdl }])), clinicLink);

  test('derives what protects an interface from the objects behind it', () => {
    const sdl = composeSmall(clinicSubgraphs, clinicLink);
    expect(sdl).toMatch(/interface Staff\s+@join__type\(graph: PEOPLE\)\s+@authenticated/);
  });

  test('forbids to protect an interface by itself', () => {
    expect(() =>
      compose(
        'type Query { a: I } interface I @authenticated { b: Int } type A implements I { b: Int }',
      ),
    ).toThrow('cannot be applied on interfaces');
  });

  test('demands that a field is protected like the fields that it requires', () => {
    expect(() =>
      compose(
        'type Query { p: P } type P @key(fields: "id") { id: ID! weight: Int @authenticated }',
        'type P @key(fields: "id") { id: ID! weight: Int @external price: Int @requires(fields: "weight") }',
      ),
    ).toThrow('does not specify necessary @authenticated');
  });

  test('joins what several subgraphs demand of one field: all of it has to be met', () => {
    const sdl = compose(
      'type Query { a: Int @shareable @requiresScopes(scopes: [["x"]]) }',
      'type Query { a: Int @shareable @requiresScopes(scopes: [["y"]]) }',
    ).replace(/\s+/g, '');
    expect(sdl).toContain('@requiresScopes(scopes:[["x","y"]])');
  });
});
