-- What somebody decided about a recommended step: done, later, or no. The steps themselves are not
-- stored: they follow from the lead (flash.recommendations) and from the model in force.
-- On a live system: creates a new table only.
create table public.recommendation_states (
  submission_id uuid not null references public.submissions (id) on delete cascade,
  -- The rule and what it is about: an entry into a stage, a task, or a fact that the model knows.
  key text collate "C" not null check (length(key) between 1 and 100),
  state text collate "C" not null check (state in ('done', 'snoozed', 'dismissed')),
  until timestamptz,
  decided_by uuid references public.profiles (id),   -- null: the system
  decided_at timestamptz not null default now(),
  primary key (submission_id, key),
  constraint recommendation_states_until check ((state = 'snoozed') = (until is not null))
);
create index recommendation_states_decided_by on public.recommendation_states (decided_by)
  where decided_by is not null;
alter table public.recommendation_states enable row level security;
alter table public.recommendation_states replica identity full;
alter publication supabase_realtime add table public.recommendation_states;
