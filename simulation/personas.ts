import type { Identity } from '../platform/identity.ts';

const at = ['facility-010001', 'facility-010005', 'facility-010006', 'facility-010007'];

const persona = (
  subject: string,
  name: string,
  role: string,
  facilityIds: Identity['facilityIds'] = at,
): Identity => ({ subject, name, roles: [role], facilityIds, clientId: 'demo' });

/** The people of the simulated hospital; each may sign in only in demo mode. */
export const personas: Readonly<Record<string, Identity>> = {
  nora: persona('u-nora', 'Nora Quinn', 'nurse', ['facility-010001']),
  maya: persona('u-maya', 'Maya Ortiz', 'nurse-manager'),
  dan: persona('u-dan', 'Dan Whitfield', 'department-director'),
  bea: persona('u-bea', 'Bea Lindqvist', 'buyer', 'ALL'),
  stef: persona('u-stef', 'Stef Kowalski', 'steward', 'ALL'),
  ada: persona('u-ada', 'Ada Mensah', 'accounts-payable', 'ALL'),
  eli: persona('u-eli', 'Eli Navarro', 'biomedical-engineer'),
  ken: persona('u-ken', 'Ken Tanaka', 'warehouse-clerk'),
  olga: persona('u-olga', 'Olga Petrov', 'auditor', 'ALL'),
  ira: persona('u-ira', 'Ira Feldman', 'integration-architect', 'ALL'),
};
