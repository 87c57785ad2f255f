import { LRUCache } from 'lru-cache';
import { comparePositions, type Event, type Position } from '../../platform/event.ts';
import type { Payload, Subscriber } from './subscriber.ts';

/** Answers one event for one selection: the response body as JSON text. */
export type AnswerEvent = (event: Event) => Promise<string>;

/** What a client gets for an event that could not be answered: never silence. It resumes from the cursor before this one. */
const unanswered = JSON.stringify({
  errors: [
    {
      message:
        'This event could not be answered. Subscribe again after the cursor before this one.',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    },
  ],
  data: null,
});

/** How many payloads a group keeps for readers that come behind. */
const memory = 2048;
/** How many events of a group are executed ahead of the one being delivered. */
const ahead = 16;

interface Delivery {
  readonly event: Event;
  readonly payload: Promise<Payload>;
  readonly readers: readonly Subscriber[];
}

/**
 * All clients that asked for the same fields with the same rights. Each event is executed once for all of them; what they
 * filter by decides who gets it, not what it says.
 */
export class SelectionGroup {
  /** What its members share: fields and rights. */
  readonly key: string;
  size = 0;
  executions = 0;
  answer: AnswerEvent;
  readonly #payloads = new LRUCache<string, Promise<Payload>>({ max: memory });
  readonly #write: (position: Position) => string;
  readonly #queue: { event: Event; readers: Subscriber[] }[] = [];
  #delivering = false;

  constructor(key: string, answer: AnswerEvent, write: (position: Position) => string) {
    this.key = key;
    this.answer = answer;
    this.#write = write;
  }

  /** The message for one event; made once and shared by live and replaying readers. */
  payload(event: Event): Promise<Payload> {
    const key = `${event.position.xid}.${event.position.seq}`;
    const known = this.#payloads.get(key);
    if (known !== undefined) return known;
    this.executions += 1;
    const made = this.#make(event);
    this.#payloads.set(key, made);
    return made;
  }

  /** Takes the group's readers of one event; they get it in the order in which events are handed over. */
  deliver(event: Event, readers: Subscriber[], onSent: (reader: Subscriber) => void): void {
    this.#queue.push({ event, readers });
    if (!this.#delivering) void this.#run(onSent);
  }

  async #run(onSent: (reader: Subscriber) => void): Promise<void> {
    this.#delivering = true;
    const started: Delivery[] = [];
    for (;;) {
      while (started.length < ahead) {
        const next = this.#queue.shift();
        if (next === undefined) break;
        started.push({ ...next, payload: this.payload(next.event) });
      }
      const delivery = started.shift();
      if (delivery === undefined) break;
      await this.#send(delivery, onSent);
    }
    this.#delivering = false;
  }

  async #send(delivery: Delivery, onSent: (reader: Subscriber) => void): Promise<void> {
    const { event, readers } = delivery;
    const payload = await delivery.payload;
    for (const reader of readers) {
      // Left, or fell behind and reads from the log by now: it gets the event there, in its order.
      if (reader.closed || !reader.live || comparePositions(event.position, reader.sent) <= 0)
        continue;
      reader.outlet.send(payload);
      reader.sent = event.position;
      onSent(reader);
    }
  }

  async #make(event: Event): Promise<Payload> {
    const cursor = this.#write(event.position);
    const body = await this.answer(event).catch(() => unanswered);
    const text = `${body.slice(0, -1)},"extensions":{"cursor":"${cursor}"}}`;
    return { text, cursor, bytes: Buffer.from(text) };
  }
}
