import { afterEach, describe, expect, test } from '@jest/globals';
import { parse, print } from 'graphql';
import { until } from '../../support/until.ts';
import { type Following, follow, socketClient } from './follow.ts';
import { startWardGateway, type WardGateway } from './ward-gateway.ts';

const query = 'subscription ($ward: ID!) { moved(ward: $ward) { note item { name } } }';

let gateway: WardGateway;
afterEach(() => gateway.close());

const subscribe = (ward: string): Following => {
  const client = socketClient(gateway.ws);
  return follow((sink) => client.subscribe({ query, variables: { ward } }, sink));
};

describe('a reload of the schema', () => {
  test('that leaves the question as it is closes nothing, and the new plan completes events', async () => {
    gateway = await startWardGateway();
    const following = subscribe('a');
    await until(() => gateway.graph.subscribed('a') === 1);
    await gateway.supergraph.reload(`# The same again.\n${gateway.graph.supergraphWith()}`);
    await until(() => gateway.closedEngines() === 1);
    gateway.graph.move('a', { id: '1', note: 'note 1' });
    await until(() => following.got.length === 1);
    expect(following.got).toEqual([
      { data: { moved: { note: 'note 1', item: { name: 'Item 1' } } } },
    ]);
    expect(gateway.graph.opened).toHaveLength(1);
  });

  test('that moves the subgraph ends the subscription with a typed error at the next event', async () => {
    gateway = await startWardGateway();
    const following = subscribe('a');
    await until(() => gateway.graph.subscribed('a') === 1);
    const moved = gateway.graph
      .supergraphWith()
      .replace(gateway.graph.urls.moves, 'http://127.0.0.1:9/');
    await gateway.supergraph.reload(moved);
    gateway.graph.move('a', { id: '1' });
    await until(() => following.ended !== undefined);
    expect(following.ended).toMatchObject([{ extensions: { code: 'SUBSCRIPTION_INTERRUPTED' } }]);
    await until(() => gateway.graph.sockets.size === 0);
  });

  test('that takes the field away ends the subscription with the refusal', async () => {
    gateway = await startWardGateway();
    const following = subscribe('a');
    await until(() => gateway.graph.subscribed('a') === 1);
    const without = print(parse(gateway.graph.supergraphWith())).replace(/\n {2}note: [^\n]*/, '');
    await gateway.supergraph.reload(without);
    gateway.graph.move('a', { id: '1' });
    await until(() => following.ended !== undefined);
    expect(following.ended).toMatchObject([{ message: expect.stringContaining('"note"') }]);
  });
});
