import { Decimal } from 'decimal.js';

/** A decimal of X12 (R or N0) as an exact decimal string; null when it is none. */
export const decimalOf = (text: string): string | null =>
  /^-?\d{0,15}(?:\.\d{1,9})?$/.test(text) && /\d/.test(text) ? new Decimal(text).toFixed() : null;

/** CCYYMMDD or YYMMDD as YYYY-MM-DD; null when it is no day of the calendar. */
export const dayOf = (text: string): string | null => {
  const parts = /^((?:19|20)?\d{2})(\d{2})(\d{2})$/.exec(text);
  if (parts === null) return null;
  const year = parts[1]?.length === 2 ? `20${parts[1]}` : parts[1];
  const day = `${year}-${parts[2]}-${parts[3]}`;
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? null : day;
};

/** Date and time (HHMM or HHMMSS) as an instant; X12 names no zone here, so UTC is taken. Midnight when there is no time. */
export const instantOf = (date: string, time: string): string | null => {
  const day = dayOf(date);
  if (day === null) return null;
  const parts = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)?/.exec(time);
  const [, hours = '00', minutes = '00', seconds = '00'] = parts ?? [];
  return `${day}T${hours}:${minutes}:${seconds}.000Z`;
};

/** A line number of ours, from 1; null when the text is none. */
export const lineNumberOf = (text: string): number | null =>
  /^0*[1-9]\d{0,5}$/.test(text) ? Number(text) : null;

/** X12's unit codes (355) where they differ from UN/ECE Recommendation 20. */
const units: Readonly<Record<string, string>> = { CA: 'CS', UN: 'EA', PC: 'EA', C62: 'EA' };

/** The unit in our words; EA when none is named. */
export const unitOf = (text: string): string => (text === '' ? 'EA' : (units[text] ?? text));

/** The text when it is a plain code of at most 30 characters, else a question mark: problems never repeat free text. */
export const shown = (text: string): string =>
  /^[A-Z0-9][A-Z0-9./-]{0,29}$/i.test(text) ? text : '?';
