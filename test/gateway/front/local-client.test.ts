import { beforeEach, describe, expect, test } from '@jest/globals';
import { buildSchema, GraphQLError, type GraphQLSchema } from 'graphql';
import { type LocalClient, localClient } from '../../../gateway/clients/local-client.ts';
import type { GatewayRequest } from '../../../gateway/request.ts';
import type { SubgraphFetch } from '../../../gateway/subgraph-client.ts';
import { SystemRefused, SystemUnavailable } from '../../../platform/system-error.ts';

const sdl = `
type Query { hello(name: String!): String! who: String stuck: String bug: String down: String refused: String said: String }
type Mutation { stuck: String }
type Subscription { changed: Document! }
type Document { id: ID! title(upper: Boolean = false): String! }`;

const failure = { system: 'sap', operation: 'post', kind: 'transient' } as const;
const fail = (error: unknown) => () => {
  throw error;
};
const never = () => new Promise(() => undefined);

const resolvers: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Query: {
    hello: (_: unknown, { name }: { name: string }) => `Hello ${name}`,
    who: (_: unknown, __: unknown, context: { subject: string }) => context.subject,
    stuck: never,
    bug: fail(new TypeError('secret.words is undefined')),
    down: fail(new SystemUnavailable('secret host', failure)),
    refused: fail(new SystemRefused('The period is closed.', { ...failure, kind: 'permanent' })),
    said: fail(new GraphQLError('Not yours.', { extensions: { code: 'FORBIDDEN' } })),
  },
  Mutation: { stuck: never },
  Document: {
    title: ({ title }: { title: string }, { upper }: { upper: boolean }) =>
      upper ? title.toUpperCase() : title,
  },
};

const schemaWithResolvers = (): GraphQLSchema => {
  const schema = buildSchema(sdl);
  for (const [type, fields] of Object.entries(resolvers))
    for (const [name, resolve] of Object.entries(fields)) {
      const field = (schema.getType(type) as { getFields(): Record<string, object> }).getFields()[
        name
      ];
      Object.assign(field ?? {}, { resolve });
    }
  return schema;
};

let client: LocalClient;
let reported: unknown[];
beforeEach(() => {
  reported = [];
  client = localClient({
    name: 'erp',
    schema: schemaWithResolvers(),
    contextFor: ({ forward }) => ({ subject: forward['authorization'] }),
    report: (error) => reported.push(error),
  });
});

const fetchOf = (
  operation: string,
  kind: SubgraphFetch['kind'] = 'query',
  variables: unknown = {},
): SubgraphFetch => ({
  operation,
  operationName: undefined,
  kind,
  variables: JSON.stringify(variables),
});

const request = (ms = 1_000, signal = new AbortController().signal): GatewayRequest => ({
  identity: null,
  forward: { authorization: 'nora' },
  deadlineAt: performance.now() + ms,
  signal,
});

describe('a subgraph in this process', () => {
  test('answers with variables and with a context for each fetch', async () => {
    const fetch = fetchOf('query ($n: String!) { hello(name: $n) who }', 'query', { n: 'X' });
    expect(await client.send(fetch, request())).toEqual({
      data: { hello: 'Hello X', who: 'nora' },
    });
  });

  test('executes a subscription operation on an event', async () => {
    const fetch = fetchOf('subscription { changed { id title(upper: true) } }', 'subscription');
    const event = { changed: { id: '7', title: 'sent' } };
    expect(await client.executeEvent(fetch, event, request())).toEqual({
      data: { changed: { id: '7', title: 'SENT' } },
    });
  });

  test.each([
    ['a bug says nothing', 'bug', 'Internal server error.', 'INTERNAL_SERVER_ERROR', 1],
    ['a system that is down is named', 'down', '"sap" is not available.', 'SYSTEM_UNAVAILABLE', 1],
    ['a system that refuses is quoted', 'refused', 'The period is closed.', 'SYSTEM_REFUSED', 1],
    ['an author’s words pass', 'said', 'Not yours.', 'FORBIDDEN', 0],
  ])('words failures: %s', async (_, field, message, code, reports) => {
    const { data, errors } = await client.send(fetchOf(`{ ${field} who }`), request());
    expect(data).toEqual({ [field]: null, who: 'nora' });
    expect(errors).toMatchObject([{ message, path: [field], extensions: { code } }]);
    expect(reported).toHaveLength(reports);
  });

  test('does not outlive a deadline, nor its client', async () => {
    const startedAt = performance.now();
    await expect(client.send(fetchOf('{ stuck }'), request(60))).rejects.toMatchObject({
      kind: 'transient',
      cause: { name: 'TimeoutError' },
    });
    const gone = new AbortController();
    const left = client.send(fetchOf('{ stuck }'), request(5_000, gone.signal));
    gone.abort();
    await expect(left).rejects.toMatchObject({ cause: { name: 'AbortError' } });
    expect(performance.now() - startedAt).toBeLessThan(250);
  });

  test('says of a mutation that ran out of time that nobody knows', async () => {
    const fetch = fetchOf('mutation { stuck }', 'mutation');
    await expect(client.send(fetch, request(40))).rejects.toMatchObject({ kind: 'ambiguous' });
  });
});
