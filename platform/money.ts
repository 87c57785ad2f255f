import { Decimal } from 'decimal.js';

/** An exact amount with its ISO 4217 currency. The amount is a decimal string; unit prices carry up to 6 decimals. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** ISO 4217 minor units where they are not 2. */
const minorUnits: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, BHD: 3, KWD: 3, TND: 3 };

const same = (a: Money, b: Money): string => {
  if (a.currency !== b.currency)
    throw new Error(
      `Amounts in ${a.currency} and ${b.currency} cannot be combined: convert first.`,
    );
  return a.currency;
};

export const money = (amount: Decimal.Value, currency: string): Money => ({
  amount: new Decimal(amount).toFixed(),
  currency,
});

export const addMoney = (a: Money, b: Money): Money =>
  money(new Decimal(a.amount).plus(b.amount), same(a, b));

export const subtractMoney = (a: Money, b: Money): Money =>
  money(new Decimal(a.amount).minus(b.amount), same(a, b));

/** A unit price times a quantity; not rounded. */
export const timesQuantity = (price: Money, quantity: Decimal.Value): Money =>
  money(new Decimal(price.amount).times(quantity), price.currency);

/** -1, 0 or 1. "100", "100.000" and 100 are equal. */
export const compareMoney = (a: Money, b: Money): number => {
  same(a, b);
  return new Decimal(a.amount).comparedTo(b.amount);
};

/** Rounded half-up to the currency's minor unit; done once, at posting. */
export const roundMoney = (value: Money): Money => ({
  amount: new Decimal(value.amount).toFixed(minorUnits[value.currency] ?? 2, Decimal.ROUND_HALF_UP),
  currency: value.currency,
});

/** The sum; zero in the given currency when there is nothing to add. */
export const sumMoney = (values: readonly Money[], currency: string): Money =>
  values.reduce(addMoney, money(0, currency));
