import type { GraphQLError } from 'graphql';
import type { FrameWriter } from './frame-writer.ts';
import type { ParkedIterator } from './parked-iterator.ts';
import type { SocketLink } from './socket-link.ts';
import type { Outlet, Payload } from './subscriber.ts';

/** One operation of one socket. */
export interface WiredOperation {
  readonly id: string;
  readonly link: SocketLink;
  /** Makes the protocol library forget the operation, so that it sends nothing more for it. */
  readonly forget: () => void;
}

/** JSON in ASCII, whatever the client called its operation, so that every character is a byte. */
const asciiJson = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Sends one subscription's messages as `next` frames past the protocol library: shared bytes, own id. */
export class SocketOutlet implements Outlet {
  readonly #operation: WiredOperation;
  readonly #parked: ParkedIterator;
  readonly #beginning: string;
  /** Of the link; at hand, because a burst asks for it millions of times. */
  readonly #frames: FrameWriter;

  constructor(operation: WiredOperation, parked: ParkedIterator) {
    this.#operation = operation;
    this.#parked = parked;
    this.#frames = operation.link.frames;
    this.#beginning = `{"id":${asciiJson(operation.id)},"type":"next","payload":`;
  }

  send({ bytes }: Payload): void {
    this.#frames.send({ beginning: this.#beginning, body: bytes });
  }

  backlog(): number {
    return this.#frames.backlog;
  }

  onDrain(resume: () => void): void {
    this.#frames.onDrain(resume);
  }

  fail(error: GraphQLError): void {
    const { id, link, forget } = this.#operation;
    link.send(JSON.stringify({ id, type: 'error', payload: [error.toJSON()] }));
    // An error ends the operation by itself; forgotten, it gets no `complete` after it.
    forget();
    this.#parked.end();
  }

  complete(): void {
    this.#parked.end();
  }

  disconnect(): void {
    this.#operation.link.close(4290, 'Too slow: subscribe again after your last cursor');
  }
}
