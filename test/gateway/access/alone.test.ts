import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { freePort } from '../../../platform/free-port.ts';
import { until } from '../../support/until.ts';
import { type SubgraphServer, startSubgraph } from '../front/subgraph-server.ts';
import { clinicLink } from './clinic-graph.ts';
import { claims, hmacSigned, newKey, signed, startIssuer } from './foreign-issuer.ts';

const typeDefs = parse(`${clinicLink}
  type Query { open: Int tax: Int @authenticated bonus: Int @requiresScopes(scopes: [["hr"]]) secret: Int @policy(policies: [["any"]]) }`);
const resolvers = { Query: { open: () => 1, tax: () => 2, bonus: () => 3, secret: () => 4 } };
const query = '{ open tax bonus secret }';

// Each starts a process, which takes its time on a busy machine.
const timeoutMs = 120_000;

const key = newKey();
let folder: string;
let subgraph: SubgraphServer;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guarded-'));
  subgraph = await startSubgraph(
    buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]),
  );
  issuer = await startIssuer();
  issuer.keys.set('k1', key.publicKey);
  const { supergraphSdl } = composeServices([{ name: 'a', url: subgraph.url, typeDefs }]);
  await writeFile(join(folder, 'supergraph.graphql'), supergraphSdl ?? '');
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all([subgraph.close(), issuer.close(), rm(folder, { recursive: true })]);
});

const start = (environment: Readonly<Record<string, string>>): ChildProcess => {
  const env = {
    ...process.env,
    LOG_LEVEL: 'error',
    SUPERGRAPH: join(folder, 'supergraph.graphql'),
  };
  const child = spawn(process.execPath, ['gateway/main.ts'], { env: { ...env, ...environment } });
  children.push(child);
  return child;
};

/** A gateway in a process of its own; asks it the one query, with or without a token. */
const running = async (environment: Readonly<Record<string, string>>) => {
  const url = `http://127.0.0.1:${environment['PORT']}`;
  start(environment);
  await until(() =>
    fetch(`${url}/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return async (token?: string) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as {
      data?: unknown;
      errors?: { extensions: { code: string } }[];
    };
    return { status: response.status, data, code: errors?.[0]?.extensions.code };
  };
};

const issued = { JWT_ISSUER: 'https://login.test', JWT_AUDIENCE: 'clinic' };
const nothing = { open: 1, tax: null, bonus: null, secret: null };

test(
  'without keys the gateway alone knows nobody, and nobody reads what is protected',
  async () => {
    const ask = await running({ PORT: String(await freePort()) });
    const denied = { status: 200, data: nothing, code: 'UNAUTHORIZED_FIELD_OR_TYPE' };
    expect(await ask()).toEqual(denied);
    expect(await ask(hmacSigned(claims({ scope: 'hr' }), 's'.repeat(32)))).toEqual(denied);
    expect(subgraph.seen.map(({ body }) => body).join()).not.toMatch(/tax|bonus|secret/);
  },
  timeoutMs,
);

test(
  'with the keys of an issuer it knows who asks, refuses what does not hold, and waits for keys that are not there',
  async () => {
    const ask = await running({ PORT: String(await freePort()), JWKS_URL: issuer.url, ...issued });
    issuer.state.answering = 'not at all';
    const token = (scope: string) => signed(claims({ scope }), key.privateKey, { kid: 'k1' });
    expect(await ask(token('hr'))).toMatchObject({ status: 503, code: 'TOKENS_UNCHECKED' });
    expect(await ask()).toMatchObject({ status: 200, data: nothing });
    issuer.state.answering = 'properly';
    await until(async () => (await ask(token('hr'))).status === 200);
    expect((await ask(token('hr'))).data).toEqual({ ...nothing, tax: 2, bonus: 3 });
    expect((await ask(token('other'))).data).toEqual({ ...nothing, tax: 2 });
    const refused = { status: 401, code: 'UNAUTHENTICATED' };
    expect(await ask('nonsense')).toMatchObject(refused);
    expect(
      await ask(signed(claims({ scope: 'hr' }), newKey().privateKey, { kid: 'k1' })),
    ).toMatchObject(refused);
    expect(
      await ask(signed(claims({ aud: 'payroll' }), key.privateKey, { kid: 'k1' })),
    ).toMatchObject(refused);
  },
  timeoutMs,
);

test(
  'settings that are not safe are refused in one line',
  async () => {
    const child = start({ JWT_SECRET: 'short', ...issued });
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(child, 'exit');
    expect([code, said.trim()]).toEqual([1, 'JWT_SECRET must have at least 32 bytes.']);
  },
  timeoutMs,
);
