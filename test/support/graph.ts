import { type ExecutionResult, execute, parse } from 'graphql';
import { type Database, openDatabase } from '../../platform/database.ts';
import type { Identity } from '../../platform/identity.ts';
import type { Subgraph } from '../../subgraphs/build-subgraph.ts';
import { createClinicalSubgraph } from '../../subgraphs/clinical/subgraph.ts';
import type { Context } from '../../subgraphs/context.ts';
import type { Budgets } from '../../subgraphs/erp/ports.ts';
import { createErpSubgraph } from '../../subgraphs/erp/subgraph.ts';
import { createEventsSubgraph } from '../../subgraphs/events/subgraph.ts';
import { createInventorySubgraph } from '../../subgraphs/inventory/subgraph.ts';
import type { Stewardship } from '../../subgraphs/operations/ports.ts';
import { createOperationsSubgraph } from '../../subgraphs/operations/subgraph.ts';
import type { Approvals, ItemSources } from '../../subgraphs/procurement/ports.ts';
import { createProcurementSubgraph } from '../../subgraphs/procurement/subgraph.ts';
import { freshDatabase } from './postgres.ts';
import { seededNow } from './seed/seeded-words.ts';
import { seedGraph } from './seed-graph.ts';

/** The ports behind the graph that reach outside of the database. */
export interface GraphPorts {
  readonly approvals: Approvals;
  readonly itemSources: ItemSources;
  readonly budgets: Budgets;
  readonly stewardship: Stewardship;
}

/** All subgraphs over one seeded database. */
export interface Graph {
  readonly database: Database;
  readonly subgraphs: Readonly<Record<string, Subgraph>>;
  /** The texts of the statements that PostgreSQL was sent while `f` ran. */
  readonly statementsOf: (f: () => Promise<unknown>) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

const never = (): Promise<never> => Promise.reject(new Error('This port is not expected here.'));

const noPorts: GraphPorts = {
  approvals: { approve: never, reject: never },
  itemSources: { of: never },
  budgets: { check: never },
  stewardship: { approveMapping: never, retryDeadLetter: never },
};

const hourMs = 3_600_000;

/** Notes every statement that the pool's clients send. */
const listen = (database: Database): string[] => {
  const statements: string[] = [];
  const known = new WeakSet<object>();
  database.pool.on('acquire', (client) => {
    if (known.has(client)) return;
    known.add(client);
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    Object.assign(client, {
      query: (...args: unknown[]): unknown => {
        const [first] = args;
        const text = typeof first === 'string' ? first : (first as { text?: string }).text;
        statements.push(text ?? '');
        return query(...args);
      },
    });
  });
  return statements;
};

/** Opens a fresh seeded database and puts the graph over it; the clock stands still at `seededNow`. */
export const openGraph = async (ports: Partial<GraphPorts> = {}): Promise<Graph> => {
  const { url, drop } = await freshDatabase();
  const database = await openDatabase(url);
  await seedGraph(database);
  const statements = listen(database);
  const feeds = {
    clinicalMs: hourMs,
    ordersMs: hourMs,
    mastersMs: hourMs,
    stockMs: hourMs,
  };
  const freshness = { clock: { now: () => seededNow }, feeds };
  const all = {
    ...noPorts,
    ...ports,
    database,
    freshness,
    purposeOf: (name: string) => `${name}.`,
  };
  const subgraphs = [
    createClinicalSubgraph(all),
    createErpSubgraph(all),
    createEventsSubgraph(),
    createInventorySubgraph(all),
    createOperationsSubgraph(all),
    createProcurementSubgraph(all),
  ];
  return {
    database,
    subgraphs: Object.fromEntries(subgraphs.map((one) => [one.name, one])),
    statementsOf: async (f) => {
      const from = statements.length;
      await f();
      return statements.slice(from);
    },
    close: async () => {
      await database.close();
      await drop();
    },
  };
};

/** Sees everything. */
export const central: Identity = {
  subject: 'u-ada',
  name: 'Ada',
  roles: ['integration-architect'],
  facilityIds: 'ALL',
  clientId: 'test',
};

/** Sees the facility `north` only. */
export const northerner: Identity = {
  subject: 'u-max',
  name: 'Max',
  roles: ['nurse-manager'],
  facilityIds: ['north'],
  clientId: 'test',
};

export const contextOf = (identity: Identity): Context => ({
  identity,
  signal: new AbortController().signal,
});

/** The answer of one subgraph, as plain JSON. */
export const ask = async (
  subgraph: Subgraph | undefined,
  source: string,
  asker: { readonly identity: Identity; readonly variables?: Record<string, unknown> },
): Promise<ExecutionResult<Record<string, unknown>>> => {
  if (subgraph === undefined) throw new Error('There is no such subgraph.');
  const result = await execute({
    schema: subgraph.schema,
    document: parse(source),
    contextValue: contextOf(asker.identity),
    variableValues: asker.variables ?? {},
  });
  return JSON.parse(JSON.stringify(result));
};
