import { sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { Identity } from '../../platform/identity.ts';
import { visible } from '../visible.ts';
import type { TraceRecord, TraceStepRecord } from './records.ts';

/** One status change, as it was recorded. */
export interface Milestone {
  readonly correlationId: string;
  readonly type: string;
  readonly summary: string;
  readonly occurredAt: Date;
}

/** A document that came of a request. */
export interface CameOf {
  readonly correlationId: string;
  readonly id: string;
}

/** What happened for requests. Whoever may see a trace may see all of it: it belongs to one facility. */
export interface TraceStore {
  readonly byIds: (
    identity: Identity,
    correlationIds: readonly string[],
  ) => Promise<readonly TraceRecord[]>;
  readonly steps: (correlationIds: readonly string[]) => Promise<readonly TraceStepRecord[]>;
  readonly milestones: (correlationIds: readonly string[]) => Promise<readonly Milestone[]>;
  readonly requisitions: (correlationIds: readonly string[]) => Promise<readonly CameOf[]>;
  readonly orders: (correlationIds: readonly string[]) => Promise<readonly CameOf[]>;
}

/** The traces of the database: from its documents, its events and the steps of its workflows. */
export const traceStore = ({ db }: Database): TraceStore => ({
  byIds: async (identity, correlationIds) => {
    const ids = sql`any(${[...correlationIds]}::text[])`;
    const { rows } = await sql<TraceRecord>`
      select correlation_id, min(at) as started_at, max(at) as updated_at from (
        select correlation_id, facility_id, occurred_at as at from hub.event where correlation_id = ${ids}
        union all
        select correlation_id, facility_id, submitted_at from hub.requisition where correlation_id = ${ids}
        union all
        select correlation_id, facility_id, authored_on from hub.supply_request where correlation_id = ${ids}
        union all
        select correlation_id, facility_id, issued_at from hub.purchase_order where correlation_id = ${ids}
        union all
        select correlation_id, null, started_at from hub.process_step where correlation_id = ${ids}
        union all
        select correlation_id, null, ended_at from hub.process_step where correlation_id = ${ids}
      ) happened group by correlation_id having bool_or(${visible(identity, 'happened.facilityId')})`.execute(
      db,
    );
    return rows;
  },
  steps: async (correlationIds) => {
    const { rows } = await sql<TraceStepRecord>`
      select correlation_id, step, system, count(*)::int as attempts,
        min(started_at) as started_at, max(ended_at) as ended_at,
        (array_agg(outcome order by id desc))[1] as outcome,
        (array_agg(detail order by id desc) filter (where outcome = 'FAILED'))[1] as problem
      from hub.process_step where correlation_id = any(${[...correlationIds]}::text[])
      group by correlation_id, workflow_id, step, system
      order by min(started_at), min(id)`.execute(db);
    return rows;
  },
  milestones: async (correlationIds) => {
    const { rows } = await sql<Milestone>`
      select correlation_id, type, coalesce(data ->> 'summary', type) as summary, occurred_at
      from hub.event where correlation_id = any(${[...correlationIds]}::text[])
      order by xid, seq`.execute(db);
    return rows;
  },
  requisitions: (correlationIds) =>
    db
      .selectFrom('hub.requisition')
      .select(['correlationId', 'id'])
      .where('correlationId', 'in', [...correlationIds])
      .execute(),
  orders: (correlationIds) =>
    db
      .selectFrom('hub.purchaseOrder')
      .select(['correlationId', 'id'])
      .where('correlationId', 'in', [...correlationIds])
      .orderBy('issuedAt')
      .orderBy('id')
      .execute(),
});
