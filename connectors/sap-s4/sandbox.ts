import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { freePort } from '../../platform/free-port.ts';
import { type FaultPlan, faultDice } from './sandbox/fault-dice.ts';
import { errorBody, errorXml, ODataError } from './sandbox/odata-error.ts';
import { type Bill, bookReceipt, enterInvoice } from './sandbox/postings.ts';
import { type SandboxSeed, seedStore } from './sandbox/seed.ts';
import { answer, type Installation, type ServiceResponse } from './sandbox/service.ts';
import { equals, openStore, type Row, type Store } from './sandbox/store.ts';

/** One order in the system's own books. */
export interface LedgerOrder {
  readonly number: string;
  readonly reference: string | null;
  readonly supplier: string;
  readonly createdAt: string;
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly itemId: string;
    readonly quantity: string;
    readonly unitPrice: string;
  }[];
}

/** Where to listen, where to keep the books, and how this installation differs. */
export interface SandboxOptions {
  readonly port?: number;
  /** Database file; the books are in memory when absent. */
  readonly file?: string;
  readonly latencyMs?: number;
  readonly clock?: () => Date;
  readonly user?: string;
  readonly password?: string;
  readonly pageSize?: number;
  /** Properties that this release lacks, as A_PurchaseOrder.CorrespncExternalReference. */
  readonly hidden?: readonly string[];
}

/** A stand-in for S/4HANA's OData V2 services on the loopback. */
export interface Sandbox {
  readonly url: string;
  seed(data: SandboxSeed): void;
  ledger(): readonly LedgerOrder[];
  receive(orderNumber: string, lines: readonly { lineNumber: number; quantity: string }[]): string;
  invoice(orderNumber: string, bill: Bill): string;
  /** Puts an order on hold or takes it off, as a purchaser does in the dialog. */
  hold(orderNumber: string, held: boolean): void;
  faults(plan: FaultPlan | readonly FaultPlan[] | null): void;
  /** Ends every session, as a restart of the system's gateway does. */
  endSessions(): void;
  calls(): readonly RecordedCall[];
  close(): Promise<void>;
}

interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly at: number;
  readonly status: number;
  readonly body: string;
}

interface Machine {
  readonly store: Store;
  readonly installation: Installation;
  readonly credentials: string;
  readonly sessions: Map<string, string>;
  readonly calls: RecordedCall[];
  readonly latencyMs: number;
  dice: (isWrite: boolean) => FaultPlan | null;
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
  const url = new URL(request.url ?? '/', 'http://localhost');
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

const handle = async (
  machine: Machine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const body = await bodyOf(request);
  const method = request.method ?? 'GET';
  const record = (status: number): void => {
    machine.calls.push({ method, path: request.url ?? '', at: Date.now(), status, body });
  };
  if (machine.latencyMs > 0) await pause(machine.latencyMs);
  const fault = machine.dice(method !== 'GET' && method !== 'HEAD');
  if (fault?.kind === 'slow') await pause(fault.ms ?? 1000);
  const refusal = fault === null ? null : refusedBy(fault, machine.calls.length);
  if (refusal !== null) {
    record(refusal.status);
    respond(response, refusal);
    return;
  }
  // A request that hangs has done its work every other time: the caller cannot tell.
  const worked = fault?.kind !== 'hang' || machine.calls.length % 2 === 0;
  const result = worked ? (gate(machine, request) ?? served(machine, request, body)) : plain(0, '');
  if (fault?.kind === 'commit-and-drop' || fault?.kind === 'hang') {
    record(0);
    if (fault.kind === 'commit-and-drop') request.socket.destroy();
    return;
  }
  record(result.status);
  respond(response, { ...result, headers: { ...result.headers, ...withToken(machine, request) } });
};

const ledgerOf = (store: Store): LedgerOrder[] =>
  store.find('A_PurchaseOrder', null).map((order) => ({
    number: String(order['PurchaseOrder']),
    reference: order['CorrespncExternalReference']
      ? String(order['CorrespncExternalReference'])
      : null,
    supplier: String(order['Supplier']),
    createdAt: String(order['LastChangeDateTime']),
    lines: store
      .find('A_PurchaseOrderItem', equals({ PurchaseOrder: String(order['PurchaseOrder']) }))
      .map((item) => ({
        lineNumber: Number(item['PurchaseOrderItem']) / 10,
        itemId: String(item['Material']),
        quantity: String(item['OrderQuantity']),
        unitPrice: String(Number(item['NetPriceAmount']) / Number(item['NetPriceQuantity'])),
      })),
  }));

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

const control = (machine: Machine, server: Server, url: string): Sandbox => {
  const { store, installation, sessions, calls } = machine;
  return {
    url,
    seed: (data) => seedStore(store, data, installation.now()),
    ledger: () => ledgerOf(store),
    receive: (order, lines) => bookReceipt(store, { order, lines }, installation.now()),
    invoice: (order, bill) => enterInvoice(store, { order, bill }, installation.now()),
    hold: (orderNumber, held) => {
      const order: Row | null = store.byKey('A_PurchaseOrder', orderNumber);
      if (order === null) throw new Error(`There is no order ${orderNumber}.`);
      store.put('A_PurchaseOrder', {
        ...order,
        PurchasingCompletenessStatus: held,
        LastChangeDateTime: installation.now().toISOString(),
      });
    },
    faults: (plan) => {
      machine.dice = faultDice(
        plan === null ? [] : Array.isArray(plan) ? plan : [plan as FaultPlan],
      );
    },
    endSessions: () => sessions.clear(),
    calls: () => [...calls],
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      store.close();
    },
  };
};

/** Starts the stand-in; its books survive a restart when they are in a file. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const port = options.port ?? (await freePort());
  const pair = `${options.user ?? 'SYNCLINE'}:${options.password ?? 'sandbox'}`;
  const machine: Machine = {
    store: openStore(options.file ?? ':memory:'),
    installation: {
      root: 'https://s4-app-server.invalid:44300',
      pageSize: options.pageSize ?? 500,
      hidden: options.hidden ?? [],
      now: options.clock ?? (() => new Date()),
    },
    credentials: `Basic ${Buffer.from(pair).toString('base64')}`,
    sessions: new Map(),
    calls: [],
    latencyMs: options.latencyMs ?? 0,
    dice: faultDice([]),
  };
  const server = createServer((request, response) => {
    // A caller that went away is no event for the system; anything else is a defect and ends the answer.
    handle(machine, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await listen(server, port);
  return control(machine, server, `http://127.0.0.1:${port}`);
};
