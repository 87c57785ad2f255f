import type { Duplex } from 'node:stream';
import type { WebSocket as ProtocolSocket } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { firstDueAt, type Swept } from './connection-sweep.ts';
import { FrameWriter } from './frame-writer.ts';
import type { Outbox } from './outbox.ts';

/** How often a silent client is asked whether it is still there, in milliseconds; it has as long to answer. */
const pingEveryMs = 30_000;

/** How long a client may take until it says `connection_init`, in milliseconds. */
const initiateWithinMs = 3000;

const internalError = 4500;
const initiationTimeout = 4408;

/** One WebSocket as graphql-ws wants to see it, with the frames that pass it by. */
export class SocketLink implements ProtocolSocket, Swept {
  readonly socket: WebSocket;
  readonly frames: FrameWriter;
  #pingAt = firstDueAt(pingEveryMs);
  #answered = true;
  #initiateBy = performance.now() + initiateWithinMs;

  constructor(socket: WebSocket, stream: Duplex, outbox: Outbox) {
    this.socket = socket;
    this.frames = new FrameWriter(socket, stream, outbox);
    socket.on('pong', () => {
      this.#answered = true;
    });
  }

  get protocol(): string {
    return this.socket.protocol;
  }

  send(text: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.frames.flush();
    this.socket.send(text);
  }

  close(code?: number, reason?: string): void {
    this.frames.flush();
    this.socket.close(code, reason);
  }

  onMessage(handle: (data: string) => Promise<void>): void {
    this.socket.on('message', (data: Buffer) => {
      handle(data.toString()).catch(() => this.close(internalError, 'Internal server error'));
    });
  }

  /** The client has said `connection_init`. */
  initiate(): void {
    this.#initiateBy = Number.POSITIVE_INFINITY;
  }

  /** Asks a client that may be gone, and hangs up on one that did not answer or never began. */
  sweep(now: number): void {
    if (now < this.#pingAt && now < this.#initiateBy) return;
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (now >= this.#initiateBy) this.close(initiationTimeout, 'Connection initialisation timeout');
    else this.#ping(now);
  }

  #ping(now: number): void {
    if (this.#answered) {
      this.#pingAt = now + pingEveryMs;
      this.#answered = false;
      this.socket.ping();
    } else this.socket.terminate();
  }
}
