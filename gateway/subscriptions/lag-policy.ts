import { refusal } from '../errors.ts';
import type { OperationRequest } from '../http/operation-request.ts';
import type { LagPolicy } from './subscriber.ts';

const policies: readonly LagPolicy[] = ['REPLAY', 'LATEST', 'DISCONNECT'];

/** What the client wants for the case that it cannot keep up; throws a GraphQLError for any other word. */
export const lagPolicy = (request: OperationRequest): LagPolicy => {
  const asked = request.extensions?.['lag'] ?? 'REPLAY';
  const policy = policies.find((known) => known === asked);
  if (policy) return policy;
  throw refusal('BAD_USER_INPUT', `extensions.lag is one of ${policies.join(', ')}.`);
};
