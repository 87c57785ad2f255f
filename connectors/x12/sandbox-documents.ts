/** An order as the supplier understood it. */
export interface ReceivedOrder {
  readonly control: string;
  readonly number: string;
  /** REF*CO */
  readonly reference: string;
  readonly buyer: string;
  readonly seller: string;
  readonly lines: readonly {
    readonly line: string;
    readonly quantity: string;
    readonly unit: string;
  }[];
}

/** A document of the buyer: an order, an acknowledgement of ours, or nothing the supplier reads. */
export type Received =
  | { readonly kind: '850'; readonly order: ReceivedOrder }
  | { readonly kind: '997'; readonly accepted: boolean; readonly control: string }
  | { readonly kind: 'UNREADABLE'; readonly reason: string };

type Row = readonly string[];

/** The supplier's own reading, by the positions of the ISA: character 4 separates elements, character 106 ends segments. */
const rowsOf = (text: string): readonly Row[] =>
  text
    .split(text[105] ?? '~')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => each.split(text[3] ?? '*'));

const orderOf = (rows: readonly Row[]): ReceivedOrder | null => {
  const row = (id: string): Row => rows.find((each) => each[0] === id) ?? [];
  const number = row('BEG')[3] ?? '';
  if (number === '') return null;
  return {
    control: row('ISA')[13] ?? '',
    number,
    reference: rows.find((each) => each[0] === 'REF' && each[1] === 'CO')?.[2] ?? '',
    buyer: (row('ISA')[6] ?? '').trim(),
    seller: (row('ISA')[8] ?? '').trim(),
    lines: rows
      .filter((each) => each[0] === 'PO1')
      .map((each) => ({ line: each[1] ?? '', quantity: each[2] ?? '', unit: each[3] ?? '' })),
  };
};

/** What the buyer sent. */
export const receive = (text: string): Received => {
  if (!text.startsWith('ISA') || text.length < 106)
    return { kind: 'UNREADABLE', reason: 'No ISA segment of 106 characters' };
  const rows = rowsOf(text);
  const set = rows.find((each) => each[0] === 'ST')?.[1];
  if (set === '997')
    return {
      kind: '997',
      accepted: rows.every((each) => each[0] !== 'AK5' || each[1] === 'A'),
      control: rows.find((each) => each[0] === 'AK1')?.[2] ?? '',
    };
  const order = set === '850' ? orderOf(rows) : null;
  return order === null
    ? { kind: 'UNREADABLE', reason: `No order in it (ST01 ${set ?? 'missing'})` }
    : { kind: '850', order };
};

interface Cover {
  readonly order: ReceivedOrder;
  /** The supplier's own number for the interchange. */
  readonly number: number;
  readonly at: Date;
}

const wrapped = (
  { order, number, at }: Cover,
  group: string,
  set: string,
  body: string[],
): string => {
  const day = at.toISOString().slice(0, 10).replaceAll('-', '');
  const time = at.toISOString().slice(11, 16).replace(':', '');
  const control = String(number).padStart(9, '0');
  const isa = `ISA*00*          *00*          *ZZ*${order.seller.padEnd(15)}*ZZ*${order.buyer.padEnd(15)}*${day.slice(2)}*${time}*^*00501*${control}*0*T*>`;
  return `${[
    isa,
    `GS*${group}*${order.seller}*${order.buyer}*${day}*${time}*${number}*X*005010`,
    `ST*${set}*0001`,
    ...body,
    `SE*${body.length + 2}*0001`,
    `GE*1*${number}`,
    `IEA*1*${control}`,
  ].join('~\n')}~\n`;
};

const daysLater = (at: Date, days: number): string =>
  new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');

/** An 855 for every line; `codeOf` gives each line's ACK01. */
export const acknowledgementOf = (cover: Cover, codeOf: (line: string) => string): string => {
  const { order, at } = cover;
  const body = [
    `BAK*00*AC*${order.number}*${daysLater(at, 0)}****${cover.number}*${daysLater(at, 0)}`,
    `REF*CO*${order.reference}`,
    ...order.lines.flatMap(({ line, quantity, unit }) => [
      `PO1*${line}*${quantity}*${unit}`,
      `ACK*${codeOf(line)}*${quantity}*${unit}*067*${daysLater(at, 3)}`,
    ]),
    `CTT*${order.lines.length}`,
  ];
  return wrapped(cover, 'PR', '855', body);
};

/** An 856 with the quantities that are on the truck. */
export const shipNoticeOf = (
  cover: Cover,
  packed: readonly { readonly line: string; readonly quantity: string; readonly unit: string }[],
): string => {
  const { order, at } = cover;
  const time = at.toISOString().slice(11, 16).replace(':', '');
  const body = [
    `BSN*00*SHP${cover.number}*${daysLater(at, 0)}*${time}*0001`,
    'HL*1**S',
    'TD5**2*UPSN**UPS GROUND',
    `REF*CN*1Z${String(cover.number).padStart(10, '0')}`,
    `DTM*011*${daysLater(at, 0)}*${time}`,
    `DTM*017*${daysLater(at, 2)}`,
    'HL*2*1*O',
    `PRF*${order.number}`,
    ...packed.flatMap(({ line, quantity, unit }, index) => [
      `HL*${index + 3}*2*I`,
      `LIN*${line}*VN*${line}`,
      `SN1*${line}*${quantity}*${unit}`,
    ]),
    `CTT*${packed.length + 2}`,
  ];
  return wrapped(cover, 'SH', '856', body);
};
