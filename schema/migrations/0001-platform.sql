-- The hub's own tables: machinery that knows nothing of hospitals.

create schema if not exists hub;

-- Which life of the data this is. A restore from a backup begins a new epoch (see platform/event-log.ts).
create table hub.epoch (
  number integer generated always as identity primary key,
  id uuid not null unique default gen_random_uuid(),
  -- Cluster, timeline and database that this epoch was opened in; another value means that the data was restored.
  incarnation text not null,
  -- Added to transaction ids, so that positions keep growing when a new cluster counts its transactions from zero.
  xid_offset bigint not null,
  started_at timestamptz not null default clock_timestamp()
);

create function hub.incarnation() returns text language sql stable as $$
  select concat_ws('/',
    (select system_identifier from pg_control_system()),
    (select timeline_id from pg_control_checkpoint()),
    (select oid from pg_database where datname = current_database()))
$$;

create function hub.xid_offset() returns bigint language sql stable as $$
  select coalesce((select xid_offset from hub.epoch order by number desc limit 1), 0)
$$;

-- Where this transaction stands in the order of all transactions.
create function hub.transaction_position() returns bigint language sql volatile as $$
  select pg_current_xact_id()::text::bigint + hub.xid_offset()
$$;

-- Every transaction below this position has ended, so what lies below it can no longer change.
create function hub.horizon() returns bigint language sql stable as $$
  select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + hub.xid_offset()
$$;

-- The last version given to each subject; its row lock keeps the events of one subject in order.
create table hub.event_subject (
  subject_type text not null,
  subject_id text not null,
  version integer not null,
  last_xid bigint not null,
  primary key (subject_type, subject_id)
) with (fillfactor = 70);

create table hub.event (
  xid bigint not null,
  seq bigint generated always as identity,
  id uuid not null default gen_random_uuid(),
  type text not null,
  subject_type text not null,
  subject_id text not null,
  version integer not null,
  correlation_id text,
  facility_id text,
  department_id text,
  data jsonb not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (xid, seq),
  unique (subject_type, subject_id, version)
);
create index event_correlation on hub.event (correlation_id) where correlation_id is not null;

-- Writes events, at the end of a business transaction and once; see appendEvents in platform/event-log.ts.
create function hub.append_events(subjects jsonb, events jsonb) returns void language plpgsql as $$
begin
  with locked as (
    insert into hub.event_subject as s (subject_type, subject_id, version, last_xid)
    select n.subject_type, n.subject_id, n.count, hub.transaction_position()
    from jsonb_to_recordset(subjects) as n(subject_type text, subject_id text, count integer)
    on conflict (subject_type, subject_id) do update
      set version = s.version + excluded.version, last_xid = greatest(s.last_xid, excluded.last_xid)
    returning s.subject_type, s.subject_id, s.version, s.last_xid
  ), counted as materialized (
    -- All subjects are locked before the first event takes its seq.
    select l.*, n.count from locked l
    join jsonb_to_recordset(subjects) as n(subject_type text, subject_id text, count integer)
      using (subject_type, subject_id)
  )
  insert into hub.event (xid, type, subject_type, subject_id, version, correlation_id, facility_id,
    department_id, data, occurred_at)
  select c.last_xid, e.type, e.subject_type, e.subject_id, c.version - c.count + e.ordinal, e.correlation_id,
    e.facility_id, e.department_id, e.data, coalesce(e.occurred_at, clock_timestamp())
  from jsonb_to_recordset(events)
    as e(place integer, type text, subject_type text, subject_id text, correlation_id text, facility_id text,
      department_id text, data jsonb, occurred_at timestamptz, ordinal integer)
  join counted c using (subject_type, subject_id)
  order by e.place;
end
$$;

-- Who did what, to what, why they might. Never updated; sealed in order by hub.audit_seal.
create table hub.audit_entry (
  id bigint generated always as identity primary key,
  xid bigint not null default hub.transaction_position(),
  recorded_at timestamptz not null default clock_timestamp(),
  actor_subject text not null,
  actor_name text not null,
  actor_roles text[] not null,
  client_id text not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  correlation_id text,
  facility_id text,
  before jsonb,
  after jsonb,
  authority text not null
);
create index audit_entry_subject on hub.audit_entry (subject_type, subject_id, id);
create index audit_entry_correlation on hub.audit_entry (correlation_id) where correlation_id is not null;
create index audit_entry_position on hub.audit_entry (xid, id);

-- The hash chain over hub.audit_entry, in the order of (xid, id).
create table hub.audit_seal (
  seq bigint primary key,
  entry_id bigint not null unique,
  entry_xid bigint not null,
  prev_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null default clock_timestamp()
);

create function hub.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'hub.% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create trigger event_append_only before update on hub.event
  for each row execute function hub.refuse_change();
create trigger audit_entry_append_only before update or delete on hub.audit_entry
  for each row execute function hub.refuse_change();
create trigger audit_seal_append_only before update or delete on hub.audit_seal
  for each row execute function hub.refuse_change();

-- One line per attempt of every workflow step: what a document went through, with the times.
create table hub.process_step (
  id bigint generated always as identity primary key,
  correlation_id text,
  workflow text not null,
  workflow_id text not null,
  step text not null,
  system text,
  attempt integer not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  outcome text not null check (outcome in ('OK', 'FAILED')),
  -- For a failure: its kind and the message, already without credentials.
  detail text
);
create index process_step_correlation on hub.process_step (correlation_id, id);
create index process_step_workflow on hub.process_step (workflow_id);

-- Work that was given up; a person takes it over, mends the cause and replays it.
create table hub.dead_letter (
  id uuid primary key default gen_random_uuid(),
  workflow text not null,
  workflow_id text not null unique,
  correlation_id text,
  input jsonb not null,
  error text not null,
  error_class text not null,
  system text,
  -- Where a replay begins: the steps before it are done and stay done.
  step_number integer not null,
  step text,
  owner text,
  failed_at timestamptz not null default clock_timestamp(),
  replayed_at timestamptz,
  resolved_at timestamptz
);
create index dead_letter_open on hub.dead_letter (failed_at) where resolved_at is null;

create table hub.system_health (
  system text primary key,
  status text not null check (status in ('UP', 'DEGRADED', 'DOWN')),
  checked_at timestamptz not null,
  -- Since when the status is what it is.
  since timestamptz not null,
  last_success_at timestamptz,
  last_error text,
  latency_ms integer,
  failures integer not null default 0
);

create table hub.poll_cursor (
  system text not null,
  feed text not null,
  cursor jsonb not null,
  polled_at timestamptz not null,
  primary key (system, feed)
);

-- What came in, as it came: the evidence behind a refused or quarantined document.
create table hub.raw_document (
  id uuid primary key default gen_random_uuid(),
  system text not null,
  kind text not null,
  received_at timestamptz not null default clock_timestamp(),
  content text not null,
  sha256 text not null,
  verdict text not null,
  problem text
);
create index raw_document_received on hub.raw_document (system, received_at);
create index raw_document_sha256 on hub.raw_document (sha256);

-- One row per transaction of the hub, for an hour: whether it happened when the answer to its commit was lost. The id of the
-- transaction itself would not tell, for a crash can give it to another one.
create table hub.transaction_mark (
  id uuid primary key,
  made_at timestamptz not null default clock_timestamp()
);
create index transaction_mark_made_at on hub.transaction_mark using brin (made_at);

-- Processes that run workflows; each holds a session advisory lock on its name for as long as it lives.
create table hub.executor (
  id text primary key,
  started_at timestamptz not null default clock_timestamp()
);
