import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { errorCode } from './error-code.ts';

/** The answer is larger than we are willing to read; the rest of it was not read. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

/** The answer is packed in a way we do not know, or damaged. */
export class AnswerUnreadable extends Error {
  override readonly name = 'AnswerUnreadable';
}

type Unpack = (data: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const unpackers: Readonly<Record<string, Unpack>> = {
  gzip: promisify(gunzip) as Unpack,
  'x-gzip': promisify(gunzip) as Unpack,
  deflate: promisify(inflate) as Unpack,
  br: promisify(brotliDecompress) as Unpack,
};

const collect = async (stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by a throw destroys the stream, and with it the connection.
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw new AnswerTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** The text of an answer, unpacked; at most so many bytes, before and after unpacking. */
export const readBody = async (
  stream: AsyncIterable<Uint8Array>,
  { encoding, maxBytes }: { readonly encoding: string | undefined; readonly maxBytes: number },
): Promise<string> => {
  const data = await collect(stream, maxBytes);
  const packing = encoding?.trim().toLowerCase() ?? 'identity';
  if (packing === 'identity' || packing === '' || data.length === 0) return data.toString('utf8');
  const unpack = unpackers[packing];
  if (unpack === undefined) throw new AnswerUnreadable();
  try {
    return (await unpack(data, { maxOutputLength: maxBytes })).toString('utf8');
  } catch (error) {
    throw errorCode(error) === 'ERR_BUFFER_TOO_LARGE'
      ? new AnswerTooLarge()
      : new AnswerUnreadable();
  }
};
