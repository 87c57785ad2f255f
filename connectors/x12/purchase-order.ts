import { Decimal } from 'decimal.js';
import type { SupplierOrder } from '../../subgraphs/procurement/ports.ts';
import { clean, controlNumberOf, interchange, segment, transaction } from './write-segments.ts';

/** Who we and the partner are in the envelope. */
export interface Parties {
  readonly senderQualifier: string;
  readonly senderId: string;
  readonly receiverQualifier: string;
  readonly receiverId: string;
  readonly usage: 'T' | 'P';
}

/** UN/ECE Recommendation 20 to X12's unit codes (355) where they differ. */
const units: Readonly<Record<string, string>> = { CS: 'CA', H87: 'EA', C62: 'EA' };

const dateOf = (text: string): string => text.slice(0, 10).replaceAll('-', '');

/** 235: UK is a GTIN of 14 digits, EN of 13, UP of 12; VN is the supplier's own number. */
const gtinElements = (gtin: string | null): readonly string[] => {
  const qualifier = { 12: 'UP', 13: 'EN', 14: 'UK' }[gtin?.length ?? 0];
  return gtin === null || qualifier === undefined ? [] : [qualifier, clean(gtin, 14)];
};

const lineSegments = (line: SupplierOrder['lines'][number]): readonly string[] => {
  const { catalogNumber, description } = line;
  return [
    segment(
      'PO1',
      String(line.lineNumber),
      new Decimal(line.quantity.value).toFixed(),
      clean(units[line.quantity.unit] ?? line.quantity.unit, 3),
      new Decimal(line.unitPrice.amount).toFixed(),
      '',
      ...(catalogNumber === null ? [] : ['VN', clean(catalogNumber, 48)]),
      ...gtinElements(line.gtin),
    ),
    ...(clean(description, 80) === ''
      ? []
      : [segment('PID', 'F', '', '', '', clean(description, 80))]),
  ];
};

const bodyOf = (order: SupplierOrder): readonly string[] => [
  segment('BEG', '00', 'SA', clean(order.number, 22), '', dateOf(order.orderDate)),
  segment('CUR', 'BY', clean(order.currency, 3)),
  segment('REF', 'CO', clean(order.number, 50)),
  ...(order.neededBy === null ? [] : [segment('DTM', '002', dateOf(order.neededBy))]),
  segment('N1', 'VN', clean(order.supplier.name, 60), '92', clean(order.supplier.id, 80)),
  segment('N1', 'ST', clean(order.shipTo.name, 60), '92', clean(order.shipTo.code, 80)),
  segment('N3', clean(order.shipTo.address, 55)),
  segment(
    'N4',
    clean(order.shipTo.city, 30),
    clean(order.shipTo.state, 2),
    clean(order.shipTo.zip, 15),
  ),
  ...order.lines.flatMap(lineSegments),
  segment('CTT', String(order.lines.length)),
];

/** The control number of an order: the same order sent twice carries the same (ISA13). */
export const orderControlNumber = (order: SupplierOrder): string =>
  controlNumberOf(`850|${order.purchaseOrderId}`);

/** An order as X12 850 005010; BEG03 and REF*CO carry our order number. The same order gives the same text. */
export const writePurchaseOrder = (order: SupplierOrder, parties: Parties): string => {
  const control = orderControlNumber(order);
  // GS06 comes from another part of the digest: both together name an order where nine digits might not.
  const groupControl = String(Number(controlNumberOf(`850-group|${order.purchaseOrderId}`)));
  const date = dateOf(order.orderDate);
  const group = [
    segment(
      'GS',
      'PO',
      clean(parties.senderId, 15),
      clean(parties.receiverId, 15),
      date,
      '0000',
      groupControl,
      'X',
      '005010',
    ),
    transaction('850', '0001', bodyOf(order)),
    segment('GE', '1', groupControl),
  ].join('');
  return interchange({
    parties: [
      parties.senderQualifier,
      parties.senderId,
      parties.receiverQualifier,
      parties.receiverId,
    ],
    date,
    time: '0000',
    control,
    usage: parties.usage,
    groups: [group],
  });
};
