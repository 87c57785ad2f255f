import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { FhirRouter } from '@medplum/fhir-router';
import { type FaultPlan, type FaultPlans, faultDice } from '../../platform/fault-dice.ts';
import { freePort } from '../../platform/free-port.ts';
import { JournaledRepository } from './sandbox-repository.ts';

export interface SandboxOptions {
  readonly port?: number;
  /** Where resources outlive the process; in memory only when left out. */
  readonly file?: string;
  readonly latencyMs?: number;
  /** The origin that the server writes into its links; a server behind a proxy writes a wrong one. */
  readonly linkOrigin?: string;
}

type SandboxResource = Readonly<Record<string, unknown>> & { readonly resourceType: string };

export interface Sandbox {
  /** The FHIR base, for the connector's `baseUrl`. */
  readonly url: string;
  /** Stores resources under their own ids; the same content again changes nothing. */
  readonly seed: (resources: readonly SandboxResource[]) => Promise<void>;
  /** What the server holds now: its own truth. */
  readonly resources: (type: string) => Promise<readonly SandboxResource[]>;
  readonly faults: (plan: FaultPlans) => void;
  readonly calls: () => readonly { method: string; path: string; at: number; status: number }[];
  readonly close: () => Promise<void>;
}

const basePath = '/fhir/R4';
const mostCalls = 50_000;
const fhirJson = { 'content-type': 'application/fhir+json' };

const statuses: Readonly<Record<string, number>> = {
  ok: 200,
  created: 201,
  'not-modified': 304,
  'not-found': 404,
  gone: 410,
  'precondition-failed': 412,
  'multiple-matches': 412,
  conflict: 409,
};

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

type Router = (request: IncomingMessage, url: URL, body: string) => Promise<Reply>;

const outcome = (status: number, code: string, text: string): Reply => ({
  status,
  headers: { ...fhirJson },
  body: JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code, details: { text } }],
  }),
});

/** Medplum's repository counts, and leaves the links to its host. */
const links = (bundle: SandboxResource, url: URL, origin: string): SandboxResource => {
  const count = Number(url.searchParams.get('_count') ?? 20);
  const offset = Number(url.searchParams.get('_offset') ?? 0);
  const link = [{ relation: 'self', url: `${origin}${url.pathname}${url.search}` }];
  if (offset + count < Number(bundle['total'])) {
    const next = new URL(url);
    next.searchParams.set('_offset', String(offset + count));
    link.push({ relation: 'next', url: `${origin}${next.pathname}${next.search}` });
  }
  return { ...bundle, link };
};

const queryOf = (url: URL): Record<string, string | string[]> => {
  const query: Record<string, string | string[]> = {};
  for (const key of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(key);
    query[key] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return query;
};

const replyOf = (resource: SandboxResource, status: number, origin: string): Reply => {
  const meta = resource['meta'] as { versionId?: string } | undefined;
  const location = `${origin}${basePath}/${resource.resourceType}/${resource['id']}`;
  return {
    status,
    headers: {
      ...fhirJson,
      ...(meta?.versionId === undefined ? {} : { etag: `W/"${meta.versionId}"` }),
      ...(status === 201 ? { location } : {}),
    },
    body: JSON.stringify(resource),
  };
};

const createRouter = (repository: JournaledRepository, origin: string): Router => {
  const router = new FhirRouter();
  return async (request, url, body) => {
    const [result, resource] = await router.handleRequest(
      {
        method: request.method as 'GET',
        pathname: '',
        url: url.pathname.slice(basePath.length) + url.search,
        params: {},
        query: queryOf(url),
        body: body === '' ? undefined : JSON.parse(body),
        headers: request.headers,
      },
      repository,
    );
    const found = (resource ?? result) as unknown as SandboxResource;
    const isSearch = found.resourceType === 'Bundle' && found['type'] === 'searchset';
    return replyOf(
      isSearch ? links(found, url, origin) : found,
      statuses[result.id ?? ''] ?? 400,
      origin,
    );
  };
};

const contentOf = ({ meta: _meta, ...content }: SandboxResource): string => JSON.stringify(content);

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** What a fault answers instead of the server; null when the server answers after all. */
const faultReply = (fault: FaultPlan | null): Reply | null => {
  if (fault?.kind === 'unavailable') return outcome(503, 'transient', 'Down for maintenance');
  if (fault?.kind === 'error-body')
    return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Proxy</html>' };
  if (fault?.kind !== 'throttle') return null;
  const reply = outcome(429, 'throttled', 'Too many requests');
  if (fault.retryAfterSeconds !== undefined)
    reply.headers['retry-after'] = String(fault.retryAfterSeconds);
  return reply;
};

const isWrite = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

const delayOf = (fault: FaultPlan | null): number =>
  fault?.kind === 'slow' ? (fault.ms ?? 1000) : 0;

const send = (response: ServerResponse, reply: Reply): void => {
  response.writeHead(reply.status, reply.headers).end(reply.body);
};

/** Never rejects: what the router throws becomes the server's 400. */
const routed = async (route: Router, request: IncomingMessage): Promise<Reply> => {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const body = await bodyOf(request);
  if (!url.pathname.startsWith(basePath)) return outcome(404, 'not-found', 'Not found');
  try {
    return await route(request, url, body);
  } catch (error) {
    return outcome(400, 'exception', error instanceof Error ? error.message : 'Unknown failure');
  }
};

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** A FHIR R4 server of a third party (Medplum's router) on the loopback, durable, and able to fail on command. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const port = options.port ?? (await freePort());
  const repository = await JournaledRepository.open(options.file ?? ':memory:');
  const route = createRouter(repository, options.linkOrigin ?? `http://127.0.0.1:${port}`);
  let dice = faultDice(null);
  const calls: { method: string; path: string; at: number; status: number }[] = [];

  const record = (request: IncomingMessage, status: number): void => {
    const { method = 'GET', url = '/' } = request;
    calls.push({ method, path: url, at: Date.now(), status });
    if (calls.length > mostCalls) calls.shift();
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const fault = dice(isWrite(request.method ?? 'GET'));
    const wait = (options.latencyMs ?? 0) + delayOf(fault);
    if (wait > 0) await after(wait);
    if (fault?.kind === 'hang') return record(request, 0);
    const reply = faultReply(fault) ?? (await routed(route, request));
    record(request, reply.status);
    if (fault?.kind === 'commit-and-drop') response.destroy();
    else send(response, reply);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => response.destroy(error));
  });
  await listen(server, port);

  const resources = async (type: string): Promise<readonly SandboxResource[]> => {
    const found = await repository.search({ resourceType: type as 'Device' });
    return (found.entry ?? []).map((entry) => entry.resource as unknown as SandboxResource);
  };
  return {
    url: `http://127.0.0.1:${port}${basePath}`,
    seed: async (given) => {
      for (const resource of given) {
        const held = await resources(resource.resourceType);
        const same = held.find((each) => each['id'] === resource['id']);
        if (same === undefined || contentOf(same) !== contentOf(resource))
          await repository.updateResource(resource as never);
      }
    },
    resources,
    faults: (plan) => {
      dice = faultDice(plan);
    },
    calls: () => calls,
    close: async () => {
      await closeServer(server);
      repository.close();
    },
  };
};
