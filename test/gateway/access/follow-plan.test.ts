import { expect, test } from '@jest/globals';
import type { Engine } from '../../../gateway/execution/engine.ts';
import { followPlan } from '../../../gateway/subscriptions/follow-plan.ts';
import type { Identity } from '../../../platform/identity.ts';
import { openGraph } from '../execution/worlds/small-graph.ts';
import { somebody } from './clinic-graph.ts';

const source = 'subscription { moved { id secret } }';

const graph = async (on: { readonly root?: string; readonly secret?: string } = {}) => {
  const sdl = `type Query { a: Int } type Subscription { moved: Move ${on.root ?? ''} }
    type Move { id: ID! secret: String ${on.secret ?? ''} }`;
  return (await openGraph({ events: { sdl, resolvers: {} } }, { mayPass: () => true })).engine;
};

const open = await graph();
const byRole = await graph({ secret: '@requiresScopes(scopes: [["hr"]])' });
const byPerson = await graph({ secret: '@policy(policies: [["watch"]])' });
const refusing = await graph({ root: '@requiresScopes(scopes: [["hr"]])' });

/** Follows the plan of a subscription that began on the open graph, by engines that change as the test says. */
const following = async (identity: Identity | null, plannedOn: Engine = open) => {
  let engine = plannedOn;
  const prepared = await open.prepare(source);
  if (prepared.subscription === null) throw new Error('No subscription.');
  const admitted = { engine: plannedOn, prepared, source, operationName: undefined };
  const plan = followPlan(
    () => engine,
    { ...admitted, variables: undefined, seenBefore: true },
    { first: prepared.subscription, identity },
  );
  return {
    asked: async () => (await plan()).primary.operation,
    reload: (next: Engine) => {
      engine = next;
    },
  };
};

test('what a new supergraph protects by roles is asked for those alone who have them, from the next event on', async () => {
  const [officer, buyer] = [await following(somebody('hr')), await following(somebody('buyer'))];
  for (const { asked, reload } of [officer, buyer]) {
    expect(await asked()).toContain('secret');
    reload(byRole);
  }
  expect(await officer.asked()).toContain('secret');
  expect(await buyer.asked()).not.toContain('secret');
  buyer.reload(open);
  expect(await buyer.asked()).toContain('secret');
});

test('what it protects by a policy is for nobody in particular: each has to subscribe again', async () => {
  const { asked, reload } = await following(somebody('hr'));
  reload(byPerson);
  for (const _event of [1, 2, 3]) await expect(asked()).rejects.toThrow('Subscribe again');
  reload(open);
  expect(await asked()).toContain('secret');
});

test('what it refuses it refuses for every event, at once or later', async () => {
  const { asked, reload } = await following(somebody('buyer'));
  reload(refusing);
  const events = [asked(), asked(), asked()];
  for (const event of events) await expect(event).rejects.toThrow('Unauthorized field or type');
  await expect(asked()).rejects.toThrow('Unauthorized field or type');
});
