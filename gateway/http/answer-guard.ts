import type { ServerResponse } from 'node:http';
import type { Pending } from '../clients/deadline-sweep.ts';
import type { ClientRequest } from './client-request.ts';

/** Clients of subgraphs notice a deadline within a sweep; what is still silent after this has forgotten it. */
export const answerGraceMs = 50;

/**
 * Sees to it that a client is answered soon after its deadline, whatever the rest of the gateway is doing, and that nobody
 * goes on working for a client that has gone. Looking at the response now and then is cheaper than listening to it.
 */
export class AnswerGuard implements Pending {
  readonly deadlineAt: number;
  place = -1;
  readonly #request: ClientRequest;
  readonly #response: ServerResponse;
  readonly #late: (response: ServerResponse) => void;

  constructor(
    request: ClientRequest,
    response: ServerResponse,
    late: (response: ServerResponse) => void,
  ) {
    this.deadlineAt = request.deadlineAt + answerGraceMs;
    this.#request = request;
    this.#response = response;
    this.#late = late;
  }

  isAbandoned(): boolean {
    return this.#response.destroyed;
  }

  giveUp(why: 'deadline' | 'abandoned'): void {
    if (why === 'deadline') this.#late(this.#response);
    this.#request.cancel();
  }
}
