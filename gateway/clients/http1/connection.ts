import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ResponseHead } from './response-head.ts';
import { ResponseReader, type ResponseTaker } from './response-reader.ts';

/** One request, and who waits for its response. */
export interface Call extends ResponseTaker {
  /** The head of the request, in ISO 8859-1, and its body, in UTF-8. */
  readonly head: string;
  readonly body: string;
  readonly isBodyAscii: boolean;
  /** True once nobody waits for the response any more. */
  readonly isOver: () => boolean;
  /** Told before the first byte may reach the other side; `cut` closes the connection under the call. */
  readonly begin: (cut: () => void) => void;
  /** The whole body; its memory is used again after the call. */
  readonly takeBody: (body: Buffer) => void;
  /** There will be no response. Stale: a connection that was kept turned out to be closed, and nobody read the request. */
  readonly fail: (cause: unknown, stale: boolean) => void;
}

/** What a connection tells its pool. */
export interface ConnectionOwner {
  /** The connection may carry another call. */
  readonly free: (connection: Connection) => void;
  readonly closed: (connection: Connection) => void;
}

const connectWithinMs = 3_000;
const readBytes = 64 * 1_024;
/** How long an idle connection is kept when the server does not say. */
const keepMs = 4_000;
/** A server closes when it says: a request must not be under way to it by then. */
const marginMs = 1_000;

const keepOf = ({ headers }: ResponseHead): number => {
  const [, seconds] = /timeout=(\d{1,6})/i.exec(headers['keep-alive'] ?? '') ?? [];
  return seconds === undefined ? keepMs : Number(seconds) * 1_000 - marginMs;
};

/** A connection of HTTP/1.1 that is kept. It carries one call at a time. */
export class Connection implements ResponseTaker {
  maxBytes = 0;
  readonly #owner: ConnectionOwner;
  readonly #reader = new ResponseReader();
  readonly #socket: Socket;
  readonly #connecting: NodeJS.Timeout;
  #state: 'CONNECTING' | 'OPEN' | 'CLOSED' = 'CONNECTING';
  #call: Call | null = null;
  #calls = 0;
  /** Something of the response to the call has arrived. */
  #answered = false;
  #usableUntil = Number.POSITIVE_INFINITY;

  constructor(url: URL, owner: ConnectionOwner) {
    this.#owner = owner;
    this.#socket = this.#open(url);
    this.#socket.setNoDelay(true);
    this.#socket.on('error', (cause) => this.#end(cause));
    this.#socket.on('end', () => this.#endOfAnswers());
    this.#socket.on('close', () => this.#end(new Error('The connection was closed.')));
    this.#connecting = setTimeout(
      () => this.#end(new Error(`No connection after ${connectWithinMs} ms.`)),
      connectWithinMs,
    );
  }

  /** Does the other side still expect a request? `now` is on the clock of `performance.now()`. */
  isUsable(now: number): boolean {
    return this.#state !== 'CLOSED' && now < this.#usableUntil;
  }

  /** Sends the call as soon as the connection stands. */
  carry(call: Call): void {
    this.#call = call;
    this.#calls += 1;
    this.#answered = false;
    this.maxBytes = call.maxBytes;
    if (this.#state === 'OPEN') this.#send(call);
  }

  close(): void {
    this.#end(new Error('The connection was given up.'));
  }

  takeHead(head: ResponseHead): boolean {
    this.#usableUntil = head.keepsAlive ? performance.now() + keepOf(head) : 0;
    return this.#call?.takeHead(head) === true;
  }

  #open(url: URL): Socket {
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    if (url.protocol === 'https:') {
      const name = isIP(host) ? {} : { servername: host };
      const to = { host, port: Number(url.port || 443), ALPNProtocols: ['http/1.1'], ...name };
      const socket = connectTls(to, () => this.#stand());
      socket.on('data', (bytes: Buffer) => this.#read(bytes));
      return socket;
    }
    // One buffer for all reads: a fresh one for each would be most of the garbage of a fetch.
    const buffer = Buffer.allocUnsafeSlow(readBytes);
    const callback = (count: number): boolean => {
      this.#read(buffer.subarray(0, count));
      return true;
    };
    const to = { host, port: Number(url.port || 80), onread: { buffer, callback } };
    return connectPlain(to, () => this.#stand());
  }

  #stand(): void {
    clearTimeout(this.#connecting);
    if (this.#state !== 'CONNECTING') return;
    this.#state = 'OPEN';
    if (this.#call) this.#send(this.#call);
  }

  #send(call: Call): void {
    if (call.isOver()) {
      this.#release();
      return;
    }
    call.begin(() => this.close());
    const { head, body } = call;
    if (call.isBodyAscii) this.#socket.write(head + body, 'latin1');
    else this.#socket.write(Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]));
  }

  #read(bytes: Buffer): void {
    const call = this.#call;
    this.#answered = true;
    if (call === null) {
      this.#end(new Error('A response that nobody asked for.'));
      return;
    }
    const body = this.#bodyIn(bytes);
    if (body === null) return;
    // First free: what the body sets off may want this connection.
    this.#release();
    call.takeBody(body);
  }

  /** The body that these bytes complete, if they do; the connection is closed when they make no sense or are not wanted. */
  #bodyIn(bytes: Buffer): Buffer | null {
    try {
      const body = this.#reader.read(bytes, this);
      if (body !== 'UNWANTED') return body;
      this.close();
    } catch (cause) {
      this.#end(cause);
    }
    return null;
  }

  #release(): void {
    this.#call = null;
    if (this.isUsable(performance.now())) this.#owner.free(this);
    else this.close();
  }

  #endOfAnswers(): void {
    const body = this.#reader.endOfConnection();
    const call = this.#call;
    if (body && call) {
      this.#call = null;
      this.close();
      call.takeBody(body);
    } else this.#end(new Error('The connection was closed.'));
  }

  #end(cause: unknown): void {
    if (this.#state === 'CLOSED') return;
    this.#state = 'CLOSED';
    clearTimeout(this.#connecting);
    this.#socket.destroy();
    const call = this.#call;
    this.#call = null;
    call?.fail(cause, this.#calls > 1 && !this.#answered);
    this.#owner.closed(this);
  }
}
