import type { Identity } from '../../platform/identity.ts';

/** Who holds a connection, and for how long. */
export interface Session {
  /** Null only where the gateway runs without identity. */
  readonly identity: Identity | null;
  /** When the token ends, in epoch milliseconds; null when it does not. */
  readonly expiresAt: number | null;
}

/** Finds out who asks from the value of an Authorization header; throws InvalidToken. */
export type Authenticate = (authorization: string | undefined) => Promise<Session>;

/**
 * What an answer may depend on besides the selection: the roles and facilities of who asks. Clients of the same scope share
 * executions; nothing in the payload of an event depends on the person.
 */
export const scopeOf = (identity: Identity | null): Identity | null =>
  identity === null
    ? null
    : {
        subject: 'shared:subscription',
        name: 'Subscribers of one scope',
        roles: [...identity.roles].sort((a, b) => a.localeCompare(b)),
        facilityIds:
          identity.facilityIds === 'ALL'
            ? 'ALL'
            : [...identity.facilityIds].sort((a, b) => a.localeCompare(b)),
        clientId: 'gateway',
      };
