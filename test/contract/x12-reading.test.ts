import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readInterchanges } from '../../connectors/x12/read-interchanges.ts';
import { acknowledged, interchange } from './x12-document.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/x12/${name}`, import.meta.url), 'utf8');

test('reads an acknowledgement; a code that nobody knows is shown and means nothing', () => {
  const reading = readInterchanges(interchange());
  expect(reading.problems).toEqual([]);
  expect(reading.sender).toBe('SUPPLIER');
  expect(reading.documents).toEqual([
    {
      kind: 'ACKNOWLEDGEMENT',
      orderNumber: '4500000123',
      controlNumber: '000000042/7/0001',
      acknowledgedAt: '2026-11-21T09:30:00.000Z',
      lines: [
        {
          lineNumber: 1,
          code: 'IA',
          status: 'ACCEPTED',
          quantity: { value: '10', unit: 'EA' },
          promisedDate: '2026-11-30',
        },
        {
          lineNumber: 2,
          code: 'IB',
          status: 'BACKORDERED',
          quantity: { value: '1', unit: 'CS' },
          promisedDate: null,
        },
        {
          lineNumber: 2,
          code: 'ZZ',
          status: null,
          quantity: { value: '3', unit: 'CS' },
          promisedDate: null,
        },
      ],
    },
  ]);
});

test.each([
  ['IA', 'ACCEPTED'],
  ['IB', 'BACKORDERED'],
  ['ID', 'DELETED'],
  ['IH', 'ON_HOLD'],
  ['IR', 'REJECTED'],
  ['IS', 'SUBSTITUTED'],
  ['SP', 'SCHEDULE_PENDING'],
  ['AC', null],
])('ACK01 %s means %s', (code, status) => {
  const body = ['BAK*00*AC*4500000123*20261120', 'PO1*1*10*EA', `ACK*${code}*10*EA`];
  expect(readInterchanges(interchange({ body })).documents).toMatchObject([
    { lines: [{ code, status }] },
  ]);
});

test('an acknowledgement of the whole order speaks for its lines', () => {
  const body = ['BAK*00*AD*4500000123*20261120', 'PO1*1*10*EA'];
  expect(readInterchanges(interchange({ body })).documents).toMatchObject([
    { lines: [{ lineNumber: 1, code: 'AD', status: 'ACCEPTED', quantity: { value: '10' } }] },
  ]);
});

test("reads a trading partner's ship notice of 2011", () => {
  const reading = readInterchanges(fixture('nodex12-856.edi'));
  expect(reading.problems).toEqual([]);
  expect(reading.documents).toEqual([
    {
      kind: 'SHIP_NOTICE',
      orderNumber: '99999817',
      controlNumber: '000000049/49/0008',
      shipmentNumber: '829716',
      shippedAt: '2011-12-06T00:00:00.000Z',
      expectedDate: null,
      carrier: 'XXXX',
      trackingNumber: '5787970539',
      lines: [
        { lineNumber: 1, quantity: { value: '24', unit: 'EA' } },
        { lineNumber: 2, quantity: { value: '6', unit: 'EA' } },
      ],
    },
  ]);
});

test('a notice with two orders gives two documents, a line in two packs their sum', () => {
  const body = [
    'BSN*00*S1*20261121*0930',
    'HL*1**S',
    'HL*2*1*O',
    'PRF*A1',
    'HL*3*2*P',
    'HL*4*3*I',
    'LIN*1*VN*X',
    'SN1*1*2.5*EA',
    'HL*5*2*I',
    'LIN*1*VN*X',
    'SN1*1*.5*EA',
    'HL*6*1*O',
    'PRF*A2',
    'HL*7*6*I',
    'LIN*3*VN*X',
    'SN1**1*BX',
  ];
  expect(readInterchanges(interchange({ set: '856', group: 'SH', body })).documents).toMatchObject([
    {
      orderNumber: 'A1',
      controlNumber: '000000042/7/0001',
      lines: [{ lineNumber: 1, quantity: { value: '3' } }],
    },
    {
      orderNumber: 'A2',
      controlNumber: '000000042/7/0001/2',
      lines: [{ lineNumber: 3, quantity: { unit: 'BX' } }],
    },
  ]);
});

describe('is not put off by', () => {
  test.each([
    ['a byte order mark', `\uFEFF${interchange()}`, 1],
    ['line ends after the terminator', interchange({ terminator: '~\r\n' }), 1],
    ['line ends for terminators', interchange({ terminator: '\n' }), 1],
    [
      'two interchanges',
      interchange() + interchange({ isa13: '000000043', iea02: '000000043' }),
      2,
    ],
    [
      'two interchanges with other delimiters',
      interchange() + interchange({ terminator: '!' }).replaceAll('*', '|'),
      2,
    ],
  ])('%s', (_, raw, count) => {
    const reading = readInterchanges(raw);
    expect(reading.problems).toEqual([]);
    expect(reading.documents).toHaveLength(count);
  });
});

describe('names the segment and what to do', () => {
  const bak = 'BAK*00*AC*4500000123*20261120';
  test.each([
    ['nothing', '', /^ISA: .*; send/],
    ['a letter', 'Dear Sir, we accept your order.', /^ISA: .*; send/],
    [
      'an ISA that is not padded',
      interchange().replace('SYNCLINE       ', 'SYNCLINE'),
      /^ISA: element ISA08 is 8 characters long instead of 15/,
    ],
    [
      'another control number in IEA',
      interchange({ iea02: '000000099' }),
      /^IEA: IEA02 is not the control number of ISA13/,
    ],
    ['a cut off interchange', interchange().slice(0, -16), /^IEA: is missing/],
    [
      'another control number in GE',
      interchange({ ge02: '8' }),
      /^GE: GE02 is not the control number of GS06/,
    ],
    [
      'another control number in SE',
      interchange({ se02: '0002' }),
      /^SE: SE02 is not the control number of ST02/,
    ],
    ['a wrong count', interchange({ se01: '3' }), /^SE: SE01 counts 3 segments, there are 9/],
    [
      'a segment of another set',
      interchange({ body: [...acknowledged, 'ISR*1'] }),
      /^ISR: is not a segment of an 855/,
    ],
    [
      'a set the hub does not read',
      fixture('nodex12-850.edi'),
      /^ST: transaction set 850 is not one that the hub reads/,
    ],
    [
      'no order number',
      interchange({ body: ['BAK*00*AC**20261120', 'PO1*1*1*EA', 'ACK*IA'] }),
      /^BAK: BAK03 is empty/,
    ],
    ['no BAK', interchange({ body: ['PO1*1*1*EA', 'ACK*IA'] }), /^BAK: is missing/],
    [
      'a line without status',
      interchange({ body: [bak, 'PO1*1*1*EA'] }),
      /^PO1: line 1 has no ACK/,
    ],
    [
      'a line without number',
      interchange({ body: [bak, 'PO1**1*EA', 'ACK*IA'] }),
      /^PO1: PO101 is not a line number/,
    ],
    [
      'a quantity in words',
      interchange({ body: [bak, 'PO1*1*1*EA', 'ACK*IA*ten'] }),
      /^ACK of line 1: ACK02 is not a number/,
    ],
    [
      'a date that is none',
      interchange({ body: [bak, 'PO1*1*1*EA', 'ACK*IA*1*EA*067*20260231'] }),
      /^ACK of line 1: ACK05/,
    ],
    [
      'lines that were lost',
      interchange({ body: [bak, 'PO1*1*1*EA', 'ACK*IA', 'CTT*2'] }),
      /^CTT: CTT01/,
    ],
    [
      'an item under no order',
      interchange({
        set: '856',
        body: ['BSN*00*S*20261121*09', 'HL*1**S', 'HL*2*1*I', 'LIN*1', 'SN1*1*1*EA'],
      }),
      /^HL: .*order/,
    ],
    [
      'a level under itself',
      interchange({ set: '856', body: ['BSN*00*S*20261121*09', 'HL*1*1*O', 'PRF*A'] }),
      /^HL: HL02 names no level/,
    ],
  ])('%s', (_, raw, problem) => {
    const reading = readInterchanges(raw);
    expect(reading.documents).toEqual([]);
    expect(reading.problems).toContainEqual(expect.stringMatching(problem));
  });
});
