-- Rules that choose an owner, and the rows that make the choice safe under concurrency.
-- On a live system: creates new tables only.
create table public.routing_rules (
  id int generated always as identity primary key,
  territory_id int references public.territories (id) on delete cascade,  -- null: everywhere
  priority smallint not null check (priority between 1 and 999),
  kind text collate "C" not null check (kind in
    ('returning_customer', 'high_value', 'specialist', 'territory', 'neighbours', 'parent',
     'queue')),
  name text not null check (length(name) between 1 and 80),
  params jsonb not null default '{}' check (jsonb_typeof(params) = 'object'),
  enabled bool not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index routing_rules_place on public.routing_rules (coalesce(territory_id, 0),
  priority);
create index routing_rules_territory_id on public.routing_rules (territory_id);

-- One row a country (and the root). Assignment locks the row of the lead's country FOR UPDATE:
-- a rep may cover several areas of it, so a lock a leaf would let two leads take his last slot.
create table flash.routing_state (
  territory_id int primary key references public.territories (id) on delete cascade,
  assigned_count bigint not null default 0
);

-- Whose turn it is, for round robin.
create table flash.assignment_turns (
  territory_id int not null references public.territories (id) on delete cascade,
  profile_id uuid not null references public.profiles (id) on delete cascade,
  last_assigned_at timestamptz not null,
  primary key (territory_id, profile_id)
);
create index assignment_turns_profile_id on flash.assignment_turns (profile_id);

alter table public.routing_rules enable row level security;
alter table flash.routing_state enable row level security;
alter table flash.assignment_turns enable row level security;
