import type { Transaction } from '../platform/durable.ts';
import { canonicalIds } from './crosswalk.ts';

/** The code that stands in the crosswalk for a request that names no place. */
export const noPlace = '(not given)';

/** Where a request is for, in the hub's own ids. */
export interface Place {
  readonly departmentId: string;
  readonly facilityId: string;
}

/** The department that a clinical application's words stand for; undefined while nobody has mapped them. */
export const placeOf = async (
  tx: Transaction,
  request: { readonly system: string; readonly deliverTo: string | null },
): Promise<Place | undefined> => {
  const code = request.deliverTo ?? noPlace;
  const side = { entity: 'DEPARTMENT', system: request.system } as const;
  const id = (await canonicalIds(tx.db, side, [code])).get(code);
  if (id === undefined) return undefined;
  return await tx.db
    .selectFrom('hub.department')
    .select(['id as departmentId', 'facilityId'])
    .where('id', '=', id)
    .executeTakeFirst();
};
