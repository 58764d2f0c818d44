-- Leads that turned out to be one: what was merged with its way back, and pairs that only look alike.
-- On a live system: two new tables; the index blocks writers of submissions for seconds at a million
-- rows and holds only leads that the pipeline took for a duplicate.
create table public.lead_merges (
  id uuid primary key default flash.uuid7(),
  kept_id uuid not null references public.submissions (id) on delete cascade,
  other_id uuid not null references public.submissions (id) on delete cascade,
  actor_id uuid references public.profiles (id),
  created_at timestamptz not null default now(),
  taken text[] not null default '{}',      -- the facts that came from the other lead
  -- Column to value: of the kept lead before and after, of the other one before.
  before jsonb not null check (jsonb_typeof(before) = 'object'),
  after jsonb not null check (jsonb_typeof(after) = 'object'),
  other_before jsonb not null check (jsonb_typeof(other_before) = 'object'),
  moved jsonb not null check (jsonb_typeof(moved) = 'object'),  -- ids of what went to the kept lead
  undone_at timestamptz,
  undone_by uuid references public.profiles (id),
  check (kept_id <> other_id)
);
create index lead_merges_kept on public.lead_merges (kept_id, created_at desc);
create index lead_merges_other on public.lead_merges (other_id, created_at desc);
create index lead_merges_actor_fk on public.lead_merges (actor_id) where actor_id is not null;
create index lead_merges_undone_by_fk on public.lead_merges (undone_by) where undone_by is not null;

-- Two leads that somebody looked at and found to be different; `low` is the smaller id.
create table flash.leads_apart (
  low uuid not null references public.submissions (id) on delete cascade,
  high uuid not null references public.submissions (id) on delete cascade,
  actor_id uuid references public.profiles (id) on delete set null,
  created_at timestamptz not null default now(),
  primary key (low, high),
  check (low < high)
);
create index leads_apart_high on flash.leads_apart (high);
create index leads_apart_actor_fk on flash.leads_apart (actor_id) where actor_id is not null;

create index submissions_suspected on public.submissions (created_at desc, id desc)
  where deleted_at is null and (duplicate_of is not null or flags <> '{}');

alter table public.lead_merges enable row level security;
alter table flash.leads_apart enable row level security;
