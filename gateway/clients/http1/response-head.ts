import { BrokenResponse } from './body-readers.ts';

/** Status line and headers of a response. Names are lower case; the values of a repeated header are joined by commas. */
export interface ResponseHead {
  readonly status: number;
  /** The connection may carry another request after this response. */
  readonly keepsAlive: boolean;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: |$)/;
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

const nameOf = (written: string): string => {
  if (!token.test(written)) throw new BrokenResponse('a header without a name');
  return written.toLowerCase();
};

/** Throws BrokenResponse: RFC 9112, 4 and 5; folded lines are refused as 5.2 allows. */
const readAnew = (text: string): ResponseHead => {
  const lines = text.split('\r\n');
  const [first = ''] = lines;
  const [, minor, status] = statusLine.exec(first) ?? [];
  if (status === undefined) throw new BrokenResponse('a response that is not HTTP/1.1');
  const headers: Record<string, string | undefined> = Object.create(null);
  for (let at = 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const colon = line.indexOf(':');
    if (colon < 0) throw new BrokenResponse('a header without a colon');
    const name = nameOf(line.slice(0, colon));
    const value = line.slice(colon + 1).trim();
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  const connection = headers['connection']?.toLowerCase();
  const keepsAlive =
    minor === '1' ? !connection?.includes('close') : connection?.includes('keep-alive') === true;
  return { status: Number(status), keepsAlive, headers };
};

const mostKnown = 256;
const longestKnown = 512;
const known = new Map<string, ResponseHead>();

/**
 * Reads a head without its empty line; servers say the same few again and again within a second, so the last ones are kept.
 * Throws BrokenResponse.
 */
export const readHead = (text: string): ResponseHead => {
  const found = known.get(text);
  if (found) return found;
  const head = readAnew(text);
  if (text.length <= longestKnown) {
    if (known.size >= mostKnown) known.clear();
    known.set(text, head);
  }
  return head;
};
