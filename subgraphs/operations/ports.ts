import type { Identity } from '../../platform/identity.ts';

/** The kinds of things that the crosswalk maps. */
export type MappedEntity = 'SUPPLIER' | 'ITEM' | 'FACILITY' | 'DEPARTMENT' | 'COST_CENTER';

/** What one system's code stands for. */
export interface Mapping {
  readonly entity: MappedEntity;
  readonly system: string;
  readonly localId: string;
  readonly canonicalId: string;
}

/** What can come of approving a mapping. */
export type MappingOutcome =
  | { readonly kind: 'APPROVED'; readonly releasedExceptionIds: readonly string[] }
  | { readonly kind: 'REFUSED'; readonly reason: string };

/** What stewards do; implemented by the workflows. */
export interface Stewardship {
  /** Records the mapping and sends on everything that waited for it. */
  readonly approveMapping: (mapping: Mapping, identity: Identity) => Promise<MappingOutcome>;
  readonly retryDeadLetter: (
    id: string,
    identity: Identity,
  ) => Promise<
    { readonly kind: 'RETRIED' } | { readonly kind: 'REFUSED'; readonly reason: string }
  >;
}
