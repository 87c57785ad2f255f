/** What is wrong with a response, in words for the log. */
export class BrokenResponse extends Error {
  override readonly name = 'BrokenResponse';
}

/** Collects the body of one response, however it is framed. Throws BrokenResponse for bytes that break the framing or the cap. */
export interface BodyReader {
  /** Takes what belongs to the body from these bytes; answers how many it took. */
  readonly take: (bytes: Buffer) => number;
  /** The whole body once it is there; it may share memory with the bytes taken last, so it is to be used at once. */
  readonly body: Buffer | null;
  /** The body when the connection ends now; null when it is cut off. */
  readonly endOfConnection: () => Buffer | null;
}

const tooLong = (maxBytes: number): BrokenResponse =>
  new BrokenResponse(`more than ${maxBytes} bytes`);

/** A body of a length that was announced. */
export class MeasuredBody implements BodyReader {
  body: Buffer | null = null;
  readonly #length: number;
  readonly #memory: (length: number) => Buffer;
  #kept: Buffer | null = null;
  #have = 0;

  /** `memory` answers where to collect so many bytes. */
  constructor(length: number, maxBytes: number, memory: (length: number) => Buffer) {
    if (length > maxBytes) throw tooLong(maxBytes);
    this.#length = length;
    this.#memory = memory;
  }

  take(bytes: Buffer): number {
    const taken = Math.min(bytes.length, this.#length - this.#have);
    if (taken === this.#length) {
      this.body = bytes.subarray(0, taken);
      return taken;
    }
    this.#kept ??= this.#memory(this.#length);
    bytes.copy(this.#kept, this.#have, 0, taken);
    this.#have += taken;
    if (this.#have === this.#length) this.body = this.#kept;
    return taken;
  }

  endOfConnection(): null {
    return null;
  }
}

/** A body that ends with its connection. */
export class UnmeasuredBody implements BodyReader {
  readonly body = null;
  readonly #maxBytes: number;
  readonly #parts: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  take(bytes: Buffer): number {
    this.#bytes += bytes.length;
    if (this.#bytes > this.#maxBytes) throw tooLong(this.#maxBytes);
    this.#parts.push(Buffer.from(bytes));
    return bytes.length;
  }

  endOfConnection(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

const longestLine = 4_096;
const chunkSize = /^[0-9a-f]{1,8}(?=[ \t;]|$)/i;

/** A body in chunks: RFC 9112, 7.1. Extensions and trailers are read over. */
export class ChunkedBody implements BodyReader {
  body: Buffer | null = null;
  readonly #maxBytes: number;
  readonly #parts: Buffer[] = [];
  #bytes = 0;
  /** The part of a line that has arrived. */
  #line = '';
  /** Bytes of the chunk that are still to come; its line end included. */
  #left = 0;
  #state: 'SIZE' | 'DATA' | 'TRAILERS' = 'SIZE';

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  take(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length && this.body === null)
      at = this.#state === 'DATA' ? this.#takeData(bytes, at) : this.#takeLine(bytes, at);
    return at;
  }

  endOfConnection(): null {
    return null;
  }

  #takeData(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#left);
    const dataEnd = Math.min(end, at + Math.max(0, this.#left - 2));
    if (dataEnd > at) this.#parts.push(Buffer.from(bytes.subarray(at, dataEnd)));
    for (let index = dataEnd; index < end; index += 1)
      if (bytes[index] !== (this.#left - (index - at) === 2 ? 13 : 10))
        throw new BrokenResponse('a chunk that does not end where it should');
    this.#left -= end - at;
    if (this.#left === 0) this.#state = 'SIZE';
    return end;
  }

  #takeLine(bytes: Buffer, at: number): number {
    const newline = bytes.indexOf(10, at);
    const end = newline < 0 ? bytes.length : newline + 1;
    this.#line += bytes.toString('latin1', at, end);
    if (this.#line.length > longestLine) throw new BrokenResponse('an endless line of a chunk');
    if (newline < 0) return end;
    if (!this.#line.endsWith('\r\n')) throw new BrokenResponse('a line that ends without CR');
    const line = this.#line.slice(0, -2);
    this.#line = '';
    if (this.#state === 'SIZE') this.#begin(line);
    else if (line === '') this.body = Buffer.concat(this.#parts);
    return end;
  }

  #begin(line: string): void {
    const [size] = chunkSize.exec(line) ?? [];
    if (size === undefined) throw new BrokenResponse('a chunk without a size');
    const length = Number.parseInt(size, 16);
    this.#bytes += length;
    if (this.#bytes > this.#maxBytes) throw tooLong(this.#maxBytes);
    this.#state = length === 0 ? 'TRAILERS' : 'DATA';
    this.#left = length + 2;
  }
}
