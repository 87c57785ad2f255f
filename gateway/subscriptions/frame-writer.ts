import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { type Frame, frameLength, writeFrame } from './frame.ts';
import type { Collector, Outbox } from './outbox.ts';

/** From here on frames are written at once, in bytes: joining more of them saves nothing. */
const enough = 16 * 1024;

/** Writes `next` frames straight to a WebSocket's own stream, many at a time when the outbox says so. */
export class FrameWriter implements Collector {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #outbox: Outbox;
  #frames: Frame[] | null = null;
  #bytes = 0;
  #queued = false;
  /** After the last write something was left that the network has not taken. */
  #isBehind = false;

  constructor(socket: WebSocket, stream: Duplex, outbox: Outbox) {
    this.#socket = socket;
    this.#stream = stream;
    this.#outbox = outbox;
  }

  /** Bytes that the network has not taken yet. */
  get backlog(): number {
    return this.#isBehind ? this.#bytes + this.#stream.writableLength : this.#bytes;
  }

  /** Touches nothing but this object: in a burst every further one is fetched from memory, for every message. */
  send(frame: Frame): void {
    if (this.#frames === null) this.#frames = [frame];
    else this.#frames.push(frame);
    this.#bytes += frameLength(frame);
    if (this.#bytes >= enough) this.#write();
    else if (!this.#queued) {
      this.#queued = true;
      this.#outbox.add(this);
    }
  }

  /** Called by the outbox, and by whoever has something to say that must not overtake. */
  flush(): void {
    this.#queued = false;
    this.#write();
  }

  /** Calls back once, when the network has taken everything. */
  onDrain(resume: () => void): void {
    this.#write();
    if (this.#stream.writableNeedDrain) this.#stream.once('drain', resume);
    else setImmediate(resume);
  }

  #write(): void {
    const frames = this.#frames;
    if (frames === null) return;
    const bytes = Buffer.allocUnsafe(this.#bytes);
    this.#frames = null;
    this.#bytes = 0;
    // After a close frame nothing may follow; the client resumes from its cursor.
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    let at = 0;
    for (const frame of frames) at = writeFrame(bytes, at, frame);
    this.#stream.write(bytes);
    this.#isBehind = this.#stream.writableLength > 0;
  }
}
