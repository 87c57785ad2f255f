import { createServer, type Server } from 'node:http';
import { type FaultPlans, faultDice } from '../../platform/fault-dice.ts';
import { freePort } from '../../platform/free-port.ts';
import { handle, type Machine, type RecordedCall } from './sandbox/gateway.ts';
import { type Bill, bookReceipt, enterInvoice } from './sandbox/postings.ts';
import { type SandboxSeed, seedStore } from './sandbox/seed.ts';
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
  faults(plan: FaultPlans): void;
  /** Ends every session, as a restart of the system's gateway does. */
  endSessions(): void;
  calls(): readonly RecordedCall[];
  close(): Promise<void>;
}

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
      machine.dice = faultDice(plan);
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
    hung: 0,
    dice: faultDice(null),
  };
  const server = createServer((request, response) => {
    // A caller that went away is no event for the system; anything else is a defect and ends the answer.
    handle(machine, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await listen(server, port);
  return control(machine, server, `http://127.0.0.1:${port}`);
};
