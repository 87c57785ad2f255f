import type { GraphQLError } from 'graphql';
import { refusal } from '../errors.ts';

export interface Measured {
  readonly code: string;
  /** What is counted, as it reads after a number: "levels deep". */
  readonly what: string;
  readonly actual: number;
  readonly limit: number;
}

/** The refusal of an operation that asks for too much, with the actual value and the limit; null when it does not. */
export const overLimit = ({ code, what, actual, limit }: Measured): GraphQLError | null =>
  actual > limit
    ? refusal(code, `The operation has ${actual} ${what}; the limit is ${limit}.`)
    : null;
