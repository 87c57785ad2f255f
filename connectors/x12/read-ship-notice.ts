import { Decimal } from 'decimal.js';
import type { ShipNotice } from '../../subgraphs/procurement/ports.ts';
import { dayOf, decimalOf, instantOf, lineNumberOf, unitOf } from './elements.ts';
import { element, type Transaction } from './envelope.ts';
import type { Segment } from './tokenize.ts';

type Line = ShipNotice['lines'][number];

/** One level of the hierarchy: shipment, order, pack or item. */
interface Level {
  readonly id: string;
  readonly parent: string;
  readonly code: string;
  readonly parts: readonly Segment[];
}

interface Reading<T> {
  readonly value: T;
  readonly problems: readonly string[];
}

const levelsOf = (segments: readonly Segment[]): readonly Level[] => {
  const levels: { id: string; parent: string; code: string; parts: Segment[] }[] = [];
  for (const segment of segments) {
    if (segment.id === 'CTT' || segment.id === 'SE') break;
    if (segment.id === 'HL')
      levels.push({
        id: element(segment, 1),
        parent: element(segment, 2),
        code: element(segment, 3),
        parts: [],
      });
    else levels.at(-1)?.parts.push(segment);
  }
  return levels;
};

/** The numbers of the orders that the levels stand under, and the levels whose parent is not there. */
const ordersOf = (levels: readonly Level[]): Reading<ReadonlyMap<Level, Level>> => {
  const byId = new Map<string, Level>();
  const orders = new Map<Level, Level>();
  const problems: string[] = [];
  for (const level of levels) {
    const parent = byId.get(level.parent);
    // A parent must come first, so nothing can stand under itself.
    if (level.parent !== '' && parent === undefined)
      problems.push('HL: HL02 names no level that came before; send the id of the parent level.');
    if (byId.has(level.id)) problems.push('HL: HL01 is used twice; number the levels from 1.');
    const order = level.code === 'O' ? level : parent && orders.get(parent);
    if (order !== undefined) orders.set(level, order);
    byId.set(level.id, level);
  }
  return { value: orders, problems: [...new Set(problems)] };
};

const first = (parts: readonly Segment[], id: string, qualifier?: string): Segment | undefined =>
  parts.find(
    (each) => each.id === id && (qualifier === undefined || element(each, 1) === qualifier),
  );

const itemLine = (level: Level): Reading<Line | null> => {
  const sn1 = first(level.parts, 'SN1');
  const lineNumber = lineNumberOf(element(first(level.parts, 'LIN'), 1) || element(sn1, 1));
  const value = decimalOf(element(sn1, 2));
  const problems = [
    ...(lineNumber === null
      ? ['LIN: LIN01 is not a line number; send the line number of the order.']
      : []),
    ...(value === null ? ['SN1: SN102 is not a number; send the quantity shipped.'] : []),
  ];
  if (lineNumber === null || value === null) return { value: null, problems };
  return { value: { lineNumber, quantity: { value, unit: unitOf(element(sn1, 3)) } }, problems };
};

/** A line may be packed in several packs: one line, their sum. */
const summed = (lines: readonly Line[]): readonly Line[] => {
  const sums = new Map<string, Line>();
  for (const line of lines) {
    const key = `${line.lineNumber}|${line.quantity.unit}`;
    const value = new Decimal(sums.get(key)?.quantity.value ?? 0)
      .plus(line.quantity.value)
      .toFixed();
    sums.set(key, { lineNumber: line.lineNumber, quantity: { value, unit: line.quantity.unit } });
  }
  return [...sums.values()];
};

const orText = (text: string): string | null => (text === '' ? null : text);

/** What the notice says of the whole shipment. */
const shipmentOf = (transaction: Transaction) => {
  const { segments } = transaction;
  const bsn = first(segments, 'BSN');
  const shipped = first(segments, 'DTM', '011');
  const td5 = first(segments, 'TD5');
  return {
    shipmentNumber: element(bsn, 2),
    shippedAt:
      instantOf(element(shipped, 2), element(shipped, 3)) ??
      instantOf(element(bsn, 3), element(bsn, 4)),
    expectedDate: dayOf(element(first(segments, 'DTM', '017'), 2)),
    carrier: orText(element(td5, 3) || element(td5, 5)),
    trackingNumber:
      orText(element(first(segments, 'REF', 'CN'), 2)) ??
      orText(element(first(segments, 'MAN', 'CP'), 2)),
  };
};

interface OrderReading {
  readonly orderNumber: string;
  readonly lines: readonly Line[];
}

/** The item levels of each order, in one pass: a notice may have many thousands. */
const itemsOf = (
  levels: readonly Level[],
  orders: ReadonlyMap<Level, Level>,
): ReadonlyMap<Level, readonly Level[]> => {
  const items = new Map<Level, Level[]>();
  for (const level of levels) {
    const order = orders.get(level);
    if (level.code !== 'I' || order === undefined) continue;
    const list = items.get(order) ?? [];
    list.push(level);
    items.set(order, list);
  }
  return items;
};

const orderReading = (order: Level, levels: readonly Level[]): Reading<OrderReading> => {
  const items = levels.map(itemLine);
  const orderNumber = element(first(order.parts, 'PRF'), 1);
  return {
    value: {
      orderNumber,
      lines: summed(items.map((each) => each.value).filter((each) => each !== null)),
    },
    problems: [
      ...(orderNumber === ''
        ? ['PRF: PRF01 is empty; send the number of the purchase order.']
        : []),
      ...(items.length === 0
        ? ['HL: the order has no item level; send an HL*…*I for each line.']
        : []),
      ...items.flatMap((each) => each.problems),
    ],
  };
};

const frameProblems = (levels: readonly Level[], orders: ReadonlyMap<Level, Level>) => [
  ...(levels.some((each) => each.code === 'O')
    ? []
    : ['HL: there is no order level; send an HL*…*O with PRF.']),
  ...(levels.some((each) => each.code === 'I' && !orders.has(each))
    ? ['HL: an item level stands under no order; send the order level as its parent.']
    : []),
];

/** Reads an 856, a notice per order in it; none when there are problems. `controlNumber` names the document. */
export const readShipNotice = (
  transaction: Transaction,
  controlNumber: string,
): { readonly documents: readonly ShipNotice[]; readonly problems: readonly string[] } => {
  const shipment = shipmentOf(transaction);
  const levels = levelsOf(transaction.segments);
  const { value: orders, problems: hierarchy } = ordersOf(levels);
  const items = itemsOf(levels, orders);
  const readings = levels
    .filter((each) => each.code === 'O')
    .map((order) => orderReading(order, items.get(order) ?? []));
  const problems = [
    ...(shipment.shipmentNumber === ''
      ? ['BSN: BSN02 is empty; send the number of the shipment.']
      : []),
    ...(shipment.shippedAt === null
      ? ['BSN: BSN03 is not a day of the calendar; send it as CCYYMMDD.']
      : []),
    ...hierarchy,
    ...frameProblems(levels, orders),
    ...readings.flatMap((each) => each.problems),
  ];
  const { shippedAt } = shipment;
  if (problems.length > 0 || shippedAt === null)
    return { documents: [], problems: [...new Set(problems)] };
  const documents = readings.map(
    ({ value }, at): ShipNotice => ({
      kind: 'SHIP_NOTICE',
      ...value,
      // One notice may name several orders; each becomes a document of its own.
      controlNumber: at === 0 ? controlNumber : `${controlNumber}/${at + 1}`,
      ...shipment,
      shippedAt,
    }),
  );
  return { documents, problems };
};
