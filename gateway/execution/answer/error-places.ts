import type { GraphQLFormattedError } from 'graphql';
import type { ResponsePath } from '../steps/collect-targets.ts';

const keyOf = (path: ResponsePath): string => path.join('.');

/** Knows which missing values some error has already told the client about, so that no null is silent and none told twice. */
export class ErrorPlaces {
  readonly #at = new Set<string>();
  readonly #atOrAbove = new Set<string>();

  constructor(errors: readonly GraphQLFormattedError[]) {
    for (const error of errors) this.add(error.path);
  }

  /** An error without a path may be about anything: it stands at the root. */
  add(path: ResponsePath = []): void {
    this.#at.add(keyOf(path));
    for (let length = 0; length <= path.length; length += 1)
      this.#atOrAbove.add(keyOf(path.slice(0, length)));
  }

  /** Is there an error at this place, below it, or above it? */
  explain(path: ResponsePath): boolean {
    if (this.#atOrAbove.has(keyOf(path))) return true;
    for (let length = 0; length < path.length; length += 1)
      if (this.#at.has(keyOf(path.slice(0, length)))) return true;
    return false;
  }
}
