-- Sales efforts and the history of their stages.
-- On a live system: creates new tables only.
create table public.deals (
  id uuid primary key default flash.uuid7(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  submission_id uuid references public.submissions (id),
  organization_id uuid references public.organizations (id),
  contact_id uuid references public.contacts (id),
  territory_id int not null references public.territories (id),  -- follows the submission
  owner_id uuid references public.profiles (id),
  version int not null default 1,
  title text not null check (length(btrim(title)) between 1 and 160),
  stage flash.deal_stage not null default 'new',
  stage_changed_at timestamptz not null default now(),
  stage_reason text check (length(stage_reason) <= 500),  -- why the last move; needed to reopen
  next_contact_at timestamptz,           -- with a loss: nurture the lead until then
  outcome text collate "C" check (outcome in ('won', 'lost')),
  lost_reason text collate "C" check (lost_reason in
    ('price', 'competitor', 'no_decision', 'no_budget', 'timing', 'product_gap', 'regulatory',
     'other')),
  lost_note text check (length(lost_note) <= 500),
  value numeric(18, 2) check (value >= 0),
  currency flash.currency not null default 'USD',
  rate_date date not null default current_date,  -- the day whose rate turns the value into USD
  expected_close date,
  close_date date,                               -- the day it was won or lost
  probability smallint not null default 5 check (probability between 0 and 100),
  probability_manual bool not null default false,
  lead_score smallint check (lead_score between 0 and 100),
  constraint deals_closed_has_outcome check ((stage = 'closed') = (outcome is not null)),
  constraint deals_closed_has_date check ((stage = 'closed') = (close_date is not null)),
  constraint deals_lost_has_reason check ((outcome is not distinct from 'lost')
    = (lost_reason is not null)),
  constraint deals_other_has_note check (lost_reason is distinct from 'other'
    or coalesce(length(btrim(lost_note)), 0) > 0),
  constraint deals_won_has_value check (outcome is distinct from 'won'
    or coalesce(value, 0) > 0)
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02,
        autovacuum_analyze_scale_factor = 0.02);
alter table public.deals alter column territory_id set statistics 300;

-- territory_id, owner_id and deleted_at repeat the deal's; triggers keep them, so they need no
-- foreign keys of their own (and `profiles` embeds by actor_id without ambiguity).
create table public.deal_stage_history (
  id uuid primary key default flash.uuid7(),
  deal_id uuid not null references public.deals (id) on delete cascade,
  changed_at timestamptz not null default now(),
  actor_id uuid references public.profiles (id),
  from_stage flash.deal_stage,           -- null: the deal began
  to_stage flash.deal_stage not null,
  outcome text collate "C" check (outcome in ('won', 'lost')),
  reason text check (length(reason) <= 500),
  value numeric(18, 2),
  currency flash.currency not null,
  territory_id int not null,
  owner_id uuid,
  deleted_at timestamptz,
  check (from_stage is distinct from to_stage or outcome is not null)
);

alter table public.deals enable row level security;
alter table public.deal_stage_history enable row level security;
