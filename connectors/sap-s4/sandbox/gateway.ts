import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultDice, FaultPlan } from '../../../platform/fault-dice.ts';
import { errorBody, errorXml, ODataError } from './odata-error.ts';
import { answer, type Installation, type ServiceResponse } from './service.ts';
import type { Store } from './store.ts';

/** One request as it came and what was answered; 0 when nothing was. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly at: number;
  readonly status: number;
  readonly body: string;
}

/** The system in memory around its books. */
export interface Machine {
  readonly store: Store;
  readonly installation: Installation;
  readonly credentials: string;
  readonly sessions: Map<string, string>;
  readonly calls: RecordedCall[];
  readonly latencyMs: number;
  /** Requests that were left hanging. */
  hung: number;
  dice: FaultDice;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

const sessionOf = (request: IncomingMessage): string | null =>
  /SAP_SESSIONID_S4H_100=([^;]+)/.exec(header(request, 'cookie') ?? '')?.[1] ?? null;

const withToken = (machine: Machine, request: IncomingMessage): Record<string, string> => {
  if (header(request, 'x-csrf-token')?.toLowerCase() !== 'fetch') return {};
  const session = sessionOf(request) ?? randomBytes(16).toString('hex');
  const token = machine.sessions.get(session) ?? randomBytes(16).toString('base64url');
  machine.sessions.set(session, token);
  return {
    'x-csrf-token': token,
    'set-cookie': `SAP_SESSIONID_S4H_100=${session}; path=/; HttpOnly`,
  };
};

const plain = (
  status: number,
  body: string,
  headers: Record<string, string> = {},
): ServiceResponse => ({
  status,
  headers: { 'content-type': 'text/plain;charset=utf-8', ...headers },
  body,
});

const gate = (machine: Machine, request: IncomingMessage): ServiceResponse | null => {
  if (header(request, 'authorization') !== machine.credentials)
    return {
      status: 401,
      headers: {
        'content-type': 'text/html',
        'www-authenticate': 'Basic realm="SAP NetWeaver Application Server [S4H/100]"',
      },
      body: '<html><head><title>Logon Error Message</title></head><body><h1>Anmeldung fehlgeschlagen</h1></body></html>',
    };
  // HEAD is not served, yet it still hands the token out.
  if (request.method === 'HEAD') return plain(405, '', withToken(machine, request));
  if (request.method === 'GET') return null;
  const token = machine.sessions.get(sessionOf(request) ?? '');
  return token !== undefined && header(request, 'x-csrf-token') === token
    ? null
    : plain(403, 'CSRF token validation failed', { 'x-csrf-token': 'Required' });
};

const served = (machine: Machine, request: IncomingMessage, body: string): ServiceResponse => {
  // A link of ours that names the inner host is of no use from outside: whoever follows it as it is gets nowhere.
  if (request.url?.startsWith('/') !== true) return plain(421, 'Misdirected Request');
  const url = new URL(request.url, 'http://localhost');
  const prefix = '/sap/opu/odata/sap';
  try {
    if (!url.pathname.startsWith(prefix)) return plain(404, 'Not found');
    return answer(
      machine.store,
      {
        method: request.method ?? 'GET',
        path: decodeURIComponent(url.pathname.slice(prefix.length)),
        query: url.searchParams,
        headers: {
          'if-match': header(request, 'if-match'),
          'x-http-method': header(request, 'x-http-method'),
        },
        body,
      },
      machine.installation,
    );
  } catch (error) {
    if (!(error instanceof ODataError)) throw error;
    const transaction = randomBytes(16).toString('hex').toUpperCase();
    return {
      status: error.status,
      headers: { 'content-type': 'application/json;charset=utf-8', dataserviceversion: '1.0' },
      body: errorBody(error, transaction),
    };
  }
};

const brokenBodies: readonly ServiceResponse[] = [
  {
    status: 500,
    headers: { 'content-type': 'text/html' },
    body: '<html><head><title>Application Server Error</title></head><body>SYSTEM_NO_TASK_STORAGE</body></html>',
  },
  {
    status: 500,
    headers: { 'content-type': 'application/xml' },
    body: errorXml(new ODataError(500, 'SY/530', 'An exception was raised')),
  },
  {
    status: 500,
    headers: { 'content-type': 'application/json' },
    body: errorBody(
      new ODataError(
        500,
        '/IWBEP/CM_MGW_RT/000',
        'In the context of Data Services an unknown internal server error occurred',
      ),
      '0',
    ),
  },
  {
    status: 502,
    headers: { 'content-type': 'text/plain' },
    body: 'upstream connect error or disconnect/reset before headers',
  },
];

const refusedBy = (fault: FaultPlan, count: number): ServiceResponse | null => {
  if (fault.kind === 'throttle') {
    const after = fault.retryAfterSeconds ?? null;
    return plain(429, 'Too Many Requests', after === null ? {} : { 'retry-after': String(after) });
  }
  if (fault.kind === 'unavailable') return plain(503, 'Service Unavailable');
  if (fault.kind === 'error-body') return brokenBodies[count % brokenBodies.length] ?? null;
  return null;
};

const respond = (response: ServerResponse, { status, headers, body }: ServiceResponse): void => {
  response.writeHead(status, headers).end(body);
};

/** Calls kept for those who look; older ones are forgotten, so that a hospital that runs for days stays small. */
const mostCalls = 5000;

const recorder = (machine: Machine, request: IncomingMessage, body: string) => {
  const { method = 'GET', url = '' } = request;
  return (status: number): void => {
    machine.calls.push({ method, path: url, at: Date.now(), status, body });
    if (machine.calls.length > mostCalls) machine.calls.splice(0, mostCalls / 10);
  };
};

/* Whether the work was done before the connection breaks. A request that hangs has done it every other time: the caller cannot tell. */
const hang = (machine: Machine, work: () => unknown): void => {
  machine.hung += 1;
  if (machine.hung % 2 === 0) work();
};

/** Answers one request: faults first, then log-on and session, then the services. */
export const handle = async (
  machine: Machine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const body = await bodyOf(request);
  const record = recorder(machine, request, body);
  const work = (): ServiceResponse => gate(machine, request) ?? served(machine, request, body);
  if (machine.latencyMs > 0) await pause(machine.latencyMs);
  const fault = machine.dice(request.method !== 'GET' && request.method !== 'HEAD');
  if (fault?.kind === 'slow') await pause(fault.ms ?? 1000);
  if (fault?.kind === 'hang') {
    record(0);
    hang(machine, work);
    return;
  }
  const refusal = fault === null ? null : refusedBy(fault, machine.calls.length);
  const result = refusal ?? work();
  if (fault?.kind === 'commit-and-drop') {
    record(0);
    request.socket.destroy();
    return;
  }
  record(result.status);
  const token = refusal === null ? withToken(machine, request) : {};
  respond(response, { ...result, headers: { ...result.headers, ...token } });
};
