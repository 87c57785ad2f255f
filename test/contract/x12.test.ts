import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { X12Interchange, X12Parser } from 'node-x12';
import { x12 } from '../../connectors/x12/connector.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../connectors/x12/sandbox.ts';
import { freePort } from '../../platform/free-port.ts';
import type { SupplierOrder } from '../../subgraphs/procurement/ports.ts';

const call = { signal: AbortSignal.timeout(120_000) };
const parties = {
  name: 'edi',
  supplierIds: 'ALL',
  senderId: 'SYNCLINE',
  receiverId: 'SUPPLIERNET',
} as const;
const order: SupplierOrder = {
  purchaseOrderId: 'po-1',
  number: '4500000123',
  orderDate: '2026-11-23',
  currency: 'USD',
  neededBy: '2026-12-01',
  supplier: { id: 'S1', name: 'Müller ~ Söhne*GmbH' },
  shipTo: {
    name: 'St. Mary',
    code: 'H1',
    address: '1 Main St',
    city: 'Solon',
    state: 'OH',
    zip: '44139',
  },
  lines: [
    {
      lineNumber: 1,
      gtin: '00844588003288',
      catalogNumber: 'AB-1',
      description: 'Tubes > blue',
      quantity: { value: '10.000', unit: 'EA' },
      unitPrice: { amount: '1.250000', currency: 'USD' },
    },
    {
      lineNumber: 2,
      gtin: null,
      catalogNumber: null,
      description: 'Gloves',
      quantity: { value: '4', unit: 'CS' },
      unitPrice: { amount: '30', currency: 'USD' },
    },
  ],
};

/** The hub's inbound address; whoever waits is given each document as it comes. */
const createInbox = async () => {
  const port = await freePort();
  const came: string[] = [];
  const waiting: ((text: string) => void)[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.end();
    const text = Buffer.concat(chunks).toString();
    const next = waiting.shift();
    if (next === undefined) came.push(text);
    else next(text);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}/edi`,
    next: (): Promise<string> => {
      const text = came.shift();
      return text === undefined
        ? new Promise((resolve) => waiting.push(resolve))
        : Promise.resolve(text);
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

let inbox: Awaited<ReturnType<typeof createInbox>>;
let supplier: Sandbox;
let partner: ReturnType<typeof x12>;

const open = async (options: Partial<SandboxOptions> = {}): Promise<void> => {
  supplier = await startSandbox({ callbackUrl: inbox.url, ...options });
  partner = x12({ ...parties, url: supplier.url, timeoutMs: 2000 });
};
const close = async (): Promise<void> => {
  await partner.close();
  await supplier.close();
};
beforeEach(async () => {
  inbox = await createInbox();
  await open();
});
afterEach(async () => {
  await close();
  await inbox.close();
});

describe('an order', () => {
  test('reaches the supplier as it was meant', async () => {
    const { controlNumber } = await partner.messages.sendOrder(order, call);
    expect(supplier.ledger()).toMatchObject([
      {
        control: controlNumber,
        number: '4500000123',
        reference: '4500000123',
        buyer: 'SYNCLINE',
        seller: 'SUPPLIERNET',
        copies: 1,
        lines: [
          { line: '1', quantity: '10', unit: 'EA' },
          { line: '2', quantity: '4', unit: 'CA' },
        ],
      },
    ]);
  });

  test('sent twice carries the same control number and is filled once', async () => {
    const first = await partner.messages.sendOrder(order, call);
    const second = await partner.messages.sendOrder(order, call);
    expect(second).toEqual(first);
    expect(supplier.ledger()).toMatchObject([{ copies: 2 }]);
    const other = await partner.messages.sendOrder(
      { ...order, purchaseOrderId: 'po-2', number: '4500000124' },
      call,
    );
    expect(other.controlNumber).not.toBe(first.controlNumber);
  });

  test('sent again after a lost answer is filled once', async () => {
    supplier.faults({ kind: 'commit-and-drop', rate: 1, seed: 1 });
    await expect(partner.messages.sendOrder(order, call)).rejects.toMatchObject({
      retryable: true,
    });
    supplier.faults(null);
    await partner.messages.sendOrder(order, call);
    expect(supplier.ledger()).toHaveLength(1);
  });

  test.each([
    ['a 503', { kind: 'unavailable' } as const],
    ['a 429', { kind: 'throttle' } as const],
    ['a 500 with a page', { kind: 'error-body' } as const],
    ['silence', { kind: 'hang' } as const],
  ])('may be sent again after %s', async (_, fault) => {
    supplier.faults({ ...fault, rate: 1, seed: 1 });
    await expect(partner.messages.sendOrder(order, call)).rejects.toMatchObject({
      name: 'SystemUnavailable',
      system: 'edi',
      retryable: true,
    });
  });

  test('is refused when its number does not fit the standard', async () => {
    const long = { ...order, number: '4500000123-4500000123-4' };
    await expect(partner.messages.sendOrder(long, call)).rejects.toMatchObject({
      name: 'SystemRefused',
    });
  });

  test("goes into the partner's folder whole, under one name, and others read it", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drop folder '));
    const dropped = x12({ ...parties, folder });
    const { controlNumber } = await dropped.messages.sendOrder(order, call);
    await dropped.messages.sendOrder(order, call);
    expect(await readdir(folder)).toEqual([`850-${controlNumber}.edi`]);
    const text = await readFile(join(folder, `850-${controlNumber}.edi`), 'utf8');
    // The strict mode of a parser of others' making.
    const parsed = new X12Parser(true).parse(text);
    if (!(parsed instanceof X12Interchange))
      throw new Error('More than one interchange was written.');
    const segments = parsed.functionalGroups[0]?.transactions[0]?.segments ?? [];
    const rows = segments.map((each) =>
      [each.tag, ...each.elements.map((element) => element.value)].join('*'),
    );
    expect(rows).toEqual([
      'BEG*00*SA*4500000123**20261123',
      'CUR*BY*USD',
      'REF*CO*4500000123',
      'DTM*002*20261201',
      'N1*VN*Muller Sohne GmbH*92*S1',
      'N1*ST*St. Mary*92*H1',
      'N3*1 Main St',
      'N4*Solon*OH*44139',
      'PO1*1*10*EA*1.25**VN*AB-1*UK*00844588003288',
      'PID*F****Tubes blue',
      'PO1*2*4*CA*30',
      'PID*F****Gloves',
      'CTT*2',
    ]);
    expect(text.indexOf('~')).toBe(105);
    await rm(folder, { recursive: true });
  });
});

describe('the supplier', () => {
  test('answers by itself, each answer once for an order sent twice, and its 997s come back', async () => {
    await close();
    await open({ respond: { acknowledgeAfterMs: 0, shipAfterMs: 20, shipFraction: 0.5 } });
    await partner.messages.sendOrder(order, call);
    await partner.messages.sendOrder(order, call);
    const acknowledgement = partner.messages.read(await inbox.next());
    expect(acknowledgement).toMatchObject({
      sender: 'SUPPLIERNET',
      problems: [],
      documents: [
        {
          kind: 'ACKNOWLEDGEMENT',
          orderNumber: '4500000123',
          lines: [{ status: 'ACCEPTED' }, { status: 'ACCEPTED' }],
        },
      ],
    });
    const notice = partner.messages.read(await inbox.next());
    expect(notice).toMatchObject({
      problems: [],
      documents: [
        {
          kind: 'SHIP_NOTICE',
          orderNumber: '4500000123',
          lines: [
            { lineNumber: 1, quantity: { value: '5', unit: 'EA' } },
            { lineNumber: 2, quantity: { value: '2', unit: 'CS' } },
          ],
        },
      ],
    });
    for (const { functionalAcknowledgement } of [acknowledgement, notice])
      await partner.messages.acknowledge('SUPPLIERNET', functionalAcknowledgement ?? '', call);
    expect(supplier.acknowledgements()).toMatchObject([{ accepted: true }, { accepted: true }]);
  });

  test('hears what was wrong with its document', async () => {
    await partner.messages.sendOrder(order, call);
    const text = supplier.acknowledge(order.number, { 2: 'IR' }).replace(/SE\*\d+/, 'SE*1');
    const { functionalAcknowledgement, problems } = partner.messages.read(text);
    expect(problems).toHaveLength(1);
    await partner.messages.acknowledge('SUPPLIERNET', functionalAcknowledgement ?? '', call);
    expect(supplier.acknowledgements()).toMatchObject([{ accepted: false }]);
  });

  test('sends what it owes after a restart, also while nobody listens', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'x12-'));
    await close();
    const deaf = `http://127.0.0.1:${await freePort()}/edi`;
    await open({ file: join(dir, 'supplier.db'), callbackUrl: deaf });
    await partner.messages.sendOrder(order, call);
    supplier.acknowledge(order.number);
    await close();
    await open({ file: join(dir, 'supplier.db') });
    expect(supplier.ledger()).toMatchObject([{ number: order.number }]);
    expect(partner.messages.read(await inbox.next()).documents).toMatchObject([
      { orderNumber: order.number },
    ]);
    await close();
    await open();
    await rm(dir, { recursive: true });
  });

  test('gets no 997 that is meant for another', async () => {
    await expect(partner.messages.acknowledge('SOMEBODY', 'ISA', call)).rejects.toMatchObject({
      name: 'SystemRefused',
    });
  });
});
