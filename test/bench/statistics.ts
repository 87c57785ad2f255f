/** The value below which this share of the numbers lies; NaN of none. */
export const quantile = (numbers: readonly number[], share: number): number => {
  const sorted = numbers.toSorted((left, right) => left - right);
  const index = Math.min(sorted.length - 1, Math.floor(share * sorted.length));
  return sorted[index] ?? Number.NaN;
};

/** The middle of the numbers; NaN of none. */
export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/** A number as the tables print it: three places, or none above a thousand. */
export const shown = (value: number): string =>
  Number.isNaN(value) ? '-' : value.toFixed(value >= 1000 ? 0 : 3);
