import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.generated.ts';

/** Failures in a row until a system counts as down; before that it is degraded. */
const downAfter = 3;

/** The system answered. */
export const recordSuccess = async (
  db: Kysely<Tables>,
  { system, latencyMs }: { readonly system: string; readonly latencyMs: number },
): Promise<void> => {
  await sql`
    insert into hub.system_health as h (system, status, checked_at, since, last_success_at, latency_ms, failures)
    values (${system}, 'UP', clock_timestamp(), clock_timestamp(), clock_timestamp(), ${Math.round(latencyMs)}, 0)
    on conflict (system) do update set
      status = 'UP', checked_at = excluded.checked_at, last_success_at = excluded.checked_at,
      latency_ms = excluded.latency_ms, failures = 0,
      since = case when h.status = 'UP' then h.since else excluded.since end`.execute(db);
};

/** The system did not answer, or refused what it should not; the message is shown to people, so it carries no credentials. */
export const recordFailure = async (
  db: Kysely<Tables>,
  { system, error }: { readonly system: string; readonly error: string },
): Promise<void> => {
  await sql`
    insert into hub.system_health as h (system, status, checked_at, since, last_error, failures)
    values (${system}, 'DEGRADED', clock_timestamp(), clock_timestamp(), ${error}, 1)
    on conflict (system) do update set
      checked_at = excluded.checked_at, last_error = excluded.last_error, failures = h.failures + 1,
      status = case when h.failures + 1 >= ${downAfter} then 'DOWN' else 'DEGRADED' end,
      since = case when h.status = 'UP' or (h.status = 'DEGRADED' and h.failures + 1 >= ${downAfter})
        then excluded.since else h.since end`.execute(db);
};
