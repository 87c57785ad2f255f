import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  type FaultDice,
  type FaultPlan,
  type FaultPlans,
  faultDice,
} from '../../platform/fault-dice.ts';
import { freePort } from '../../platform/free-port.ts';
import {
  type Bill,
  bookReceipt,
  enterInvoice,
  type LedgerOrder,
  ledgerOf,
} from './sandbox/control.ts';
import { type SandboxSeed, seedStore } from './sandbox/seed.ts';
import { Forbidden, isWriting, runMethod } from './sandbox/service.ts';
import { openStore, type Store } from './sandbox/store.ts';
import { TrytondError } from './sandbox/trytond-error.ts';

/** Where to listen, where to keep the books, and who may come in. */
export interface SandboxOptions {
  readonly port?: number;
  /** Database file; the books are in memory when absent. */
  readonly file?: string;
  readonly latencyMs?: number;
  readonly clock?: () => Date;
  readonly database?: string;
  readonly user?: string;
  readonly password?: string;
}

interface RecordedCall {
  /** The remote procedure, `model.purchase.purchase.create`. */
  readonly method: string;
  readonly path: string;
  readonly at: number;
  readonly status: number;
}

/** A stand-in for a Tryton 6.0 server on the loopback. */
export interface Sandbox {
  readonly url: string;
  seed(data: SandboxSeed): void;
  ledger(): readonly LedgerOrder[];
  receive(orderNumber: string, lines: readonly { lineNumber: number; quantity: string }[]): string;
  invoice(orderNumber: string, bill: Bill): string;
  faults(plan: FaultPlans): void;
  /** Ends every session, as a restart of the server does. */
  endSessions(): void;
  /** Does in the books what a person does in Tryton's own window, by the same procedures. */
  run(method: string, params: readonly unknown[]): unknown;
  calls(): readonly RecordedCall[];
  close(): Promise<void>;
}

interface Machine {
  readonly store: Store;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly sessions: Set<string>;
  readonly calls: RecordedCall[];
  readonly latencyMs: number;
  failedLogins: number;
  dice: FaultDice;
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Record<string, string>;
}

interface Procedure {
  readonly id: unknown;
  readonly method: string;
  readonly params: readonly unknown[];
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const page = (status: number, title: string, text: string): Reply => ({
  status,
  type: 'text/html; charset=utf-8',
  body: `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`,
});

const json = (body: Readonly<Record<string, unknown>>): Reply => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify(body),
});

const unauthorized: Reply = {
  status: 401,
  type: 'text/plain; charset=utf-8',
  body: '',
  headers: { 'www-authenticate': 'Basic realm="Tryton"' },
};

const procedureOf = (body: string): Procedure | null => {
  try {
    const { id, method, params } = JSON.parse(body) as Record<string, unknown>;
    return typeof method === 'string' && Array.isArray(params) ? { id, method, params } : null;
  } catch {
    return null;
  }
};

const login = (machine: Machine, { id, params }: Procedure): Reply => {
  const [user, parameters] = params;
  // Without a password the server asks for one.
  if (typeof parameters !== 'object' || parameters === null || !('password' in parameters))
    return json({
      id,
      error: ['LoginException', ['password', `Password for ${user}`, 'password']],
    });
  const password = (parameters as { password?: unknown } | undefined)?.password;
  // Failed logins count per user; past the limit the server refuses to look, and says not for how long.
  if (machine.failedLogins > 5)
    return page(
      429,
      'Too Many Requests',
      'This user has exceeded an allotted request count. Try again later.',
    );
  if (user !== machine.user || password !== machine.password) {
    machine.failedLogins += 1;
    return page(
      401,
      'Unauthorized',
      'The server could not verify that you are authorized to access the URL requested.',
    );
  }
  machine.failedLogins = 0;
  const session = randomBytes(32).toString('hex');
  machine.sessions.add(Buffer.from(`${user}:1:${session}`).toString('base64'));
  return json({ id, result: [1, session] });
};

const run = (machine: Machine, procedure: Procedure): Reply => {
  const { id, method, params } = procedure;
  try {
    return json({ id, result: runMethod(machine.store, method, params) ?? null });
  } catch (error) {
    if (error instanceof TrytondError) return json({ id, error: error.args });
    if (!(error instanceof Forbidden)) throw error;
    return page(
      403,
      'Forbidden',
      "You don't have the permission to access the requested resource. It is either read-protected or not readable by the server.",
    );
  }
};

const answer = (machine: Machine, request: IncomingMessage, procedure: Procedure | null): Reply => {
  if (request.method !== 'POST')
    return page(405, 'Method Not Allowed', 'The method is not allowed.');
  if (procedure === null)
    return page(500, 'Internal Server Error', 'Value after * must be an iterable, not NoneType');
  const { id, method } = procedure;
  if (request.url !== `/${machine.database}/`)
    return json({ id, error: [`Database '${request.url}' doesn't exist!`, ''] });
  if (method === 'common.db.login') return login(machine, procedure);
  const session = /^Session (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return machine.sessions.has(session) ? run(machine, procedure) : unauthorized;
};

/** What stands in front of a Tryton, or the database under it, says when things go wrong. */
const brokenReplies: readonly Reply[] = [
  page(500, 'Internal Server Error', 'The server encountered an internal error.'),
  page(502, 'Bad Gateway', 'nginx/1.22.1'),
  json({ id: 0, error: ['database is locked', ''] }),
  { status: 200, type: 'text/plain', body: 'upstream connect error' },
];

const refusedBy = (fault: FaultPlan, count: number): Reply | null => {
  if (fault.kind === 'throttle') {
    const after = fault.retryAfterSeconds ?? null;
    return {
      ...page(429, 'Too Many Requests', 'Try again later.'),
      headers: after === null ? {} : { 'retry-after': String(after) },
    };
  }
  if (fault.kind === 'unavailable') return page(503, 'Service Unavailable', 'Try again later.');
  if (fault.kind === 'error-body') return brokenReplies[count % brokenReplies.length] ?? null;
  return null;
};

/** The server's own answer. A request that hangs has done its work every other time: the caller cannot tell. */
const outcome = (
  machine: Machine,
  request: IncomingMessage,
  { procedure, fault }: { procedure: Procedure | null; fault: FaultPlan | null },
): Reply =>
  fault?.kind === 'hang' && machine.calls.length % 2 === 1
    ? unauthorized
    : answer(machine, request, procedure);

const handle = async (
  machine: Machine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const procedure = procedureOf(await bodyOf(request));
  const method = procedure?.method ?? request.method ?? '';
  const record = (status: number): void => {
    machine.calls.push({ method, path: request.url ?? '', at: Date.now(), status });
  };
  if (machine.latencyMs > 0) await pause(machine.latencyMs);
  const fault = machine.dice(isWriting(method));
  if (fault?.kind === 'slow') await pause(fault.ms ?? 1000);
  const refusal = fault === null ? null : refusedBy(fault, machine.calls.length);
  const reply = refusal ?? outcome(machine, request, { procedure, fault });
  if (fault?.kind === 'commit-and-drop' || fault?.kind === 'hang') {
    record(0);
    if (fault.kind === 'commit-and-drop') request.socket.destroy();
    return;
  }
  record(reply.status);
  response
    .writeHead(reply.status, { 'content-type': reply.type, ...reply.headers })
    .end(reply.body);
};
const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

const control = (machine: Machine, server: Server, url: string): Sandbox => {
  const { store } = machine;
  return {
    url,
    seed: (data) => seedStore(store, data),
    ledger: () => ledgerOf(store),
    receive: (orderNumber, lines) => bookReceipt(store, orderNumber, lines),
    invoice: (orderNumber, bill) => enterInvoice(store, orderNumber, bill),
    faults: (plan) => {
      machine.dice = faultDice(plan);
    },
    endSessions: () => machine.sessions.clear(),
    run: (method, params) => runMethod(store, method, params),
    calls: () => [...machine.calls],
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
  const machine: Machine = {
    store: openStore(options.file ?? ':memory:', options.clock ?? (() => new Date())),
    database: options.database ?? 'hub',
    user: options.user ?? 'admin',
    password: options.password ?? 'admin',
    sessions: new Set(),
    calls: [],
    latencyMs: options.latencyMs ?? 0,
    failedLogins: 0,
    dice: faultDice(null),
  };
  const server = createServer((request, response) => {
    // A caller that went away is no event for the system; anything else is a defect and ends the answer.
    handle(machine, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await listen(server, port);
  return control(machine, server, `http://127.0.0.1:${port}`);
};
