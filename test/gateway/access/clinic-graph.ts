import type { Identity } from '../../../platform/identity.ts';
import { openGraph, request, type SmallGraph } from '../execution/worlds/small-graph.ts';

export const clinicLink = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key",
  "@external", "@requires", "@shareable", "@authenticated", "@requiresScopes", "@policy"])\n`;

const nurses = [
  { __typename: 'Nurse', id: 'n1', name: 'Nora', bonus: 10, pin: '1111', ward: 'west' },
  { __typename: 'Nurse', id: 'n2', name: 'Nils', bonus: 20, pin: '2222', ward: 'east' },
];
const surgeon = { __typename: 'Surgeon', id: 's1', name: 'Sam', bonus: 99 };
const porter = { __typename: 'Porter', id: 'p1', name: 'Pia', bonus: 1 };
const vault = { __typename: 'Vault', content: 'gold' };
const wardOf = (name: string) => ({ __typename: 'Ward', name, code: `code of ${name}` });

const people = {
  sdl: `
    type Query {
      nurse: Nurse
      nurses: [Nurse!]!
      surgeon: Surgeon
      porter: Porter
      staff: [Staff]
      chief: Staff!
      found: [Found]
      wards: [[Ward!]!]
      tax: TaxId
      report: String! @authenticated
      graded(grade: Grade, by: GradeFilter): Int
      best: Grade
      open: Int
    }
    type Mutation { pay: String @requiresScopes(scopes: [["pay"]]) greet: String }
    interface Staff { id: ID! name: String! bonus: Int }
    type Nurse implements Staff @key(fields: "id") {
      id: ID!
      name: String!
      bonus: Int @requiresScopes(scopes: [["hr", "read"], ["boss"]])
      pin: String! @policy(policies: [["self"]])
      ward: Ward!
    }
    type Surgeon implements Staff @key(fields: "id") @authenticated { id: ID! name: String! bonus: Int }
    type Porter implements Staff { id: ID! name: String! bonus: Int }
    union Found = Nurse | Surgeon | Porter | Ward | Vault
    type Ward {
      name: String!
      code: String @requiresScopes(scopes: [["wards"]])
      head: Nurse
      deputy: Surgeon!
    }
    type Vault @policy(policies: [["vault"], ["audit"]]) { content: String }
    enum Grade @requiresScopes(scopes: [["grades"]]) { A B }
    input GradeFilter { grade: Grade, most: Int, not: GradeFilter }
    scalar TaxId @authenticated`,
  resolvers: {
    Query: {
      nurse: () => nurses[0],
      nurses: () => nurses,
      surgeon: () => surgeon,
      porter: () => porter,
      staff: () => [nurses[0], surgeon, porter, null],
      chief: () => surgeon,
      found: () => [vault, porter, surgeon, wardOf('west'), nurses[1], null],
      wards: () => [[wardOf('west'), wardOf('east')], []],
      tax: () => 'T-1',
      report: () => 'all well',
      graded: () => 3,
      best: () => 'A',
      open: () => 7,
    },
    Mutation: { pay: () => 'paid', greet: () => 'hello' },
    Nurse: {
      __resolveReference: ({ id: wanted }: { id: string }) =>
        nurses.find(({ id }) => id === wanted),
      ward: ({ ward }: { ward: string }) => wardOf(ward),
    },
    Ward: { head: () => nurses[0], deputy: () => surgeon },
  },
};

const payroll = {
  sdl: `
    type Query { payroll: [Nurse] @authenticated }
    type Nurse @key(fields: "id") {
      id: ID!
      bonus: Int @external
      hours: Int
      account: String @authenticated
      cost: Int @requires(fields: "bonus") @requiresScopes(scopes: [["hr", "read"], ["boss"]])
    }`,
  resolvers: {
    Query: { payroll: () => [{ id: 'n2' }] },
    Nurse: {
      hours: () => 40,
      account: ({ id }: { id: string }) => `account of ${id}`,
      cost: ({ bonus }: { bonus: number }) => bonus * 12,
    },
  },
};

export const clinicSubgraphs = { people, payroll };

/** What the whole clinic looks like to somebody who may see all of it. */
export const clinicData = {
  nurse: nurses[0],
  nurses,
  surgeon,
  porter,
  staff: [nurses[0], surgeon, porter, null],
  chief: surgeon,
  found: [vault, porter, surgeon, wardOf('west'), nurses[1], null],
  wards: [[wardOf('west'), wardOf('east')], []],
  tax: 'T-1',
  report: 'all well',
  graded: 3,
  best: 'A',
  open: 7,
  payroll: [nurses[1]],
};

/** Reads a field of an object of the clinic, as its subgraphs would answer it. */
export const clinicField = (object: Readonly<Record<string, unknown>>, field: string): unknown => {
  const { __typename: type, id } = object;
  if (field === 'ward') return wardOf(String(object['ward']));
  if (field === 'head') return nurses[0];
  if (field === 'deputy') return surgeon;
  if (type === 'Nurse' && field === 'hours') return 40;
  if (type === 'Nurse' && field === 'account') return `account of ${id}`;
  if (type === 'Nurse' && field === 'cost') return Number(object['bonus']) * 12;
  return object[field];
};

/** Somebody with these scopes. */
export const somebody = (...roles: string[]): Identity => ({
  subject: `u-${roles.join('-')}`,
  name: 'Somebody',
  roles,
  facilityIds: [],
  clientId: 'test',
});

/** Who passes which policy: the policies are named in the subject. */
const mayPass = (policy: string, identity: Identity | null): boolean =>
  identity?.subject.split(' ').includes(policy) ?? false;

type Answer = Awaited<ReturnType<SmallGraph['run']>>;

export interface ClinicGraph extends SmallGraph {
  readonly ask: (
    identity: Identity | null,
    source: string,
    variables?: Readonly<Record<string, unknown>>,
  ) => Promise<Answer>;
}

/** The clinic behind an engine that knows who asks. */
export const openClinic = async (
  options: Parameters<typeof openGraph>[1] = {},
  rename: (sdl: string) => string = (sdl) => sdl,
): Promise<ClinicGraph> => {
  const subgraphs = Object.fromEntries(
    Object.entries(clinicSubgraphs).map(([name, { sdl, resolvers }]) => [
      name,
      { sdl: rename(sdl), resolvers },
    ]),
  );
  const graph = await openGraph(subgraphs, { mayPass, link: clinicLink, ...options });
  return {
    ...graph,
    ask: async (identity, source, variables) => {
      const prepared = await graph.engine.prepare(source);
      return JSON.parse(await prepared.execute(variables, { ...request, identity }));
    },
  };
};
