import { DatabaseSync } from 'node:sqlite';
import type { ReceivedOrder } from './sandbox-documents.ts';

/** An order in the supplier's books; `copies` counts how often it came, it is filled once. */
export interface LedgerOrder extends ReceivedOrder {
  readonly copies: number;
  readonly receivedAt: string;
}

interface Outgoing {
  readonly id: number;
  readonly text: string;
}

/** What the buyer answered to one of the supplier's documents. */
export interface ReceivedAcknowledgement {
  readonly control: string;
  readonly accepted: boolean;
  readonly text: string;
}

const tables = `
  pragma journal_mode = wal; pragma synchronous = full;
  create table if not exists orders (control text, number text, content text, copies integer, received_at text,
    primary key (control, number));
  create table if not exists outgoing (id integer primary key autoincrement, kind text, number text, text text,
    due_at integer, delivered_at integer);
  create table if not exists acknowledgement (id integer primary key, control text, accepted integer, text text);
  create table if not exists counter (id integer primary key autoincrement);`;

/** The supplier's books: they outlive its process. */
export class SupplierLedger {
  readonly #books: DatabaseSync;

  constructor(file: string) {
    this.#books = new DatabaseSync(file);
    this.#books.exec(tables);
  }

  /** True when the order is new; a repetition is only counted. */
  record(order: ReceivedOrder, now: Date): boolean {
    const { changes } = this.#books
      .prepare('update orders set copies = copies + 1 where control = ? and number = ?')
      .run(order.control, order.number);
    if (Number(changes) > 0) return false;
    this.#books
      .prepare('insert into orders values (?, ?, ?, 1, ?)')
      .run(order.control, order.number, JSON.stringify(order), now.toISOString());
    return true;
  }

  orders(): readonly LedgerOrder[] {
    return this.#books
      .prepare('select * from orders order by received_at, rowid')
      .all()
      .map((row) => ({
        ...(JSON.parse(String(row['content'])) as ReceivedOrder),
        copies: Number(row['copies']),
        receivedAt: String(row['received_at']),
      }));
  }

  order(number: string): ReceivedOrder {
    const row = this.#books.prepare('select content from orders where number = ?').get(number);
    if (row === undefined) throw new Error(`The supplier has no order ${number}.`);
    return JSON.parse(String(row['content'])) as ReceivedOrder;
  }

  /** All of it or nothing, also when the process is killed in between. */
  atomically<T>(f: () => T): T {
    this.#books.exec('begin immediate');
    try {
      const result = f();
      this.#books.exec('commit');
      return result;
    } catch (error) {
      this.#books.exec('rollback');
      throw error;
    }
  }

  nextNumber(): number {
    return Number(this.#books.prepare('insert into counter default values').run().lastInsertRowid);
  }

  enqueue(document: { kind: string; number: string; text: string; dueAt: number }): void {
    this.#books
      .prepare('insert into outgoing (kind, number, text, due_at) values (?, ?, ?, ?)')
      .run(document.kind, document.number, document.text, document.dueAt);
  }

  due(now: number): readonly Outgoing[] {
    return this.#books
      .prepare(
        'select id, text from outgoing where delivered_at is null and due_at <= ? order by due_at, id limit 50',
      )
      .all(now)
      .map((row) => ({ id: Number(row['id']), text: String(row['text']) }));
  }

  delivered(id: number, now: number): void {
    this.#books.prepare('update outgoing set delivered_at = ? where id = ?').run(now, id);
  }

  acknowledge(received: ReceivedAcknowledgement): void {
    this.#books
      .prepare('insert into acknowledgement (control, accepted, text) values (?, ?, ?)')
      .run(received.control, received.accepted ? 1 : 0, received.text);
  }

  acknowledgements(): readonly ReceivedAcknowledgement[] {
    return this.#books
      .prepare('select * from acknowledgement order by id')
      .all()
      .map((row) => ({
        control: String(row['control']),
        accepted: row['accepted'] === 1,
        text: String(row['text']),
      }));
  }

  close(): void {
    this.#books.close();
  }
}
