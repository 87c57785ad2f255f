-- The hub's own rows: workflow state, crosswalk, and projections of what the sources own.
-- Projections carry where they came from (source, as_of); dropping and rebuilding them gives the same rows.
-- Amounts and quantities are exact numerics; a currency or unit stands beside each.

create table hub.crosswalk (
  entity text not null check (entity in ('SUPPLIER', 'ITEM', 'FACILITY', 'DEPARTMENT', 'COST_CENTER')),
  system text not null,
  local_id text not null,
  canonical_id text not null,
  valid_from timestamptz not null default now(),
  valid_to timestamptz,
  approved_by text not null,
  primary key (entity, system, local_id, valid_from)
);
create unique index crosswalk_current on hub.crosswalk (entity, system, local_id) where valid_to is null;
create index crosswalk_back on hub.crosswalk (entity, canonical_id, system) where valid_to is null;

create table hub.facility (
  id text primary key,
  name text not null,
  ccn text,
  address text not null,
  city text not null,
  state text not null,
  zip text not null,
  finance_system text not null,
  source text not null,
  as_of timestamptz not null
);

create table hub.cost_center (
  id text primary key,
  code text not null,
  name text not null,
  facility_id text not null references hub.facility (id),
  source text not null,
  as_of timestamptz not null
);

create table hub.department (
  id text primary key,
  name text not null,
  facility_id text not null references hub.facility (id),
  cost_center_id text not null references hub.cost_center (id),
  source text not null,
  as_of timestamptz not null
);
create index department_facility on hub.department (facility_id);

-- What was granted, from the governed budget file: neither connected finance system has a budget interface.
create table hub.budget (
  cost_center_id text not null references hub.cost_center (id),
  fiscal_year integer not null,
  amount numeric not null,
  currency text not null,
  source text not null,
  as_of timestamptz not null,
  primary key (cost_center_id, fiscal_year)
);

create table hub.supplier (
  id text primary key,
  name text not null,
  status text not null,
  duns text,
  source text not null,
  as_of timestamptz not null
);
create index supplier_name on hub.supplier (name, id);

create table hub.item (
  id text primary key,
  gtin text unique,
  description text not null,
  brand text,
  catalog_number text,
  manufacturer text,
  gmdn_term text,
  unit text not null,
  source text not null,
  as_of timestamptz not null
);
create index item_description on hub.item (description, id);

create table hub.equipment (
  id text primary key,
  name text not null,
  manufacturer text,
  model text,
  serial_number text,
  device_identifier text,
  item_id text references hub.item (id),
  facility_id text references hub.facility (id),
  source text not null,
  as_of timestamptz not null
);

create sequence hub.requisition_number;

create table hub.requisition (
  id text primary key,
  number text not null unique default 'R-' || lpad(nextval('hub.requisition_number')::text, 6, '0'),
  correlation_id text not null unique,
  status text not null,
  version integer not null default 1,
  requester text not null,
  requester_subject text,
  priority text not null,
  needed_by date,
  department_id text not null references hub.department (id),
  facility_id text not null references hub.facility (id),
  cost_center_id text not null references hub.cost_center (id),
  target_system text not null,
  currency text not null,
  total numeric,
  off_contract boolean not null default false,
  -- the BudgetVerdictRecord of the last check, kept as evidence
  budget_check jsonb,
  ended_by text,
  ended_reason text,
  source text not null,
  as_of timestamptz not null default now(),
  submitted_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index requisition_newest on hub.requisition (submitted_at desc, id desc);
create index requisition_in_flight on hub.requisition (cost_center_id, status);

create table hub.requisition_line (
  requisition_id text not null references hub.requisition (id),
  line_number integer not null,
  item_id text references hub.item (id),
  description text not null,
  quantity numeric not null,
  unit text not null,
  unit_price numeric,
  supplier_id text references hub.supplier (id),
  contract text not null default 'UNKNOWN',
  contract_number text,
  primary key (requisition_id, line_number)
);

create table hub.approval_step (
  requisition_id text not null references hub.requisition (id),
  step_number integer not null,
  role text not null,
  status text not null,
  -- rule id and version, for example spend-threshold@2
  rule text not null,
  decided_by text,
  decided_by_subject text,
  acting_for text,
  decided_at timestamptz,
  comment text,
  -- what the decider was shown: total, budget verdict, off-contract lines
  evidence jsonb,
  opened_at timestamptz,
  due_at timestamptz,
  primary key (requisition_id, step_number)
);
create index approval_step_waiting on hub.approval_step (role, opened_at) where status = 'PENDING';

create table hub.supply_request (
  id text primary key,
  correlation_id text not null,
  system text not null,
  local_id text not null,
  version_id text not null,
  status text not null,
  intake text not null check (intake in ('ACCEPTED', 'PARKED')),
  priority text not null,
  item_code text not null,
  item_text text not null,
  item_id text references hub.item (id),
  quantity numeric not null,
  unit text not null,
  needed_by date,
  requester text,
  deliver_to text,
  department_id text references hub.department (id),
  facility_id text references hub.facility (id),
  basket_id text not null,
  clinical_request_ref text not null,
  authored_on timestamptz not null,
  requisition_id text references hub.requisition (id),
  requisition_line_number integer,
  raw_document_id uuid,
  as_of timestamptz not null default now(),
  unique (system, local_id)
);
create index supply_request_basket on hub.supply_request (system, basket_id);
create index supply_request_requisition on hub.supply_request (requisition_id);
create index supply_request_newest on hub.supply_request (authored_on desc, id desc);
create index supply_request_correlation on hub.supply_request (correlation_id);

create table hub.purchase_order (
  id text primary key,
  -- our own reference in the purchasing system: what the look-up before every write asks for
  reference text unique,
  number text not null,
  system text not null,
  local_id text,
  correlation_id text not null,
  requisition_id text references hub.requisition (id),
  supplier_id text not null references hub.supplier (id),
  facility_id text not null references hub.facility (id),
  department_id text references hub.department (id),
  cost_center_id text references hub.cost_center (id),
  document_status text not null,
  receipt_status text not null default 'NONE',
  invoice_status text not null default 'NONE',
  version integer not null default 1,
  currency text not null,
  total numeric not null,
  needed_by date,
  promised_date date,
  issued_at timestamptz not null default now(),
  sent_to_supplier_at timestamptz,
  acknowledged_at timestamptz,
  updated_at timestamptz not null default now(),
  source text not null,
  as_of timestamptz not null default now(),
  unique (system, local_id)
);
create index purchase_order_newest on hub.purchase_order (issued_at desc, id desc);
create index purchase_order_number on hub.purchase_order (number);
create index purchase_order_requisition on hub.purchase_order (requisition_id);
create index purchase_order_supplier on hub.purchase_order (supplier_id, issued_at desc);
create index purchase_order_correlation on hub.purchase_order (correlation_id);

create table hub.purchase_order_line (
  purchase_order_id text not null references hub.purchase_order (id),
  line_number integer not null,
  item_id text references hub.item (id),
  description text not null,
  quantity numeric not null,
  unit text not null,
  unit_price numeric not null,
  received_quantity numeric not null default 0,
  invoiced_quantity numeric not null default 0,
  acknowledgement_status text,
  acknowledgement_code text,
  acknowledged_quantity numeric,
  promised_date date,
  primary key (purchase_order_id, line_number)
);
create index purchase_order_line_item on hub.purchase_order_line (item_id);

create table hub.shipment (
  id text primary key,
  number text not null,
  purchase_order_id text not null references hub.purchase_order (id),
  trading_partner text not null,
  shipped_at timestamptz not null,
  expected_date date,
  carrier text,
  tracking_number text,
  source text not null,
  as_of timestamptz not null default now(),
  unique (trading_partner, number, purchase_order_id)
);
create index shipment_order on hub.shipment (purchase_order_id);

create table hub.shipment_line (
  shipment_id text not null references hub.shipment (id),
  order_line_number integer not null,
  item_id text references hub.item (id),
  quantity numeric not null,
  unit text not null,
  primary key (shipment_id, order_line_number)
);

create table hub.receipt (
  id text primary key,
  number text not null,
  system text not null,
  local_id text not null,
  purchase_order_id text not null references hub.purchase_order (id),
  received_at timestamptz not null,
  received_by text,
  source text not null,
  as_of timestamptz not null default now(),
  unique (system, local_id)
);
create index receipt_order on hub.receipt (purchase_order_id);

create table hub.receipt_line (
  receipt_id text not null references hub.receipt (id),
  order_line_number integer not null,
  item_id text references hub.item (id),
  quantity numeric not null,
  unit text not null,
  primary key (receipt_id, order_line_number)
);

create table hub.invoice (
  id text primary key,
  number text not null,
  system text not null,
  local_id text not null,
  status text not null,
  supplier_id text not null references hub.supplier (id),
  purchase_order_id text references hub.purchase_order (id),
  facility_id text references hub.facility (id),
  correlation_id text,
  invoice_date date not null,
  currency text not null,
  total numeric not null,
  source text not null,
  as_of timestamptz not null default now(),
  unique (system, local_id)
);
create index invoice_order on hub.invoice (purchase_order_id);
create index invoice_newest on hub.invoice (invoice_date desc, id desc);

create table hub.invoice_line (
  invoice_id text not null references hub.invoice (id),
  line_number integer not null,
  order_line_number integer,
  item_id text references hub.item (id),
  quantity numeric not null,
  unit text not null,
  unit_price numeric not null,
  primary key (invoice_id, line_number)
);

create table hub.stock_position (
  id text primary key,
  item_id text not null references hub.item (id),
  facility_id text not null references hub.facility (id),
  on_hand numeric not null,
  on_order numeric not null,
  unit text not null,
  source text not null,
  as_of timestamptz not null,
  unique (item_id, facility_id)
);
create index stock_position_facility on hub.stock_position (facility_id);

-- The supplier's answers as they arrived; the pair makes each document count once.
create table hub.supplier_document (
  trading_partner text not null,
  control_number text not null,
  kind text not null,
  raw_document_id uuid,
  taken_at timestamptz not null default now(),
  primary key (trading_partner, kind, control_number)
);

-- Work that waits for a person. Named after the field's word; "exception" alone is reserved in SQL.
create table hub.work_exception (
  id text primary key,
  kind text not null,
  message text not null,
  owner_role text not null,
  runbook text not null,
  status text not null default 'OPEN' check (status in ('OPEN', 'RESOLVED')),
  correlation_id text,
  facility_id text,
  subject_type text not null,
  subject_id text not null,
  missing_entity text,
  missing_system text,
  missing_local_id text,
  raw_document_id uuid,
  raised_at timestamptz not null default now(),
  resolved_at timestamptz
);
-- The same trouble of the same subject is raised once.
create unique index work_exception_once on hub.work_exception
  (kind, subject_id, coalesce(missing_entity, ''), coalesce(missing_system, ''), coalesce(missing_local_id, ''))
  where status = 'OPEN';
create index work_exception_mapping on hub.work_exception (missing_entity, missing_system, missing_local_id) where status = 'OPEN';
create index work_exception_correlation on hub.work_exception (correlation_id);
