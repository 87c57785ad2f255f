/** How much one operation may ask for. The same numbers hold on HTTP and on WebSocket. */
export interface Limits {
  /** Bytes of a request body. */
  readonly bodyBytes: number;
  readonly tokens: number;
  /** Characters of one name; validation compares an unknown one with every name that the schema has. */
  readonly nameLength: number;
  /** Levels of fields; `{ a { b } }` has two. */
  readonly depth: number;
  /** Fields after fragments are put in place. */
  readonly fields: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** `__schema` and `__type` at the root; each may walk the whole schema. */
  readonly introspections: number;
  /** Pairs of fields of one response name that validation has to compare; it grows with their square. */
  readonly comparisons: number;
  /** Cost of one operation by `@cost` and `@listSize`. */
  readonly cost: number;
  /** Cost that one principal may cause in a minute. */
  readonly costPerMinute: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 256 * 1_024,
  tokens: 5_000,
  nameLength: 500,
  depth: 25,
  fields: 2_000,
  aliases: 100,
  rootFields: 50,
  introspections: 4,
  comparisons: 20_000,
  cost: 10_000,
  costPerMinute: Number.POSITIVE_INFINITY,
};
