import { GraphQLError } from 'graphql';

/** How much one principal may hold open, on WebSocket, SSE and multipart together. */
export interface ConnectionLimits {
  readonly connectionsPerPrincipal: number;
  readonly operationsPerConnection: number;
}

export const defaultConnectionLimits: ConnectionLimits = {
  connectionsPerPrincipal: 200,
  operationsPerConnection: 100,
};

/** Counts who holds how many connections. */
export class ConnectionQuota {
  readonly #limit: number;
  readonly #held = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes a place for the principal and returns how to give it back, once. Throws a GraphQLError with the limit when there is none. */
  take(subject: string): () => void {
    const held = this.#held.get(subject) ?? 0;
    if (held >= this.#limit)
      throw new GraphQLError(
        `You hold ${held} connections that stay open; the limit is ${this.#limit}.`,
        { extensions: { code: 'CONNECTION_LIMIT_EXCEEDED' } },
      );
    this.#held.set(subject, held + 1);
    return () => this.#give(subject);
  }

  #give(subject: string): void {
    const left = (this.#held.get(subject) ?? 1) - 1;
    if (left > 0) this.#held.set(subject, left);
    else this.#held.delete(subject);
  }
}
