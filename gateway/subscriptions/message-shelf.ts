import type { Payload } from './subscriber.ts';

/** How much is kept for clients that are behind; in messages, and in bytes. */
const mostMessages = 256;
const mostBytes = 256 * 1024;

/** The last messages of a shared subscription, numbered from its first one; the oldest make room for new ones. */
export class MessageShelf {
  #messages: Payload[] = [];
  #first = 0;
  #bytes = 0;

  /** The number that the next message will have. */
  get head(): number {
    return this.#first + this.#messages.length;
  }

  /** Undefined for a message that is not kept any more, or does not exist yet. */
  at(number: number): Payload | undefined {
    return this.#messages[number - this.#first];
  }

  add(payload: Payload): void {
    this.#messages.push(payload);
    this.#bytes += payload.bytes.length;
    while (this.#messages.length > 1 && this.#isFull()) this.#dropOldest();
  }

  /** Everybody has had everything. */
  clear(): void {
    this.#first = this.head;
    this.#messages = [];
    this.#bytes = 0;
  }

  #isFull(): boolean {
    return this.#messages.length > mostMessages || this.#bytes > mostBytes;
  }

  #dropOldest(): void {
    this.#bytes -= this.#messages.shift()?.bytes.length ?? 0;
    this.#first += 1;
  }
}
