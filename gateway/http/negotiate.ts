import { LRUCache } from 'lru-cache';

export type ResponseType = 'application/json' | 'application/graphql-response+json';

export interface Negotiated {
  /** Null when the client takes neither. */
  readonly type: ResponseType | null;
  /** The client also takes an endless response: server-sent events or multipart. */
  readonly streams: boolean;
}

interface Range {
  readonly type: string;
  readonly quality: number;
}

const offered: readonly ResponseType[] = ['application/json', 'application/graphql-response+json'];

const rangeOf = (item: string): Range => {
  const [type = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  const value = quality === undefined ? 1 : Number(quality.slice(2));
  return { type, quality: Number.isNaN(value) ? 0 : value };
};

/** A range that names the type counts before one that names its family, and that before any. RFC 9110, 12.5.1. */
const qualityOf = (ranges: readonly Range[], type: ResponseType): number =>
  [type, 'application/*', '*/*']
    .map((wanted) => ranges.find((range) => range.type === wanted))
    .find((range) => range !== undefined)?.quality ?? 0;

const preferred = (ranges: readonly Range[]): ResponseType | null => {
  const rated = offered
    .map((type) => ({
      type,
      quality: qualityOf(ranges, type),
      named: ranges.findIndex((range) => range.type === type),
    }))
    .filter(({ quality }) => quality > 0);
  const best = Math.max(...rated.map(({ quality }) => quality));
  const equals = rated.filter(({ quality }) => quality === best);
  const named = equals
    .filter(({ named: at }) => at >= 0)
    .sort((a, b) => a.named - b.named)
    .at(0);
  return (named ?? equals.at(0))?.type ?? null;
};

const negotiateAnew = (accept: string): Negotiated => {
  const ranges = accept.split(',').map(rangeOf);
  const streams = ranges.some(
    ({ type, quality }) =>
      quality > 0 && (type === 'text/event-stream' || type === 'multipart/mixed'),
  );
  return { type: preferred(ranges), streams };
};

const longestRemembered = 300;
const remembered = new LRUCache<string, Negotiated>({ max: 200 });

/**
 * The media type to answer with, by the GraphQL-over-HTTP draft: `application/json` unless the client prefers the newer
 * type. Clients send the same few headers again and again, so verdicts are remembered.
 */
export const negotiate = (accept: string | undefined): Negotiated => {
  if (accept === undefined || accept === '*/*' || accept === 'application/json')
    return { type: 'application/json', streams: false };
  const known = remembered.get(accept);
  if (known) return known;
  const fresh = negotiateAnew(accept);
  if (accept.length <= longestRemembered) remembered.set(accept, fresh);
  return fresh;
};
