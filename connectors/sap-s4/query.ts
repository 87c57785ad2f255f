/** Query options of one read, without their dollar. */
export type Query = Readonly<
  Partial<Record<'filter' | 'expand' | 'select' | 'orderby' | 'top', string>>
>;

/** A string literal; quotes are doubled. */
export const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** The beginning of a day as an Edm.DateTime literal. */
export const dayLiteral = (day: string): string => `datetime'${day.slice(0, 10)}T00:00:00'`;

/** An instant as an Edm.DateTimeOffset literal. */
export const instantLiteral = (iso: string): string =>
  `datetimeoffset'${new Date(iso).toISOString().slice(0, 19)}Z'`;

/** A filter that a property has one of the values. */
export const anyOf = (property: string, values: readonly string[]): string =>
  `(${values.map((value) => `${property} eq ${quote(value)}`).join(' or ')})`;

// Gateways refuse addresses of more than a few thousand characters.
const chunkSize = 25;

/** Distinct values in groups that fit one filter. */
export const chunks = (values: readonly string[]): string[][] => {
  const distinct = [...new Set(values)];
  const groups: string[][] = [];
  for (let start = 0; start < distinct.length; start += chunkSize)
    groups.push(distinct.slice(start, start + chunkSize));
  return groups;
};

/** The query part of an address. */
export const queryText = (query: Query): string =>
  Object.entries(query)
    .map(([name, value]) => `&$${name}=${encodeURIComponent(value)}`)
    .join('');
