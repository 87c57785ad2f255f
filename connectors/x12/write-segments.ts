import { createHash } from 'node:crypto';

/** What the hub writes: element separator, component separator, repetition separator, segment terminator. */
const delimiters = {
  element: '*',
  component: '>',
  repetition: '^',
  terminator: '~',
} as const;

/** A nine-digit control number that is the same for the same text, never zero. */
export const controlNumberOf = (text: string): string => {
  const number = createHash('sha256').update(text).digest().readUIntBE(0, 6);
  return String((number % 999_999_999) + 1).padStart(9, '0');
};

/** A text that cannot be mistaken for a delimiter, in the basic character set of X12, cut to the element's length. */
export const clean = (text: string, length: number): string =>
  text
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/[*>^~]/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, length)
    .trimEnd();

/** A segment; empty elements at its end are left out. */
export const segment = (...elements: readonly string[]): string =>
  `${elements.join(delimiters.element).replace(/\*+$/, '')}${delimiters.terminator}`;

interface Interchange {
  /** ISA05 to ISA08: qualifier and id of sender and receiver. */
  readonly parties: readonly [string, string, string, string];
  /** CCYYMMDD */
  readonly date: string;
  /** HHMM */
  readonly time: string;
  readonly control: string;
  readonly usage: string;
  /** GS segments with all between them and GE, ready written. */
  readonly groups: readonly string[];
}

/** An interchange of 005010 around its groups; ISA is of fixed width. */
export const interchange = (parts: Interchange): string => {
  const [senderQualifier, sender, receiverQualifier, receiver] = parts.parties;
  // Not segment(): the ISA keeps its blanks and empty elements.
  const isa = [
    'ISA',
    '00',
    ' '.repeat(10),
    '00',
    ' '.repeat(10),
    clean(senderQualifier, 2).padEnd(2),
    clean(sender, 15).padEnd(15),
    clean(receiverQualifier, 2).padEnd(2),
    clean(receiver, 15).padEnd(15),
    parts.date.slice(-6),
    parts.time,
    delimiters.repetition,
    '00501',
    parts.control,
    '0',
    parts.usage === 'P' ? 'P' : 'T',
    delimiters.component,
  ].join(delimiters.element);
  const iea = segment('IEA', String(parts.groups.length), parts.control);
  return `${isa}${delimiters.terminator}${parts.groups.join('')}${iea}`;
};

/** A transaction set around its body: ST and SE with the count of its segments. */
export const transaction = (set: string, control: string, body: readonly string[]): string =>
  [segment('ST', set, control), ...body, segment('SE', String(body.length + 2), control)].join('');
