import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { readSettings } from '../platform/settings.ts';

/** One person of the demo, signed in. */
interface Person {
  readonly key: string;
  readonly name: string;
  readonly token: string;
}

interface Change {
  readonly type: string;
  readonly to: string;
  readonly summary: string;
  readonly occurredAt: string;
  readonly correlationId: string | null;
  readonly purchaseOrder: { readonly id: string } | null;
}

interface Waiting {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly offContract: boolean;
  readonly total: { readonly amount: string; readonly currency: string } | null;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const help = `npm run demo plays the persons of the simulated hospital on a running hub (npm start in another terminal):
a steward maps the ward's unknown code, managers and directors approve what waits for them. It prints what becomes of the
requests, line by line, as the hub pushes it, and ends when an order is acknowledged, shipped and partly received.

  PORT, HOST   where the hub listens (4000 on 127.0.0.1)`;

const ask = async <T>(
  url: string,
  person: Person,
  [query, variables]: readonly [string, Record<string, unknown>?],
): Promise<T> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${person.token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: T; errors?: { message: string }[] };
  if (data === undefined || data === null)
    throw new Error(errors?.map((error) => error.message).join('; ') ?? 'The hub gave no data.');
  return data;
};

const waitingQuery = `query { approvalsWaitingForMe(first: 50) { edges { node {
  id number version offContract total { amount currency } } } } }`;

const approveMutation = `mutation ($id: ID!, $version: Int!) {
  approveRequisition(input: { requisitionId: $id, version: $version, comment: "Needed on the ward." }) {
    __typename
    ... on ApprovalStepRecorded { waitingFor { role } }
    ... on DecisionRefused { reason }
  } }`;

/** Approves everything that waits for this person, and says so. */
const decide = async (url: string, person: Person): Promise<void> => {
  const { approvalsWaitingForMe } = await ask<{
    approvalsWaitingForMe: { edges: { node: Waiting }[] };
  }>(url, person, [waitingQuery]);
  for (const { node } of approvalsWaitingForMe.edges) {
    const { id, number, version, total, offContract } = node;
    const { approveRequisition: result } = await ask<{
      approveRequisition: { __typename: string; waitingFor?: { role: string }; reason?: string };
    }>(url, person, [approveMutation, { id, version }]);
    const sum = total === null ? '' : ` over ${total.amount} ${total.currency}`;
    const next = result.waitingFor === undefined ? '' : `, next: ${result.waitingFor.role}`;
    print(
      `  » ${person.name} says yes to ${number}${sum}${offContract ? ' (off contract)' : ''}${next}${result.reason ?? ''}`,
    );
  }
};

const missingQuery = `query { exceptions(filter: { status: OPEN, kind: MISSING_MAPPING }) { edges { node {
  missingMapping { entity system localId } } } }
  items(first: 1) { edges { node { id description } } } }`;

const mapMutation = `mutation ($input: ApproveMappingInput!) { approveMapping(input: $input) {
  __typename ... on MappingRefused { reason } } }`;

/** Maps the item codes that requests wait for; to the first item of the catalogue, which will do for a demo. */
const steward = async (url: string, person: Person): Promise<void> => {
  const found = await ask<{
    exceptions: { edges: { node: { missingMapping: Record<string, string> } }[] };
    items: { edges: { node: { id: string; description: string } }[] };
  }>(url, person, [missingQuery]);
  const item = found.items.edges[0]?.node;
  for (const { node } of found.exceptions.edges) {
    const { missingMapping } = node;
    if (missingMapping['entity'] !== 'ITEM' || item === undefined) continue;
    const input = { ...missingMapping, canonicalId: item.id };
    await ask(url, person, [mapMutation, { input }]);
    print(`  » ${person.name} maps ${missingMapping['localId']} to "${item.description}"`);
  }
};

const subscription = `subscription { documentStatusChanged {
  type to summary occurredAt correlationId purchaseOrder { id } } }`;

/** Follows everything; resolves when one order was acknowledged, shipped and partly received. */
const follow = (url: string, person: Person): Promise<void> =>
  new Promise((resolve, reject) => {
    const seen = new Map<string, Set<string>>();
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${person.token}` },
    });
    client.subscribe<{ documentStatusChanged: Change }>(
      { query: subscription },
      {
        next: ({ data }) => {
          const change = data?.documentStatusChanged;
          if (change === undefined) return;
          print(`${change.occurredAt.slice(11, 19)} ${change.summary}`);
          const order = change.purchaseOrder?.id;
          if (order === undefined) return;
          const types = seen.get(order) ?? new Set();
          seen.set(order, types.add(change.type));
          const story = ['PurchaseOrderAcknowledged', 'ShipmentAnnounced', 'GoodsReceived'];
          if (!story.every((type) => types.has(type))) return;
          print('\nAn order was acknowledged, shipped and partly received. That is the story.');
          resolve();
          // Messages that are on their way already are of no more interest.
          process.exit(0);
        },
        error: reject,
        complete: () => undefined,
      },
    );
  });

const main = async (): Promise<void> => {
  if (process.argv.includes('--help')) return print(help);
  const { host, port } = readSettings(process.env);
  const url = `http://${host}:${port}`;
  const people = await fetch(`${url}/demo/personas`)
    .then((response) => response.json() as Promise<Person[]>)
    .catch(() => {
      throw new Error(`No hub answers at ${url}. Start one with npm start, or set PORT.`);
    });
  const one = (key: string): Person => {
    const person = people.find((each) => each.key === key);
    if (person === undefined) throw new Error(`The hub knows no persona ${key}.`);
    return person;
  };
  const told = follow(url, one('ira'));
  let over = false;
  const play = async (): Promise<void> => {
    while (!over) {
      await steward(url, one('stef'));
      for (const key of ['maya', 'dan', 'bea']) await decide(url, one(key));
      await new Promise((resume) => setTimeout(resume, 1000));
    }
  };
  await Promise.race([told, play()]);
  over = true;
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
