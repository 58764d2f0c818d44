-- Learned lead scores: which facts count, how they stood, models with their verdicts, trainings, and
-- what the model in force says of each open lead.
-- On a live system: creates new tables only.

-- One row a fact that needs a name, a rule or an exception; facts without a row are learned from as
-- they are. What is written after the outcome, or because of it, is 'never'.
create table public.feature_registry (
  name text collate "C" primary key check (length(name) between 1 and 100),
  label text not null default '' check (length(label) <= 100),
  available text collate "C" not null default 'create'
    check (available in ('create', 'first_contact', 'never')),
  category bool not null default false,    -- a number that is only a code
  actionable bool not null default false,  -- somebody can change it, so it may be recommended
  protected bool not null default false,   -- of a person: never learned from
  vouched bool not null default false,     -- known before the outcome, whatever it looks like
  monotone smallint not null default 0 check (monotone between -1 and 1),
  updated_at timestamptz not null default now()
);

-- What a lead's facts were until a change: together with the row as it is now, its whole past. A
-- lead that never changed has none, so arriving costs nothing.
create table flash.lead_facts (
  submission_id uuid not null references public.submissions (id) on delete cascade,
  until timestamptz not null,
  features jsonb not null
    check (jsonb_typeof(features) = 'object' and octet_length(features::text) <= 32768),
  schema_version smallint not null default 1 check (schema_version > 0),
  primary key (submission_id, until)
);

create table public.models (
  id uuid primary key default flash.uuid7(),
  created_at timestamptz not null default now(),
  status text collate "C" not null
    check (status in ('champion', 'retired', 'rejected', 'refused')),
  stage text collate "C" check (stage in ('lr', 'stack')),
  sha256 text collate "C" check (sha256 ~ '^[0-9a-f]{64}$'),
  model bytea check (octet_length(model) <= 67108864),   -- docs/formats/model.md
  seed bigint not null,
  leads int not null check (leads >= 0),
  won int not null check (won between 0 and leads),
  leads_from timestamptz,                                -- of the oldest and the newest lead
  leads_to timestamptz,
  code text collate "C" not null check (length(code) <= 40),
  reason text not null check (length(reason) <= 1000),
  report jsonb not null check (jsonb_typeof(report) = 'object'),
  promoted_at timestamptz,
  promoted_by uuid references public.profiles (id),      -- null: the gate
  constraint models_refused_has_no_file check ((status = 'refused') = (model is null)),
  constraint models_file_has_hash check ((model is null) = (sha256 is null)
    and (model is null) = (stage is null)),
  constraint models_served check ((status in ('champion', 'retired')) = (promoted_at is not null))
);
create unique index models_one_champion on public.models (status) where status = 'champion';
create index models_created_at on public.models (created_at desc);
create index models_promoted_by on public.models (promoted_by) where promoted_by is not null;

create table public.model_runs (
  id uuid primary key default flash.uuid7(),
  created_at timestamptz not null default now(),
  requested_by uuid references public.profiles (id),     -- null: the server
  state text collate "C" not null default 'queued'
    check (state in ('queued', 'running', 'done', 'failed', 'canceled')),
  progress real not null default 0 check (progress between 0 and 1),
  step text collate "C" not null default 'queued' check (length(step) <= 60),
  cancel_requested bool not null default false,
  heard_at timestamptz not null default now(),           -- of the learner, last
  finished_at timestamptz,
  model_id uuid references public.models (id),
  error text check (length(error) <= 1000),
  constraint model_runs_finished check (
    (state in ('done', 'failed', 'canceled')) = (finished_at is not null))
);
create unique index model_runs_one_live on public.model_runs ((true)) where finished_at is null;
create index model_runs_created_at on public.model_runs (created_at desc);
create index model_runs_requested_by on public.model_runs (requested_by)
  where requested_by is not null;
create index model_runs_model_id on public.model_runs (model_id) where model_id is not null;

-- The model's word on each lead; seen exactly with its lead.
create table public.lead_scores (
  submission_id uuid primary key references public.submissions (id) on delete cascade,
  model_id uuid not null references public.models (id),
  scored_at timestamptz not null default now(),
  score smallint not null check (score between 0 and 100),
  probability real not null check (probability between 0 and 1),
  low real not null check (low between 0 and 1),
  high real not null check (high between 0 and 1),
  badge text collate "C" not null check (badge in ('likely', 'unlikely', 'undecided')),
  check (low <= high)
) with (fillfactor = 85);
create index lead_scores_model_id on public.lead_scores (model_id);

-- Leads whose learned score is not there or old. Empty while no model serves.
create table flash.score_queue (
  submission_id uuid primary key references public.submissions (id) on delete cascade,
  queued_at timestamptz not null default now()
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

alter table public.feature_registry enable row level security;
alter table flash.lead_facts enable row level security;
alter table public.models enable row level security;
alter table public.model_runs enable row level security;
alter table public.lead_scores enable row level security;
alter table flash.score_queue enable row level security;

-- A list that is ordered by these scores follows them live.
alter table public.lead_scores replica identity full;
alter publication supabase_realtime add table public.lead_scores;

insert into public.feature_registry (name, label, available, actionable, protected, monotone) values
  ('business_type', 'Type of business', 'create', false, false, 0),
  ('country', 'Country', 'create', false, false, 0),
  ('territory', 'Territory', 'create', false, false, 0),
  ('monthly_revenue', 'Monthly revenue', 'create', false, false, 1),
  ('employees', 'Employees', 'create', false, false, 1),
  ('monthly_transactions', 'Monthly transactions', 'create', false, false, 1),
  ('average_ticket', 'Average ticket', 'create', false, false, 0),
  ('business_age', 'Years in business', 'create', false, false, 0),
  ('interest_level', 'Interest', 'create', true, false, 1),
  ('pain_points', 'Pain points named', 'create', true, false, 0),
  ('pain_high_fees', 'Pain: high fees', 'create', false, false, 0),
  ('processor_named', 'Processor named', 'create', true, false, 0),
  ('decision_makers', 'Decision makers known', 'create', true, false, 0),
  ('needs_length', 'Words on their needs', 'create', true, false, 0),
  ('package_seen', 'Package seen', 'create', true, false, 0),
  ('preferred_language', 'Language', 'create', false, true, 0),
  ('consent_marketing', 'Agreed to marketing', 'create', false, false, 0),
  ('stated_value', 'Stated value', 'create', false, false, 0),
  ('channel', 'Came by', 'create', false, false, 0),
  ('previous_customer', 'Customer before', 'create', false, false, 0),
  ('has_email', 'E-mail given', 'create', true, false, 0),
  ('has_phone', 'Phone given', 'create', true, false, 0);
