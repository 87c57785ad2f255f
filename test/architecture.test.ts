import { existsSync, readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type DocumentNode, isObjectType, parse, visit } from 'graphql';
import { publicSchema } from './support/public-schema.ts';

const root = join(import.meta.dirname, '..');

interface Rule {
  readonly folder: string;
  readonly may: readonly RegExp[];
}

/** Who may import whom, by folder. hub.ts and roles/ wire them all and are free of the rule. */
const rules: readonly Rule[] = [
  { folder: 'platform', may: [] },
  // What lies directly in subgraphs/ is shared by the domains and knows none of them.
  { folder: 'subgraphs', may: [/^platform\//, /^subgraphs\/[^/]+\.ts$/] },
  { folder: 'connectors', may: [/^platform\//, /^subgraphs\/[^/]+\/ports\.ts$/] },
  { folder: 'workflows', may: [/^platform\//, /^subgraphs\/[^/]+\/(ports\.ts$|rules\/)/] },
  { folder: 'gateway', may: [/^platform\//, /^schema\//] },
  { folder: 'schema', may: [/^platform\//] },
  // Goes to others as it is.
  { folder: 'client', may: [] },
  { folder: 'console', may: [/^client\//, /^schema\/(supergraph|shared)\.graphql$/] },
];

/** Wiring files see what they wire. */
const wiring: Readonly<Record<string, RegExp>> = {
  'connectors/registry.ts': /^(connectors|workflows\/systems\.ts)/,
  'connectors/route.ts': /^connectors\//,
};

/** `subgraphs/erp/rules/x.ts` lives in `subgraphs/erp`; `platform/clock.ts` in `platform`. */
const home = (file: string): string | undefined =>
  file.match(/^(subgraphs|connectors)\/[^/]+(?=\/)|^[^/]+/)?.[0];

const filesOf = async (pattern: string): Promise<string[]> => {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: root }))
    if (!file.includes('node_modules')) files.push(file);
  return files;
};

const imported = /\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/** What a file imports of ours, as paths from the root. */
const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(imported)].map(([, target = '']) =>
    join(dirname(file), target),
  );

const straysOf = async ({ folder, may }: Rule): Promise<string[]> =>
  (await filesOf(`${folder}/**/*.{ts,tsx}`)).flatMap((file) =>
    importsOf(file)
      .filter((to) => {
        if (home(to) === home(file)) return false;
        return !may.some((path) => path.test(to)) && wiring[file]?.test(to) !== true;
      })
      .map((to) => `${file} -> ${to}`),
  );

describe('imports', () => {
  test.each(rules.filter(({ folder }) => existsSync(join(root, folder))))(
    '$folder imports only what it may',
    async (rule) => expect(await straysOf(rule)).toEqual([]),
  );

  test('the check sees an import that breaks the rule', () => {
    const file = "import { x } from '../gateway/x.ts';\nconst y = await import('./z.ts');";
    expect([...file.matchAll(imported)].map(([, to]) => to)).toEqual(['../gateway/x.ts', './z.ts']);
  });

  test('a sandbox and its connector know nothing of each other', async () => {
    const isSandbox = (path: string): boolean => /\/sandbox[^/]*(\/|\.ts$)/.test(path);
    const strays = (await filesOf('connectors/*/**/*.ts')).flatMap((file) =>
      importsOf(file)
        .filter((to) => home(to) === home(file) && isSandbox(to) !== isSandbox(file))
        .map((to) => `${file} -> ${to}`),
    );
    expect(strays).toEqual([]);
  });
});

const documents: readonly [string, DocumentNode][] = [
  ...(await filesOf('subgraphs/*/schema.graphql')),
  'schema/shared.graphql',
].map((file) => [file, parse(readFileSync(join(root, file), 'utf8'))]);

describe('the contract', () => {
  test('there is a subgraph to look at', () => expect(documents.length).toBeGreaterThan(6));

  test.each(documents)('%s describes every type, field and word', (_, document) => {
    const mute: string[] = [];
    const look = (node: {
      description?: { value: string } | undefined;
      name: { value: string };
    }): void => {
      if ((node.description?.value.trim() ?? '') === '') mute.push(node.name.value);
    };
    // Query, Mutation and Subscription are the doors, not things.
    const doors = ['Query', 'Mutation', 'Subscription'];
    visit(document, {
      ObjectTypeDefinition: (node) => {
        if (!doors.includes(node.name.value)) look(node);
      },
      InputObjectTypeDefinition: (node) => {
        for (const one of [node, ...(node.fields ?? [])]) look(one);
      },
      EnumTypeDefinition: (node) => {
        for (const one of [node, ...(node.values ?? [])]) look(one);
      },
      UnionTypeDefinition: (node) => look(node),
      ScalarTypeDefinition: (node) => look(node),
      FieldDefinition: (node) => look(node),
    });
    expect(mute).toEqual([]);
  });

  test("no name of a vendor's reaches the public schema", () => {
    const api = publicSchema();
    const names = Object.values(api.getTypeMap()).flatMap((type) => [
      type.name,
      ...(isObjectType(type) ? Object.values(type.getFields()).map(({ name }) => name) : []),
    ]);
    // SAP's tables and fields, its OData entities, and Tryton's models.
    const vendor =
      /^([A-Z]_.*|EKKO|EKPO|LIFNR|MATNR|WERKS|BUKRS|KOSTL|EBELN|EBELP|BusinessPartner|PurchaseOrderItem|PurchasingOrganization|MaterialDocument.*|A_.*|party|purchase_.*|stock_.*|account_.*)$/i;
    expect(names.length).toBeGreaterThan(200);
    expect(
      names.filter((name) => !name.startsWith('__')).filter((name) => vendor.test(name)),
    ).toEqual([]);
    expect(['EKKO', 'lifnr', 'PurchaseOrderItem'].every((name) => vendor.test(name))).toBe(true);
  });

  test('the committed supergraph is the one that the subgraphs compose to', async () => {
    const { composeSupergraph, subgraphNames } = await import('../schema/compose.ts');
    const url = (name: (typeof subgraphNames)[number]): string =>
      `http://127.0.0.1:${4101 + subgraphNames.indexOf(name)}`;
    expect(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8')).toBe(
      composeSupergraph(url),
    );
  });
});
