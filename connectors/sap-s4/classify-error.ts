import { XMLParser } from 'fast-xml-parser';
import type { FailureKind } from '../../platform/system-error.ts';

/** What a refusal of the system means, in its own words. */
export interface Classified {
  readonly kind: FailureKind;
  /** The system's code, for example 06/321; empty when it gave none. */
  readonly code: string;
  readonly words: string;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

// `message` is a string in errordetails of S/4 and an object with `value` in others and at the top.
const wordsOf = (message: unknown): string => {
  if (typeof message === 'string') return message;
  return isObject(message) && typeof message['value'] === 'string' ? message['value'] : '';
};

const detailsOf = (error: Json): string[] => {
  const inner = error['innererror'];
  const details = isObject(inner) ? inner['errordetails'] : undefined;
  const list = isObject(details) && !Array.isArray(details) ? details['errordetail'] : details;
  return Array.isArray(list)
    ? list.filter(isObject).map((detail) => wordsOf(detail['message']))
    : [];
};

interface Reading {
  readonly code: string;
  readonly words: string;
}

const fromJson = (text: string): Reading | null => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  const error = isObject(body) ? body['error'] : undefined;
  if (!isObject(error)) return null;
  const all = [wordsOf(error['message']), ...detailsOf(error)].filter((words) => words !== '');
  return { code: String(error['code'] ?? ''), words: [...new Set(all)].join('; ') };
};

// Entities are not expanded: an answer may be hostile.
const parser = new XMLParser({ processEntities: false, removeNSPrefix: true });

const fromXml = (text: string): Reading | null => {
  if (!/^\s*<(\?xml|error)/.test(text)) return null;
  const parsed: unknown = parser.parse(text);
  const error = isObject(parsed) ? parsed['error'] : undefined;
  if (!isObject(error)) return null;
  const message = error['message'];
  const words = isObject(message) ? String(message['#text'] ?? '') : String(message ?? '');
  return { code: String(error['code'] ?? ''), words };
};

const fromHtml = (text: string): Reading | null => {
  if (!/<html/i.test(text)) return null;
  const title = /<title>([^<]*)</i.exec(text)?.[1] ?? '';
  const heading = /<h1>([^<]*)</i.exec(text)?.[1] ?? '';
  return { code: '', words: [title, heading].filter((part) => part !== '').join(': ') };
};

// Somebody has the document open: the same request succeeds when they are done.
const lockCodes = new Set(['ME/006', '06/065', 'M3/023', 'MEPO/006']);

const kindOf = (status: number, code: string, isWrite: boolean): FailureKind => {
  if (status === 401 || (status === 403 && !code.startsWith('/IWFND/MED'))) return 'auth';
  if (status === 429 || status === 503) return 'throttled';
  if (status === 408 || status >= 500) return isWrite ? 'ambiguous' : 'transient';
  if (status === 412 || lockCodes.has(code)) return 'transient';
  return 'permanent';
};

/** Reads an error answer in JSON, Atom XML, HTML or plain text. A 5xx to a write is ambiguous: the order may have been booked. */
export const classifyError = (status: number, text: string, isWrite: boolean): Classified => {
  const reading = fromJson(text) ?? fromXml(text) ?? fromHtml(text) ?? { code: '', words: text };
  const words = reading.words.trim().slice(0, 500);
  return {
    kind: kindOf(status, reading.code, isWrite),
    code: reading.code,
    words: words === '' ? `status ${status} without words` : words,
  };
};
