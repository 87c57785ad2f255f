import { buildSubgraphSchema } from '@apollo/subgraph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type GraphQLSchema,
  isCompositeType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Identity } from '../../../platform/identity.ts';
import type { SentFetch } from '../execution/worlds/small-graph.ts';
import { type Attempt, attempts, typeOnly } from './bypass-forms.ts';
import {
  type ClinicGraph,
  clinicData,
  clinicField,
  clinicLink,
  clinicSubgraphs,
  openClinic,
  somebody,
} from './clinic-graph.ts';
import { Reference, type Rules } from './reference.ts';

const everyScope = ['hr', 'read', 'boss', 'wards', 'pay', 'grades'];

const identities: Readonly<Record<string, Identity | null>> = {
  nobody: null,
  'somebody without scopes': somebody(),
  'half of a group of scopes': somebody('hr'),
  'one whole group of scopes': somebody('read', 'hr'),
  'the other group of scopes': somebody('boss'),
  'a scope that is like the right one': somebody('Boss', 'hr read', 'wards ', 'grade'),
  'the scope of wards': somebody('wards'),
  'the scope of grades': somebody('grades'),
  'one policy': { ...somebody(), subject: 'self' },
  'one of two policies': { ...somebody('boss'), subject: 'audit' },
  'all there is': { ...somebody(...everyScope), subject: 'self vault' },
};

/** The clinic's SDL once more, as a person would say it. */
const rulesFor = (identity: Identity | null): Rules => {
  const has = (scope: string): boolean => identity?.roles.includes(scope) ?? false;
  const passes = (policy: string): boolean =>
    identity?.subject.split(' ').includes(policy) ?? false;
  const known = identity !== null;
  const bonus = (has('hr') && has('read')) || has('boss');
  return {
    'Query.report': known,
    'Query.payroll': known,
    'Nurse.bonus': bonus,
    'Nurse.cost': bonus,
    'Nurse.account': known,
    'Nurse.pin': passes('self'),
    Surgeon: known,
    // Derived from the objects behind it when the graph is composed.
    Staff: known,
    'Staff.bonus': bonus,
    'Ward.code': has('wards'),
    Vault: passes('vault') || passes('audit'),
    Grade: has('grades'),
    TaxId: known,
  };
};

const schemas: Readonly<Record<string, GraphQLSchema>> = Object.fromEntries(
  Object.entries(clinicSubgraphs).map(([name, { sdl }]) => [
    name,
    buildSubgraphSchema(parse(clinicLink + sdl)),
  ]),
);

/** Fields that were asked of a subgraph and may not be, as `Type.field`. */
const trespasses = (
  api: GraphQLSchema,
  reference: Reference,
  sent: readonly SentFetch[],
): string[] => {
  const found: string[] = [];
  for (const { subgraph, operation } of sent) {
    const info = new TypeInfo(schemas[subgraph] as GraphQLSchema);
    visit(
      parse(operation),
      visitWithTypeInfo(info, {
        Field: ({ name }) => {
          const type = info.getParentType();
          const parent = type && api.getType(type.name);
          if (
            isCompositeType(parent) &&
            name.value !== '_entities' &&
            !reference.mayRead(parent, name.value)
          )
            found.push(`${parent.name}.${name.value}`);
        },
      }),
    );
  }
  return found;
};

const renamedLink = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external",
  "@requires", {name: "@authenticated", as: "@signedIn"}, {name: "@requiresScopes", as: "@needs"},
  {name: "@policy", as: "@authenticatedBy"}])\n`;

const renamed = (sdl: string): string =>
  sdl
    .replaceAll('@authenticated', '@signedIn')
    .replaceAll('@requiresScopes', '@needs')
    .replaceAll('@policy', '@authenticatedBy');

interface Case {
  readonly clinic: ClinicGraph;
  readonly attempts: readonly Attempt[];
}

const cases: Record<string, Case> = {};
beforeAll(async () => {
  const clinic = await openClinic();
  const schema = clinic.engine.apiSchema;
  cases['the clinic'] = { clinic, attempts: [...attempts(schema, 2), ...typeOnly(schema)] };
  const other = await openClinic({ link: renamedLink }, renamed);
  cases['the clinic under other names'] = { clinic: other, attempts: attempts(schema, 0) };
});

const sorted = (paths: readonly string[]): string[] =>
  [...paths].sort((one, other) => (one < other ? -1 : 1));

// Each plans some hundred operations; a busy machine takes its time.
const timeoutMs = 120_000;

const codesOf = (errors: readonly { extensions?: unknown }[] = []): Set<unknown> =>
  new Set(errors.map(({ extensions }) => (extensions as { code: unknown }).code));

describe.each(['the clinic', 'the clinic under other names'])(
  '%s, every field by every road',
  (name) => {
    test.each(Object.keys(identities))(
      'for %s',
      async (who) => {
        const { clinic, attempts: all } = cases[name] as Case;
        const identity = identities[who] ?? null;
        const api = clinic.engine.apiSchema;
        const reference = new Reference(api, rulesFor(identity), clinicField);
        let denied = 0;
        for (const { form, source } of all) {
          const expected = reference.answer(source, clinicData, { yes: true, no: false });
          clinic.sent.length = 0;
          const { data, errors } = await clinic.ask(identity, source);
          const paths = errors?.map(({ path }) => (path as unknown[]).join('.')) ?? [];
          expect({ form, source, data, paths: sorted(paths) }).toEqual({
            form,
            source,
            data: expected.data,
            paths: sorted(expected.paths),
          });
          expect(codesOf(errors)).toEqual(new Set(errors ? ['UNAUTHORIZED_FIELD_OR_TYPE'] : []));
          expect({ source, found: trespasses(api, reference, clinic.sent) }).toEqual({
            source,
            found: [],
          });
          denied += expected.paths.length;
        }
        if (who === 'all there is') expect(denied).toBe(0);
        else expect(denied).toBeGreaterThan(20);
      },
      timeoutMs,
    );
  },
);

test('there is something to attempt: each type is read, each form is used, and much of it by routes of several steps', () => {
  const all = cases['the clinic']?.attempts ?? [];
  expect(all.length).toBeGreaterThan(300);
  expect(new Set(all.map(({ form }) => form)).size).toBe(10);
  expect(all.filter(({ source }) => source.split('{').length > 4).length).toBeGreaterThan(100);
});
