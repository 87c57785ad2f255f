import {
  type BodyReader,
  BrokenResponse,
  ChunkedBody,
  MeasuredBody,
  UnmeasuredBody,
} from './body-readers.ts';
import { type ResponseHead, readHead } from './response-head.ts';

const longestHead = 16 * 1_024;
/** Memory for bodies that a connection keeps from one response to the next; what is larger is fetched and dropped again. */
const keptMemory = 256 * 1_024;
const headEnd = '\r\n\r\n';
const empty = Buffer.alloc(0);

/** What a reader asks while it reads. */
export interface ResponseTaker {
  readonly maxBytes: number;
  /** False when the body is of no use. */
  readonly takeHead: (head: ResponseHead) => boolean;
}

type Memory = (length: number) => Buffer;

const bodyReader = (
  { status, headers }: ResponseHead,
  maxBytes: number,
  memory: Memory,
): BodyReader => {
  const coding = headers['transfer-encoding'];
  const length = headers['content-length'];
  if (status === 204 || status === 304) return new MeasuredBody(0, maxBytes, memory);
  if (coding !== undefined) {
    // Both is how responses are smuggled: RFC 9112, 6.3.
    if (length !== undefined) throw new BrokenResponse('two lengths');
    if (coding.toLowerCase() !== 'chunked') throw new BrokenResponse(`transfer-encoding ${coding}`);
    return new ChunkedBody(maxBytes);
  }
  if (length === undefined) return new UnmeasuredBody(maxBytes);
  if (!/^\d{1,15}$/.test(length)) throw new BrokenResponse(`content-length ${length}`);
  return new MeasuredBody(Number(length), maxBytes, memory);
};

/** Reads one response after the other from the bytes of a connection: HTTP/1.1, RFC 9112. */
export class ResponseReader {
  /** What has arrived of a head that is not whole. */
  #kept: Buffer = empty;
  #body: BodyReader | null = null;
  #scratch: Buffer = empty;

  /**
   * Takes bytes of one response. Answers its body once it is whole, null while there is more to come, and 'UNWANTED' when
   * its taker does not want it. The body may lie in the memory of the bytes. Throws BrokenResponse when this is no HTTP, or
   * more than one response.
   */
  read(arrived: Buffer, taker: ResponseTaker): Buffer | 'UNWANTED' | null {
    let bytes = arrived;
    while (this.#body === null) {
      const whole = this.#kept.length === 0 ? bytes : Buffer.concat([this.#kept, bytes]);
      const end = this.#endOfHead(whole);
      if (end < 0) return null;
      bytes = whole.subarray(end + headEnd.length);
      if (!this.#takeHead(readHead(whole.toString('latin1', 0, end)), taker)) return 'UNWANTED';
    }
    return this.#takeBody(this.#body, bytes);
  }

  /** The connection has ended: the body, when that is what ends it. */
  endOfConnection(): Buffer | null {
    return this.#body?.endOfConnection() ?? null;
  }

  readonly #memory: Memory = (length) => {
    if (length > keptMemory) return Buffer.allocUnsafe(length);
    if (this.#scratch.length < length) this.#scratch = Buffer.allocUnsafeSlow(length);
    return this.#scratch.subarray(0, length);
  };

  /** False when the body is not wanted. Interim responses are read over. */
  #takeHead(head: ResponseHead, taker: ResponseTaker): boolean {
    if (head.status === 101) throw new BrokenResponse('status 101');
    if (head.status < 200) return true;
    if (!taker.takeHead(head)) return false;
    this.#body = bodyReader(head, taker.maxBytes, this.#memory);
    return true;
  }

  #takeBody(reader: BodyReader, bytes: Buffer): Buffer | null {
    const taken = reader.take(bytes);
    if (reader.body === null) return null;
    if (taken < bytes.length) throw new BrokenResponse('more than the response');
    this.#body = null;
    return reader.body;
  }

  /** Where the empty line begins; negative, and the bytes are kept, while it is not there. */
  #endOfHead(bytes: Buffer): number {
    const end = bytes.indexOf(headEnd);
    if ((end < 0 ? bytes.length : end) > longestHead) throw new BrokenResponse('an endless head');
    this.#kept = end < 0 ? Buffer.from(bytes) : empty;
    return end;
  }
}
