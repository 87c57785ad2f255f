import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client/core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createClient as createSseClient } from 'graphql-sse';
import { freePort } from '../../../platform/free-port.ts';
import { until } from '../../support/until.ts';
import { follow, socketClient } from '../subscriptions/follow.ts';
import { startWardGraph, type WardGraph } from '../subscriptions/ward-graph.ts';

let folder: string;
let file: string;
let graph: WardGraph;
beforeAll(async () => {
  graph = await startWardGraph();
  folder = await mkdtemp(join(tmpdir(), 'alone-'));
  file = join(folder, 'supergraph.graphql');
  await writeFile(file, graph.supergraphWith());
});
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});
afterAll(async () => {
  await graph.close();
  await rm(folder, { recursive: true });
});

/** The command of `npm run gateway`. */
const start = async (environment: Readonly<Record<string, string>> = {}) => {
  const port = await freePort();
  const child = spawn(process.execPath, ['gateway/main.ts'], {
    env: {
      ...process.env,
      LOG_LEVEL: 'warn',
      SUPERGRAPH: file,
      PORT: String(port),
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.add(child);
  return { child, http: `http://127.0.0.1:${port}/graphql`, ws: `ws://127.0.0.1:${port}/graphql` };
};

/** On a busy machine a process takes its time to start. */
const patienceMs = 60_000;

const ready = (http: string) =>
  until(
    () =>
      fetch(new URL('/ready', http)).then(
        ({ ok }) => ok,
        () => false,
      ),
    patienceMs,
  );

const subscription = 'subscription ($ward: ID!) { moved(ward: $ward) { note item { name } } }';

describe('the gateway alone', () => {
  test('serves POST, GET, WebSocket, Server-Sent Events and multipart at one address until SIGTERM', async () => {
    const { child, http, ws } = await start();
    await ready(http);
    const query = '{ item(id: "1") { name } }';
    const answer = { data: { item: { name: 'Item 1' } } };
    const post = await fetch(http, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    expect(await post.json()).toEqual(answer);
    const get = await fetch(`${http}?${new URLSearchParams({ query })}`);
    expect(await get.json()).toEqual(answer);

    const closes: number[] = [];
    const socket = socketClient(ws, {
      connectionParams: { authorization: 'Bearer nora' },
      on: { closed: (event) => closes.push((event as CloseEvent).code) },
    });
    const sse = createSseClient({ url: http });
    const apollo = new ApolloClient({
      link: new HttpLink({ uri: http }),
      cache: new InMemoryCache(),
    });
    const overSocket = follow((sink) => socket.subscribe({ query: '{ caller }' }, sink));
    await until(() => overSocket.ended === null);
    expect(overSocket.got).toEqual([{ data: { caller: 'Bearer nora' } }]);

    const operation = { query: subscription, variables: { ward: 'a' } };
    const followings = [
      follow((sink) => socket.subscribe(operation, sink)),
      follow((sink) => sse.subscribe(operation, sink)),
    ];
    const multipart: unknown[] = [];
    const following = apollo
      .subscribe({ query: gql(subscription), variables: { ward: 'a' }, fetchPolicy: 'no-cache' })
      .subscribe({ next: ({ data }) => multipart.push({ data }), error: () => undefined });
    // Three questions to the subgraph: one has a caller with a name, one asks for the type's name as well.
    await until(() => graph.subscribed('a') === 3);
    graph.move('a', { id: '1', note: 'one' });
    await until(() => multipart.length > 0 && followings.every(({ got }) => got.length > 0));
    const message = { data: { moved: { note: 'one', item: { name: 'Item 1' } } } };
    expect(followings.map(({ got }) => got)).toEqual([[message], [message]]);
    expect(multipart).toMatchObject([message]);

    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect([code, closes]).toEqual([0, expect.arrayContaining([1012])]);
    await until(() => graph.subscribed('a') === 0);
    following.unsubscribe();
    apollo.stop();
  }, 100_000);

  test('follows a subgraph where the environment says that it speaks WebSocket', async () => {
    const moves = new URL(graph.urls.moves);
    const elsewhere = graph.supergraphWith().replace(moves.href, 'http://127.0.0.1:9/graphql');
    const other = join(folder, 'elsewhere.graphql');
    await writeFile(other, elsewhere);
    const { http, ws } = await start({
      SUPERGRAPH: other,
      SUBGRAPH_MOVES_WS_URL: moves.href.replace('http', 'ws'),
    });
    await ready(http);
    const socket = socketClient(ws);
    const following = follow((sink) =>
      socket.subscribe({ query: subscription, variables: { ward: 'b' } }, sink),
    );
    await until(() => graph.subscribed('b') === 1);
    graph.move('b', { id: '2' });
    await until(() => following.got.length === 1);
    expect(following.got).toEqual([{ data: { moved: { note: null, item: { name: 'Item 2' } } } }]);
    await socket.dispose();
  }, 100_000);

  test('refuses an address for WebSocket that is none, by its name', async () => {
    const { child } = await start({ SUBGRAPH_MOVES_WS_URL: 'http://127.0.0.1:4001' });
    const [said, [code]] = await Promise.all([
      child.stderr ? text(child.stderr) : '',
      once(child, 'exit'),
    ]);
    expect(code).toBe(1);
    expect(said.trim()).toMatch(/^SUBGRAPH_MOVES_WS_URL: .* is not an address such as ws:/);
  }, 100_000);
});
