import type { Pending } from '../clients/deadline-sweep.ts';
import type { ClientRequest } from './client-request.ts';

/** Clients of subgraphs notice a deadline within a sweep; what is still silent after this has forgotten it. */
const graceMs = 50;

/** Sees to it that a client is answered soon after its deadline, whatever the rest of the gateway is doing. */
export class AnswerGuard implements Pending {
  readonly request: Pending['request'];
  readonly #request: ClientRequest;
  readonly #late: () => void;

  constructor(request: ClientRequest, late: () => void) {
    this.#request = request;
    this.#late = late;
    this.request = {
      deadlineAt: request.deadlineAt + graceMs,
      get signal() {
        return request.signal;
      },
    };
  }

  giveUp(why: 'deadline' | 'aborted'): void {
    if (why === 'aborted') return;
    this.#late();
    this.#request.cancel();
  }
}
