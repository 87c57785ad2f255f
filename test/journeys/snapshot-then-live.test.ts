import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { follow } from '../../client/follow.ts';
import { openGateway } from '../../gateway/open-gateway.ts';
import { openWatch } from '../../gateway/watch.ts';
import { inProcess } from '../../hub.ts';
import { appendEvents, type EventLog, openEventLog } from '../../platform/event-log.ts';
import { freePort } from '../../platform/free-port.ts';
import { hubIdentity } from '../../platform/identity.ts';
import { createLogger } from '../../platform/logger.ts';
import { openTokens } from '../../platform/tokens.ts';
import { composeSupergraph } from '../../schema/compose.ts';
import { subscriptionFields } from '../../subgraphs/events/subgraph.ts';
import { type Graph, openGraph } from '../support/graph.ts';
import { until } from '../support/until.ts';

let graph: Graph;
let log: EventLog;
let gateway: Awaited<ReturnType<typeof openGateway>>;
let token: string;

beforeAll(async () => {
  graph = await openGraph();
  log = await openEventLog(graph.database);
  const watch = openWatch(null);
  const clients = new Map(
    Object.values(graph.subgraphs).map((one) => [one.name, inProcess(one, watch)]),
  );
  const client = (name: string) => {
    const found = clients.get(name);
    if (found === undefined) throw new Error(`There is no subgraph ${name}.`);
    return found;
  };
  const tokens = await openTokens(null);
  token = await tokens.issue({ ...hubIdentity, roles: ['integration-architect'] });
  gateway = await openGateway({
    ...{ port: await freePort(), host: '127.0.0.1', production: false, routes: [] },
    ...{ secret: 'a secret of the tests, 32 characters', tokens, log, subscriptionFields },
    ...{ watch, operationsDir: 'schema/operations' },
    supergraphSdl: composeSupergraph((name) => `http://${name}.subgraph`),
    ...{
      client,
      events: client('events'),
      logger: createLogger({ level: 'silent', pretty: false }),
    },
  });
}, 60_000);

afterAll(async () => {
  await gateway.stop();
  await log.close();
  await graph.close();
});

/** Moves every order by one version, in one transaction each, with the event that says so. */
const moveAll = async (ids: readonly string[]): Promise<void> => {
  for (const id of ids)
    await graph.database.db.transaction().execute(async (tx) => {
      const { version } = await tx
        .updateTable('hub.purchaseOrder')
        .set((row) => ({ version: row('version', '+', 1) }))
        .where('id', '=', id)
        .returning('version')
        .executeTakeFirstOrThrow();
      await appendEvents(tx, [
        {
          ...{ type: 'PurchaseOrderStatusChanged', subjectType: 'PURCHASE_ORDER', subjectId: id },
          ...{ correlationId: null, facilityId: null, departmentId: null },
          data: { to: String(version) },
        },
      ]);
    });
  log.notify();
};

interface Snapshot {
  readonly statusCursor: string;
  readonly purchaseOrders: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly version: number } }[];
  };
}

interface Change {
  readonly purchaseOrderStatusChanged: {
    readonly to: string;
    readonly purchaseOrder: { readonly id: string };
  };
}

const snapshotQuery =
  '{ purchaseOrders(first: 50) { edges { node { id version } } } statusCursor }';
const changes = 'subscription { purchaseOrderStatusChanged { to purchaseOrder { id } } }';

const read = async (): Promise<Snapshot> => {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: snapshotQuery }),
  });
  const { data, errors } = (await response.json()) as { data?: Snapshot; errors?: unknown };
  if (data === undefined) throw new Error(JSON.stringify(errors));
  return data;
};

const versionsIn = ({ purchaseOrders }: Snapshot): Map<string, number> =>
  new Map(purchaseOrders.edges.map(({ node }) => [node.id, node.version]));

/** A client's picture: what it read, and every change after it. A change that is left out is a gap. */
interface Picture {
  readonly versions: Map<string, number>;
  readonly gaps: string[];
  readonly close: () => void;
}

const apply = (
  { versions, gaps }: Picture,
  { purchaseOrderStatusChanged: change }: Change,
): void => {
  const { id } = change.purchaseOrder;
  const [before = 0, now] = [versions.get(id), Number(change.to)];
  if (now > before + 1) gaps.push(`${id}: ${now} came after ${before}`);
  // An event from before the snapshot says what the snapshot knows.
  versions.set(id, Math.max(before, now));
};

/** Any client: reads the cursor beside its snapshot, subscribes after it. */
const byStatusCursor = async (): Promise<Picture> => {
  const snapshot = await read();
  const cursor = { read: () => snapshot.statusCursor, write: () => undefined };
  const following = follow<Change>({
    url: gateway.url,
    query: changes,
    token: () => token,
    store: cursor,
  });
  const picture = { versions: versionsIn(snapshot), gaps: [], close: following.close };
  const run = async (): Promise<void> => {
    for await (const { data } of following) apply(picture, data);
  };
  void run();
  return picture;
};

/** Our follower: fixes its place from the acknowledgement, then has the snapshot read. */
const byFollower = async (): Promise<Picture> => {
  const { promise, resolve } = Promise.withResolvers<Picture>();
  const versions = new Map<string, number>();
  const following = follow<Change>({
    ...{ url: gateway.url, query: changes, token: () => token },
    snapshot: async () => {
      for (const [id, version] of versionsIn(await read())) versions.set(id, version);
      resolve(picture);
    },
  });
  const picture: Picture = { versions, gaps: [], close: following.close };
  const run = async (): Promise<void> => {
    for await (const { data } of following) apply(picture, data);
  };
  void run();
  return promise;
};

test.each([
  ['the cursor that a query answers beside it', byStatusCursor],
  ['the cursor of the acknowledgement, as the follower does it', byFollower],
])(
  'a snapshot goes on live without a gap, whatever changes meanwhile: by %s',
  async (_, join) => {
    const ids = [...versionsIn(await read()).keys()];
    expect(ids).toHaveLength(20);
    let writing = true;
    const writer = (async () => {
      while (writing) await moveAll(ids);
    })();
    const pictures: Picture[] = [];
    for (let times = 0; times < 40; times += 1) pictures.push(await join());
    writing = false;
    await writer;
    await moveAll(ids);
    const truth = versionsIn(await read());
    for (const { versions, gaps, close } of pictures) {
      await until(() => [...truth].every(([id, version]) => versions.get(id) === version));
      expect(gaps).toEqual([]);
      close();
    }
  },
  60_000,
);
