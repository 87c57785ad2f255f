/** Choices from one source of random numbers. */
export class Dice {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  below(bound: number): number {
    return Math.floor(this.#random() * bound);
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  pick<T>(from: readonly [T, ...T[]] | readonly T[]): T {
    const picked = from[this.below(from.length)];
    if (picked === undefined) throw new Error('Nothing to pick from.');
    return picked;
  }

  /** At least one. */
  some<T>(from: readonly T[], probability: number): T[] {
    const picked = from.filter(() => this.chance(probability));
    return picked.length > 0 ? picked : [this.pick(from)];
  }
}
