/** Who asks. Every resolver, workflow step and audit line is given one; nothing runs as nobody. */
export interface Identity {
  /** Stable id of the person or machine, for example `u-nora` or `system:workflow`. */
  readonly subject: string;
  /** The name shown to people. */
  readonly name: string;
  readonly roles: readonly string[];
  /** Facilities this identity may see; `ALL` for central functions. */
  readonly facilityIds: readonly string[] | 'ALL';
  /** The application that calls on the person's behalf (R10). */
  readonly clientId: string;
}

/** True when the identity may see rows of this facility. */
export const seesFacility = (identity: Identity, facilityId: string): boolean =>
  identity.facilityIds === 'ALL' || identity.facilityIds.includes(facilityId);

/** The hub itself, for work that no person started: polls, timers, recovery. */
export const hubIdentity: Identity = {
  subject: 'system:hub',
  name: 'Syncline',
  roles: ['system'],
  facilityIds: 'ALL',
  clientId: 'hub',
};
