/** How a document differs from a sound one. */
interface Change {
  readonly body?: readonly string[];
  readonly set?: string;
  readonly group?: string;
  readonly isa13?: string;
  readonly iea02?: string;
  readonly ge02?: string;
  readonly se01?: string;
  readonly se02?: string;
  readonly terminator?: string;
  readonly sender?: string;
}

/** The body of an 855 of two lines. */
export const acknowledged = [
  'BAK*00*AC*4500000123*20261120****77*20261121',
  'PO1*1*10*EA',
  'ACK*IA*10*EA*067*20261130',
  'PO1*2*4*CA',
  'ACK*IB*1*CA',
  'ACK*ZZ*3*CA',
  'CTT*2',
];

/** An interchange with one transaction, as a supplier sends it. */
export const interchange = (change: Change = {}): string => {
  const { body = acknowledged, set = '855', group = 'PR', terminator = '~' } = change;
  const sender = (change.sender ?? 'SUPPLIER').padEnd(15);
  const isa = `ISA*00*${' '.repeat(10)}*00*${' '.repeat(10)}*ZZ*${sender}*ZZ*SYNCLINE       *261121*0930*^*00501*${change.isa13 ?? '000000042'}*0*T*>`;
  const rows = [
    isa,
    `GS*${group}*SUPPLIER*SYNCLINE*20261121*0930*7*X*005010`,
    `ST*${set}*0001`,
    ...body,
    `SE*${change.se01 ?? body.length + 2}*${change.se02 ?? '0001'}`,
    `GE*1*${change.ge02 ?? '7'}`,
    `IEA*1*${change.iea02 ?? '000000042'}`,
  ];
  return rows.join(terminator) + terminator;
};
