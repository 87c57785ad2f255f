import type { GraphQLFormattedError } from 'graphql';
import type { ResponsePath } from './collect-targets.ts';

const keyOf = (path: ResponsePath): string => path.join('.');

/** Knows which missing values some error has already told the client about, so that no null is silent and none told twice. */
export class ErrorPlaces {
  readonly #at = new Set<string>();
  readonly #atOrAbove = new Set<string>();
  #anywhere = false;

  constructor(errors: readonly GraphQLFormattedError[]) {
    for (const error of errors) this.add(error.path);
  }

  add(path: ResponsePath | undefined): void {
    if (!path) {
      this.#anywhere = true;
      return;
    }
    this.#at.add(keyOf(path));
    for (let length = 0; length <= path.length; length += 1)
      this.#atOrAbove.add(keyOf(path.slice(0, length)));
  }

  /** Is there an error at this place, below it, above it, or one that names no place? */
  explain(path: ResponsePath): boolean {
    if (this.#anywhere || this.#atOrAbove.has(keyOf(path))) return true;
    for (let length = 1; length < path.length; length += 1)
      if (this.#at.has(keyOf(path.slice(0, length)))) return true;
    return false;
  }
}
