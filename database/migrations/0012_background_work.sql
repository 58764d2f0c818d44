-- Idempotency keys, the outbox, the job queue, secrets and small facts about this database.
-- On a live system: creates new tables only.
create table flash.idempotency_keys (
  scope text collate "C" not null check (length(scope) <= 80),   -- 'anon' or the caller's id
  key text collate "C" not null check (length(key) between 1 and 200),
  request_hash text collate "C" not null check (length(request_hash) <= 128),
  status smallint check (status between 100 and 599),            -- null: still running
  response jsonb,
  submission_id uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '24 hours',
  primary key (scope, key)
);
create index idempotency_keys_expires_at on flash.idempotency_keys (expires_at);

-- Sent after commit, at least once.
create table flash.outbox (
  id bigint generated always as identity primary key,
  created_at timestamptz not null default now(),
  kind text collate "C" not null check (kind in ('email', 'webhook', 'push')),
  payload jsonb not null check (jsonb_typeof(payload) = 'object'),
  dedupe_key text collate "C" unique check (length(dedupe_key) <= 200),
  run_at timestamptz not null default now(),
  attempts smallint not null default 0 check (attempts >= 0),
  locked_until timestamptz,
  finished_at timestamptz,
  outcome text collate "C" check (outcome in ('sent', 'failed', 'skipped')),
  last_error text check (length(last_error) <= 2000),
  constraint outbox_finished check ((finished_at is null) = (outcome is null)),
  constraint outbox_finished_is_free check (finished_at is null or locked_until is null)
);
create index outbox_due on flash.outbox (run_at, id) where finished_at is null;

create table flash.jobs (
  id bigint generated always as identity primary key,
  created_at timestamptz not null default now(),
  kind text collate "C" not null check (length(kind) between 1 and 60),
  key text collate "C" check (length(key) <= 200),   -- one live job a (kind, key)
  payload jsonb not null default '{}' check (jsonb_typeof(payload) = 'object'),
  priority smallint not null default 0,               -- smaller first
  state text collate "C" not null default 'queued'
    check (state in ('queued', 'running', 'done', 'dead')),
  run_at timestamptz not null default now(),
  attempts smallint not null default 0 check (attempts >= 0),
  max_attempts smallint not null default 10 check (max_attempts between 1 and 100),
  locked_by text collate "C" check (length(locked_by) <= 120),
  locked_until timestamptz,
  finished_at timestamptz,
  last_error text check (length(last_error) <= 2000),
  constraint jobs_finished check ((state in ('done', 'dead')) = (finished_at is not null)),
  constraint jobs_running check (
    (state = 'running') = (locked_until is not null and locked_by is not null))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
create unique index jobs_live_key on flash.jobs (kind, key)
  where finished_at is null and key is not null;
create index jobs_due on flash.jobs (priority, run_at, id) where state = 'queued';
create index jobs_lease on flash.jobs (locked_until) where state = 'running';
create index jobs_finished_at on flash.jobs (finished_at) where finished_at is not null;

create table flash.secrets (
  name text collate "C" primary key check (length(name) between 1 and 80),
  value text not null check (length(value) <= 16384),
  created_at timestamptz not null default now()
);

create table flash.meta (
  key text collate "C" primary key check (length(key) between 1 and 80),
  value text not null check (length(value) <= 4000),
  updated_at timestamptz not null default now()
);

alter table flash.idempotency_keys enable row level security;
alter table flash.outbox enable row level security;
alter table flash.jobs enable row level security;
alter table flash.secrets enable row level security;
alter table flash.meta enable row level security;

-- Counts the changes of territories, aliases, settings and rules: processes that keep them look here.
insert into flash.meta (key, value) values ('places_version', '1');
