import { GraphQLError } from 'graphql';
import type { Identity } from '../../platform/identity.ts';

const readers = ['auditor', 'integration-architect'];

/** True for those who may read who did what. */
export const mayReadAudit = (identity: Identity): boolean =>
  identity.roles.some((role) => readers.includes(role));

/** Refuses everybody else with FORBIDDEN. */
export const requireAuditReader = (identity: Identity): void => {
  if (mayReadAudit(identity)) return;
  throw new GraphQLError(`The audit trail is for these roles: ${readers.join(', ')}.`, {
    extensions: { code: 'FORBIDDEN' },
  });
};
