/** A date or a time as Tryton's JSON writes it. */
export interface Moment {
  readonly __class__: 'date' | 'datetime';
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly microsecond?: number;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMoment = (value: unknown): value is Moment =>
  isObject(value) && (value['__class__'] === 'date' || value['__class__'] === 'datetime');

export const dateValue = (at: Date): Moment => ({
  __class__: 'date',
  year: at.getUTCFullYear(),
  month: at.getUTCMonth() + 1,
  day: at.getUTCDate(),
});

export const instantValue = (at: Date): Moment => ({
  ...dateValue(at),
  __class__: 'datetime',
  hour: at.getUTCHours(),
  minute: at.getUTCMinutes(),
  second: at.getUTCSeconds(),
  microsecond: at.getUTCMilliseconds() * 1000,
});

export const decimalValue = (value: string): Readonly<Record<string, string>> => ({
  __class__: 'Decimal',
  decimal: value,
});

/** The exact text of a Decimal or a float. */
export const decimalText = (value: unknown): string =>
  isObject(value) && value['__class__'] === 'Decimal'
    ? String(value['decimal'])
    : String(value ?? 0);

const millis = (moment: Moment): number =>
  Date.UTC(
    moment.year,
    moment.month - 1,
    moment.day,
    moment.hour ?? 0,
    moment.minute ?? 0,
    moment.second ?? 0,
  ) +
  (moment.microsecond ?? 0) / 1000;

/** Something that can be compared: numbers for moments and decimals, the value itself otherwise. */
export const comparable = (value: unknown): string | number | boolean | null => {
  if (isMoment(value)) return millis(value);
  if (isObject(value) && value['__class__'] === 'Decimal') return Number(value['decimal']);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return null;
};
