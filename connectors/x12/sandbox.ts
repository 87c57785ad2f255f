import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { type FaultPlan, type FaultPlans, faultDice } from '../../platform/fault-dice.ts';
import { freePort } from '../../platform/free-port.ts';
import {
  acknowledgementOf,
  type ReceivedOrder,
  receive,
  shipNoticeOf,
} from './sandbox-documents.ts';
import {
  type LedgerOrder,
  type ReceivedAcknowledgement,
  SupplierLedger,
} from './sandbox-ledger.ts';

export interface SandboxOptions {
  readonly port?: number;
  /** Where the books outlive the process; in memory only when left out. */
  readonly file?: string;
  readonly latencyMs?: number;
  readonly clock?: () => Date;
  /** Where the supplier posts its 855 and 856. */
  readonly callbackUrl: string;
  /** What the supplier does by itself after it got an order; nothing when left out. */
  readonly respond?: {
    readonly acknowledgeAfterMs: number;
    readonly shipAfterMs: number;
    /** 0 to 1: how much of each line is shipped. */
    readonly shipFraction: number;
  };
}

export interface Sandbox {
  readonly url: string;
  readonly ledger: () => readonly LedgerOrder[];
  /** Sends an 855 for the order, ACK01 by line number (IA where none is given); returns its text. */
  readonly acknowledge: (orderNumber: string, codes?: Readonly<Record<string, string>>) => string;
  /** Sends an 856 for a fraction of each line; returns its text. */
  readonly ship: (orderNumber: string, fraction?: number) => string;
  /** Posts any text to the buyer. */
  readonly post: (text: string) => void;
  /** The 997s that came back. */
  readonly acknowledgements: () => readonly ReceivedAcknowledgement[];
  readonly faults: (plan: FaultPlans) => void;
  readonly calls: () => readonly { method: string; path: string; at: number; status: number }[];
  readonly close: () => Promise<void>;
}

const deliveryPauseMs = 50;
const pauseAfterFailureMs = 500;
const callbackTimeoutMs = 10_000;
const mostCalls = 50_000;

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const part = (quantity: string, fraction: number): string =>
  fraction >= 1 ? quantity : String(Math.max(1, Math.floor(Number(quantity) * fraction)));

/** The people of the supplier: they answer orders, on command or by themselves. */
const createOffice = (ledger: SupplierLedger, now: () => Date) => {
  const cover = (order: ReceivedOrder) => ({ order, number: ledger.nextNumber(), at: now() });
  const enqueue = (kind: string, number: string, text: string, delayMs: number): string => {
    ledger.enqueue({ kind, number, text, dueAt: Date.now() + delayMs });
    return text;
  };
  return {
    acknowledge: (number: string, codes: Readonly<Record<string, string>>, delayMs: number) =>
      enqueue(
        '855',
        number,
        acknowledgementOf(cover(ledger.order(number)), (line) => codes[line] ?? 'IA'),
        delayMs,
      ),
    ship: (number: string, fraction: number, delayMs: number) => {
      const order = ledger.order(number);
      const packed = order.lines.map((each) => ({
        ...each,
        quantity: part(each.quantity, fraction),
      }));
      return enqueue('856', number, shipNoticeOf(cover(order), packed), delayMs);
    },
    post: (text: string) => enqueue('text', '', text, 0),
  };
};

type Office = ReturnType<typeof createOffice>;

const take = (
  text: string,
  ledger: SupplierLedger,
  office: Office,
  options: SandboxOptions,
): Reply => {
  const received = receive(text);
  if (received.kind === 'UNREADABLE') return { status: 400, text: received.reason };
  if (received.kind === '997') {
    ledger.acknowledge({ ...received, text });
    return { status: 200, text: '' };
  }
  const { order } = received;
  const now = options.clock?.() ?? new Date();
  const { respond } = options;
  ledger.atomically(() => {
    if (!ledger.record(order, now) || respond === undefined) return;
    office.acknowledge(order.number, {}, respond.acknowledgeAfterMs);
    office.ship(order.number, respond.shipFraction, respond.shipAfterMs);
  });
  return { status: 202, text: '' };
};

/** Delivers one document. A buyer may answer with its 997 at once, in the response; it is kept like one that comes later. */
const delivered = async (
  { ledger, callbackUrl }: { ledger: SupplierLedger; callbackUrl: string },
  text: string,
  signal: AbortSignal,
): Promise<boolean> => {
  try {
    const response = await fetch(callbackUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/edi-x12' },
      body: text,
      signal: AbortSignal.any([signal, AbortSignal.timeout(callbackTimeoutMs)]),
    });
    const answer = await response.text();
    const received = response.ok && answer !== '' ? receive(answer) : null;
    if (received?.kind === '997') ledger.acknowledge({ ...received, text: answer });
    return response.ok;
  } catch {
    // The buyer is away; the document stays in the books and is sent again.
    return false;
  }
};

/** Sends what is due, in order, each until the buyer took it; ends when the signal is aborted. */
const deliverAll = async (
  ledger: SupplierLedger,
  callbackUrl: string,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    let pause = deliveryPauseMs;
    for (const { id, text } of ledger.due(Date.now())) {
      const taken = await delivered({ ledger, callbackUrl }, text, signal);
      if (taken) ledger.delivered(id, Date.now());
      else pause = pauseAfterFailureMs;
      if (!taken) break;
    }
    await after(pause, undefined, { signal }).catch(() => undefined);
  }
};

const faultReply = (fault: FaultPlan | null): Reply | null => {
  if (fault?.kind === 'unavailable') return { status: 503, text: 'Down for maintenance' };
  if (fault?.kind === 'error-body') return { status: 500, text: '<html>Internal error</html>' };
  if (fault?.kind !== 'throttle') return null;
  const seconds = fault.retryAfterSeconds;
  return {
    status: 429,
    text: 'Too many documents',
    ...(seconds === undefined ? {} : { headers: { 'retry-after': String(seconds) } }),
  };
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
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

const isWrite = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

const delayOf = (fault: FaultPlan | null): number =>
  fault?.kind === 'slow' ? (fault.ms ?? 1000) : 0;

/** A supplier company on the loopback: takes 850s by HTTP POST, keeps books, answers with 855 and 856. */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const port = options.port ?? (await freePort());
  const ledger = new SupplierLedger(options.file ?? ':memory:');
  const office = createOffice(ledger, options.clock ?? (() => new Date()));
  let dice = faultDice(null);
  const calls: { method: string; path: string; at: number; status: number }[] = [];
  const closing = new AbortController();

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'POST', url: path = '/' } = request;
    const fault = dice(isWrite(method));
    const body = await bodyOf(request);
    await after((options.latencyMs ?? 0) + delayOf(fault));
    const hang = fault?.kind === 'hang';
    const reply = hang
      ? { status: 0, text: '' }
      : (faultReply(fault) ?? take(body, ledger, office, options));
    calls.push({ method, path, at: Date.now(), status: reply.status });
    if (calls.length > mostCalls) calls.shift();
    if (fault?.kind === 'commit-and-drop') response.destroy();
    else if (!hang) response.writeHead(reply.status, reply.headers ?? {}).end(reply.text);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => response.destroy(error));
  });
  await listen(server, port);
  const delivery = deliverAll(ledger, options.callbackUrl, closing.signal);

  return {
    url: `http://127.0.0.1:${port}/x12`,
    ledger: () => ledger.orders(),
    acknowledge: (number, codes = {}) => office.acknowledge(number, codes, 0),
    ship: (number, fraction = 1) => office.ship(number, fraction, 0),
    post: office.post,
    acknowledgements: () => ledger.acknowledgements(),
    faults: (plan) => {
      dice = faultDice(plan);
    },
    calls: () => calls,
    close: async () => {
      closing.abort();
      await delivery;
      await closeServer(server);
      ledger.close();
    },
  };
};
