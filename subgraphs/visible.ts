import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Identity } from '../platform/identity.ts';

/**
 * True for rows of the facilities that the identity may see. A row of no facility, for example a request from a place that
 * nobody has mapped, is for those who see all.
 */
export const visible = (identity: Identity, facilityColumn: string): RawBuilder<SqlBool> =>
  identity.facilityIds === 'ALL'
    ? sql<SqlBool>`true`
    : sql<SqlBool>`${sql.ref(facilityColumn)} = any(${[...identity.facilityIds]}::text[])`;
