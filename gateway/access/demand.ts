import type { Identity } from '../../platform/identity.ts';

/** Groups of names: whoever has every name of one group fits. No group at all fits nobody. */
type AnyOf = readonly (readonly string[])[];

/** What one directive of authorization asks of whoever reads what it stands on. */
export type Demand =
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'requiresScopes'; readonly anyOf: AnyOf }
  | { readonly kind: 'policy'; readonly anyOf: AnyOf };

/** Decides whether an identity passes the policy of a name, as @policy gives it. */
export type MayPass = (policy: string, identity: Identity | null) => boolean;

const fits = (anyOf: AnyOf, has: (name: string) => boolean): boolean =>
  anyOf.some((group) => group.every(has));

/** Does the identity meet the demand? Its roles are its scopes; null is nobody, who has none. */
export const isMet = (demand: Demand, identity: Identity | null, mayPass: MayPass): boolean => {
  switch (demand.kind) {
    case 'authenticated':
      return identity !== null;
    case 'requiresScopes':
      return identity !== null && fits(demand.anyOf, (scope) => identity.roles.includes(scope));
    case 'policy':
      return fits(demand.anyOf, (policy) => mayPass(policy, identity));
  }
};
