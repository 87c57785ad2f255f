/** How much goes wrong in a world. Probabilities from 0 to 1. */
export interface FaultRates {
  readonly null: number;
  readonly error: number;
  /** A subgraph that does not know an entity. */
  readonly forgotten: number;
  /** A leaf of another type than the schema says. */
  readonly wrongLeaf: number;
}

export const noFaults: FaultRates = { null: 0, error: 0, forgotten: 0, wrongLeaf: 0 };

/** What goes wrong where: a function of the seed and the place alone, so that every executor lives in the same world. */
export interface Faults {
  readonly kindAt: (id: string, field: string) => 'null' | 'error' | 'wrong' | null;
  readonly forgets: (subgraph: string, id: string) => boolean;
}

/** FNV-1a, spread once more; from 0 to below 1. */
const chance = (seed: number, ...words: readonly string[]): number => {
  let hash = 2166136261 ^ seed;
  for (const character of words.join('|')) {
    hash ^= character.charCodeAt(0);
    hash = Math.imul(hash, 16777619);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4294967296;
};

export const faultsOf = (seed: number, rates: FaultRates): Faults => ({
  kindAt: (id, field) => {
    const at = chance(seed, id, field);
    if (at < rates.null) return 'null';
    if (at < rates.null + rates.error) return 'error';
    return at < rates.null + rates.error + rates.wrongLeaf ? 'wrong' : null;
  },
  forgets: (subgraph, id) => chance(seed, 'forgotten', subgraph, id) < rates.forgotten,
});
