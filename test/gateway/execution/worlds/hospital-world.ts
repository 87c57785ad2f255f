import type { Thing, World } from './world.ts';

const device = (id: string): Thing => ({ __typename: 'Device', id });
const drug = (id: string): Thing => ({ __typename: 'Drug', id });
const supplier = (id: string): Thing => ({ __typename: 'Supplier', id });
const order = (id: string): Thing => ({ __typename: 'Order', id });
const part = (__typename: string, of: Thing, name: string): Thing => ({
  __typename,
  id: `${of.id}.${name}`,
});

const typeOf = (id: string): string => (id.startsWith('dev') ? 'Device' : 'Drug');
const item = (id: string): Thing => ({ __typename: typeOf(id), id });
const itemIds = ['dev1', 'drug1', 'dev2', 'drug2'];
const ordinal = (thing: Thing): number => thing.id.charCodeAt(thing.id.length - 1);

/**
 * A hospital's supplies: interfaces with keys, interface objects in two subgraphs, unions, enums, a custom scalar, lists that
 * hold no nulls, required fields inside shared value types, mutations.
 */
export const hospitalWorld: World = {
  name: 'hospital',
  typeOf,
  forgetful: ['stock', 'orders'],
  keys: new Set(['id']),
  subgraphs: {
    catalogue: `
      scalar Instant
      enum ItemStatus { ACTIVE BLOCKED RETIRED }
      interface Item @key(fields: "id") { id: ID! name: String! status: ItemStatus! updated: Instant }
      type Device implements Item @key(fields: "id") {
        id: ID! name: String! status: ItemStatus! updated: Instant
        serial: String
        size: [Float!]!
        parts: [Item!]
      }
      type Drug implements Item @key(fields: "id") {
        id: ID! name: String! status: ItemStatus! updated: Instant
        strength: Float
        hazards: [Hazard!]
      }
      type Hazard { code: String! level: Int }
      type Supplier @key(fields: "id", resolvable: false) { id: ID! }
      union Found = Device | Drug | Supplier
      type Query {
        items(first: Int = 3, status: ItemStatus): [Item!]!
        item(id: ID!): Item
        found(text: String = "x"): [Found]
        device: Device
      }`,
    stock: `
      type Item @key(fields: "id") @interfaceObject {
        id: ID!
        onHand: Int
        lots(first: Int = 2): [Lot!]
        grid: [[Int!]!]
        place: Store
      }
      type Lot { number: String! expiry: String store: Store! }
      type Store @key(fields: "id") { id: ID! title: String! phone: String }
      type Query { stores: [Store!] low: [Item] }`,
    orders: `
      type Order @key(fields: "id") {
        id: ID!
        total: Float!
        lines: [Line!]
        supplier: Supplier!
        document: Document
        note: String
      }
      type Line { quantity: Int! item: Item }
      type Item @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }
      union Document = Invoice | Receipt
      type Invoice @key(fields: "id") { id: ID! amount: Float! order: Order paid: Boolean }
      type Receipt { id: ID! by: Supplier at: String! }
      type Address @shareable { city: String zip: String }
      type Supplier @key(fields: "id") {
        id: ID!
        orders: [Order!]
        rating: Float
        region: String @external
        address: Address @external
        score: Int @requires(fields: "region address { city }")
      }
      type Query { orders: [Order!] order(id: ID!): Order! documents: [Document!] }
      type Mutation { approve(id: ID!): Order cancel(id: ID!): Order! }`,
    partners: `
      enum PartnerStatus { ACTIVE SUSPENDED }
      type Supplier @key(fields: "id") {
        id: ID!
        name: String!
        region: String
        address: Address
        contact: Contact
        status: PartnerStatus!
      }
      type Address @shareable { city: String zip: String street: String @inaccessible }
      type Contact { email: String! phone: String }
      type Query { suppliers: [Supplier!]! supplier(id: ID!): Supplier }
      type Mutation { suspend(id: ID!): Supplier }`,
  },
  values: {
    Query: {
      items: (_, { first }) => itemIds.slice(0, Number(first)).map(item),
      item: (_, { id }) => (itemIds.includes(String(id)) ? item(String(id)) : null),
      found: () => [device('dev1'), supplier('sup1'), null, drug('drug2'), supplier('sup2')],
      device: () => device('dev2'),
      stores: () => [part('Store', { __typename: 'Hospital', id: 'main' }, 'store')],
      low: () => [...itemIds.slice(1).map(item), null],
      orders: () => ['po1', 'po2', 'po3'].map(order),
      order: (_, { id }) => order(String(id)),
      documents: (thing) => [
        part('Invoice', thing, 'i1'),
        part('Receipt', thing, 'r1'),
        part('Invoice', thing, 'i2'),
      ],
      suppliers: () => ['sup1', 'sup2', 'sup3'].map(supplier),
      supplier: (_, { id }) => (String(id).startsWith('sup') ? supplier(String(id)) : null),
    },
    Mutation: {
      approve: (_, { id }) => order(String(id)),
      cancel: (_, { id }) => order(String(id)),
      suspend: (_, { id }) => supplier(String(id)),
    },
    Item: {
      name: ({ id }) => `Item ${id} "${id}"`,
      status: (thing) => (ordinal(thing) % 2 ? 'ACTIVE' : 'RETIRED'),
      updated: ({ id }) => `2026-11-23T00:00:0${id.length % 10}Z`,
      onHand: (thing) => ordinal(thing),
      lots: (thing, { first }) =>
        ['a', 'b', 'c'].slice(0, Number(first)).map((name) => part('Lot', thing, name)),
      grid: (thing) => [[1, 2], [ordinal(thing)], []],
      place: (thing) => part('Store', thing, 'place'),
    },
    Device: {
      serial: ({ id }) => `SN-${id}`,
      size: (thing) => [1.5, ordinal(thing)],
      parts: () => [drug('drug1'), device('dev2')],
    },
    Drug: {
      strength: () => 0.25,
      hazards: (thing) => [part('Hazard', thing, 'h1'), part('Hazard', thing, 'h2')],
    },
    Hazard: { code: ({ id }) => `H-${id}`, level: () => 3 },
    Lot: {
      number: ({ id }) => `LOT ${id}`,
      expiry: () => '2027-01-31',
      store: (thing) => part('Store', thing, 'store'),
    },
    Store: { title: ({ id }) => `Store ${id}`, phone: () => null },
    Order: {
      total: (thing) => ordinal(thing) + 0.5,
      lines: (thing) => [part('Line', thing, 'l1'), part('Line', thing, 'l2')],
      supplier: (thing) => supplier(`sup${(ordinal(thing) % 3) + 1}`),
      document: (thing) => part(ordinal(thing) % 2 ? 'Invoice' : 'Receipt', thing, 'doc'),
      note: ({ id }) => `back\\slash of ${id}`,
    },
    Line: {
      quantity: (thing) => ordinal(thing),
      item: (thing) => item(itemIds[ordinal(thing) % itemIds.length] ?? 'dev1'),
    },
    Invoice: { amount: () => 12, order: () => order('po1'), paid: (thing) => ordinal(thing) > 50 },
    Receipt: { by: () => supplier('sup3'), at: () => '08:00' },
    Supplier: {
      name: ({ id }) => `Supplier ${id}`,
      region: ({ id }) => `Region of ${id}`,
      address: (thing) => part('Address', thing, 'address'),
      contact: (thing) => part('Contact', thing, 'contact'),
      status: (thing) => (ordinal(thing) % 2 ? 'ACTIVE' : 'SUSPENDED'),
      orders: () => [order('po1'), order('po3')],
      rating: () => 4.5,
      score: (_, __, read) => {
        const [region, city] = [read('region'), read('address.city')];
        if (region === undefined) throw new Error('Nothing was sent along.');
        return `${region}${city ?? ''}`.length;
      },
    },
    Address: { city: ({ id }) => `City ${id}`, zip: () => '8000', street: () => 'Hidden' },
    Contact: { email: ({ id }) => `${id}@example.org`, phone: () => null },
  },
};
