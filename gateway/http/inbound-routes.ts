import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from './route.ts';

/** What one kind of outside system may push to the hub. */
export interface Inbound {
  /** The word in the address: `x12`, `fhir`. */
  readonly kind: string;
  /** Takes one raw document; answers what the sender is told. The document is kept before this resolves. */
  readonly take: (
    system: string,
    raw: string,
  ) => Promise<{ readonly body: string; readonly contentType: string; readonly accepted: boolean }>;
}

const mostBytes = 2 * 1024 * 1024;

/** The key that a system has to send with its documents; follows from the hub's secret, so nothing has to be stored. */
export const inboundKey = (secret: string, kind: string, system: string): string =>
  createHmac('sha256', secret).update(`inbound:${kind}:${system}`).digest('base64url').slice(0, 32);

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

const reply = (response: ServerResponse, status: number, message: string): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ message }));
};

/** The body as text; null when it is larger than a document may be. */
const readText = async (request: IncomingMessage): Promise<string | null> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** `POST /inbound/<kind>/<system>?key=…`: the door for documents that other systems push. */
export const inboundRoutes = (secret: string, inbounds: readonly Inbound[]): readonly Route[] =>
  inbounds.map(({ kind, take }) => ({
    matches: (request, path) =>
      request.method === 'POST' &&
      path.startsWith(`/inbound/${kind}/`) &&
      path.split('/').length === 4,
    handle: async (request, response) => {
      const url = new URL(request.url ?? '/', 'http://hub');
      const system = decodeURIComponent(url.pathname.split('/')[3] ?? '');
      const key = url.searchParams.get('key') ?? '';
      if (!same(key, inboundKey(secret, kind, system)))
        return reply(
          response,
          401,
          'The key does not fit. The hub shows the right address at start.',
        );
      const raw = await readText(request);
      if (raw === null)
        return reply(response, 413, `A document may have ${mostBytes} bytes at most. Split it.`);
      const answer = await take(system, raw);
      response.writeHead(answer.accepted ? 200 : 422, { 'content-type': answer.contentType });
      response.end(answer.body);
    },
  }));
