import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** A finance system's goods-receipt desk, as far as the clerk uses it. */
interface ReceivingSystem {
  readonly ledger: () => readonly {
    readonly number: string;
    readonly lines: readonly { readonly lineNumber: number; readonly quantity: string }[];
  }[];
  readonly receive: (
    orderNumber: string,
    lines: readonly { readonly lineNumber: number; readonly quantity: string }[],
  ) => string;
}

/** The supplier's books: which orders it got, and when. */
interface SupplierBooks {
  readonly ledger: () => readonly { readonly number: string; readonly receivedAt: string }[];
}

/** A lorry takes this long from the order to the ramp, in milliseconds. */
const transitMs = 6000;
const lookEveryMs = 1000;

/** About half of a line, at least one: the rest comes with a later lorry. */
const firstLorry = (quantity: string): string =>
  String(Math.max(1, Math.floor(Number(quantity) / 2)));

/**
 * A clerk who books in the first part of every order some seconds after the supplier got it, in the finance system's own
 * screens. What was booked is written down in the file, so that a restart books nothing twice.
 */
export const runWarehouse = (
  systems: readonly ReceivingSystem[],
  supplier: SupplierBooks,
  file: string,
): void => {
  const booked = new Set<string>(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []);
  const book = (number: string): void => {
    for (const system of systems) {
      const order = system.ledger().find((one) => one.number === number);
      if (order === undefined) continue;
      booked.add(number);
      writeFileSync(file, JSON.stringify([...booked]));
      system.receive(
        number,
        order.lines.map(({ lineNumber, quantity }) => ({
          lineNumber,
          quantity: firstLorry(quantity),
        })),
      );
      return;
    }
  };
  setInterval(() => {
    const arrived = supplier
      .ledger()
      .filter(({ receivedAt }) => Date.now() - Date.parse(receivedAt) > transitMs);
    for (const { number } of arrived) if (!booked.has(number)) book(number);
  }, lookEveryMs);
};
