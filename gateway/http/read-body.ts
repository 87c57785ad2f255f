import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { HttpRefusal } from './http-refusal.ts';

/** What is still coming is not read, so the connection cannot be used again. */
const close = { connection: 'close' };

const decode = (body: Buffer): string => {
  if (!isUtf8(body)) throw HttpRefusal.badRequest('The body is not UTF-8.');
  return body.toString('utf8');
};

/** The request body as text. Rejects with HttpRefusal when it is too large, compressed, cut off or not UTF-8. */
export const readBody = (request: IncomingMessage, limit: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > limit) return reject(HttpRefusal.tooLarge(announced, limit, close));
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      const message = 'Compressed bodies are not accepted.';
      return reject(new HttpRefusal(415, { code: 'UNSUPPORTED_MEDIA_TYPE', message }, close));
    }
    let first: Buffer | null = null;
    let more: Buffer[] | null = null;
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limit) {
        request.removeAllListeners('data');
        reject(HttpRefusal.tooLarge(bytes, limit, close));
      } else if (first === null) first = chunk;
      else {
        more ??= [first];
        more.push(chunk);
      }
    });
    request.on('end', () => {
      try {
        resolve(decode(more ? Buffer.concat(more) : (first ?? Buffer.alloc(0))));
      } catch (refusal) {
        reject(refusal);
      }
    });
    request.on('error', () => reject(HttpRefusal.badRequest('The body was cut off.')));
  });
