-- What happened to a lead: activities, assignments, scores.
-- On a live system: creates new tables only.
-- territory_id, owner_id and deleted_at repeat those of the lead (or deal) the row belongs to and
-- follow it by trigger, so that a policy, an index or a realtime filter needs no join. As copies
-- they need no foreign keys of their own.
create table public.activities (
  id uuid primary key default flash.uuid7(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  submission_id uuid references public.submissions (id) on delete cascade,
  deal_id uuid references public.deals (id) on delete cascade,
  actor_id uuid references public.profiles (id),   -- null: the system
  kind text collate "C" not null check (kind in
    ('call', 'email', 'meeting', 'visit', 'message', 'note', 'task', 'status_change',
     'assignment', 'intake', 'system')),
  subject text check (length(subject) <= 200),
  body text check (length(body) <= 4000),
  data jsonb not null default '{}'
    check (jsonb_typeof(data) = 'object' and octet_length(data::text) <= 16384),
  due_at timestamptz,
  completed_at timestamptz,
  territory_id int not null,
  owner_id uuid,
  deleted_at timestamptz,
  check (submission_id is not null or deal_id is not null)
) with (fillfactor = 95, autovacuum_vacuum_insert_scale_factor = 0.02);

create table public.assignments (
  id uuid primary key default flash.uuid7(),
  created_at timestamptz not null default now(),
  submission_id uuid not null references public.submissions (id) on delete cascade,
  profile_id uuid references public.profiles (id),        -- null: the queue
  previous_profile_id uuid references public.profiles (id),
  actor_id uuid references public.profiles (id),          -- null: the rules
  source text collate "C" not null
    check (source in ('rules', 'take', 'manual', 'transfer', 'escalation')),
  rule_priority smallint check (rule_priority between 1 and 999),
  rule_kind text collate "C" check (length(rule_kind) <= 40),
  strategy text collate "C" check (strategy in ('least_loaded', 'round_robin')),
  confidence real check (confidence between 0 and 1),
  reason text not null check (length(reason) between 1 and 1000),
  candidates jsonb not null default '[]' check (jsonb_typeof(candidates) = 'array'),
  territory_id int not null,
  owner_id uuid,
  deleted_at timestamptz
);

create table public.score_history (
  id uuid primary key default flash.uuid7(),
  created_at timestamptz not null default now(),
  submission_id uuid not null references public.submissions (id) on delete cascade,
  score smallint not null check (score between 0 and 100),
  previous_score smallint check (previous_score between 0 and 100),
  band text collate "C" not null check (band in ('hot', 'warm', 'cool', 'cold')),
  model text collate "C" not null check (length(model) <= 40),
  factors jsonb not null check (jsonb_typeof(factors) = 'array'),
  adjustment smallint not null check (adjustment between -100 and 100),
  territory_id int not null,
  owner_id uuid,
  deleted_at timestamptz
);

alter table public.activities enable row level security;
alter table public.assignments enable row level security;
alter table public.score_history enable row level security;
