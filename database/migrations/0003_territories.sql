-- The tree of places, its settings, other spellings, neighbours, and the closure of the tree.
-- On a live system: creates new tables only.
create table public.territories (
  id int generated always as identity primary key,
  code text collate "C" not null unique check (code ~ '^[A-Z]{2,8}(-[A-Z0-9]{1,8})*$'),
  name text not null check (length(name) between 1 and 80),
  kind text collate "C" not null check (kind in ('root', 'country', 'region', 'area')),
  parent_id int references public.territories (id),
  country char(2) check (country ~ '^[A-Z]{2}$'),   -- ISO 3166-1; null only at the root
  published bool not null default false,             -- offered by the public form
  sort_order int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((kind = 'root') = (parent_id is null)),
  check ((kind = 'root') = (country is null)),
  check (parent_id is distinct from id)
);
create index territories_parent_id on public.territories (parent_id);
create unique index territories_one_root on public.territories (kind) where kind = 'root';
create unique index territories_one_country on public.territories (country)
  where kind = 'country';

-- A null means "as in the parent". flash.territory_effective holds the resolved values.
create table public.territory_settings (
  territory_id int primary key references public.territories (id) on delete cascade,
  currency flash.currency,
  time_zone text collate "C" check (length(time_zone) <= 64),
  locale text collate "C" check (length(locale) <= 35),
  languages text[] check (cardinality(languages) between 1 and 8),
  phone_prefixes text[] check (cardinality(phone_prefixes) <= 12),   -- E.164 without the plus
  postal_pattern text check (length(postal_pattern) <= 120),         -- null: no postcodes
  postal_areas jsonb check (jsonb_typeof(postal_areas) = 'object'),  -- prefix -> territory code
  work_days smallint[] check (work_days <@ '{1,2,3,4,5,6,7}'),       -- ISO: Monday is 1
  work_start time,
  work_end time,
  strategy text check (strategy in ('least_loaded', 'round_robin')),
  allow_neighbours bool,
  hold_outside_hours bool,
  specialist_types text[],                                           -- business types, rule 30
  score_multiplier numeric(3, 2) check (score_multiplier between 0.80 and 1.20),
  auto_deal_score smallint check (auto_deal_score between 0 and 101),  -- 101 switches it off
  hot_sla_hours smallint check (hot_sla_hours between 1 and 240),    -- working hours
  warm_sla_days smallint check (warm_sla_days between 1 and 60),     -- working days
  cool_sla_days smallint check (cool_sla_days between 1 and 60),
  cold_sla_days smallint check (cold_sla_days between 1 and 60),
  confirm_by_email bool,
  block_won_on_compliance bool,
  sub_area_label text collate "C" check (sub_area_label in ('parish', 'district', 'area')),
  form_fields jsonb check (jsonb_typeof(form_fields) = 'array'),
  updated_at timestamptz not null default now(),
  check (work_start < work_end)
);

create table public.territory_aliases (
  id int generated always as identity primary key,
  territory_id int not null references public.territories (id) on delete cascade,
  alias text not null check (length(alias) between 2 and 80),
  -- Folded. Several places under one key: ask which.
  alias_key text collate "C" not null check (length(alias_key) between 1 and 160),
  unique (alias_key, territory_id)
);
create index territory_aliases_territory_id on public.territory_aliases (territory_id);

-- Symmetric; a trigger writes and removes the other direction.
create table public.territory_neighbours (
  territory_id int not null references public.territories (id) on delete cascade,
  neighbour_id int not null references public.territories (id) on delete cascade,
  primary key (territory_id, neighbour_id),
  check (territory_id <> neighbour_id)
);
create index territory_neighbours_neighbour_id on public.territory_neighbours (neighbour_id);

-- Closure, self pairs included. Written only by the trigger on territories.
create table flash.territory_paths (
  ancestor_id int not null references public.territories (id) on delete cascade,
  descendant_id int not null references public.territories (id) on delete cascade,
  depth int not null check (depth >= 0),
  primary key (ancestor_id, descendant_id)
);
create index territory_paths_descendant on flash.territory_paths (descendant_id, ancestor_id);

-- Settings with inheritance resolved, one row a territory. Written only by triggers.
create table flash.territory_effective (
  territory_id int primary key references public.territories (id) on delete cascade,
  currency flash.currency not null,
  time_zone text collate "C" not null,
  locale text collate "C" not null,
  languages text[] not null,
  phone_prefixes text[] not null,
  postal_pattern text,
  postal_areas jsonb not null,
  work_days smallint[] not null,
  work_start time not null,
  work_end time not null,
  strategy text not null,
  allow_neighbours bool not null,
  hold_outside_hours bool not null,
  specialist_types text[] not null,
  score_multiplier numeric(3, 2) not null,
  auto_deal_score smallint not null,
  hot_sla_hours smallint not null,
  warm_sla_days smallint not null,
  cool_sla_days smallint not null,
  cold_sla_days smallint not null,
  confirm_by_email bool not null,
  block_won_on_compliance bool not null,
  sub_area_label text collate "C" not null,
  form_fields jsonb not null
);

alter table public.territories enable row level security;
alter table public.territory_settings enable row level security;
alter table public.territory_aliases enable row level security;
alter table public.territory_neighbours enable row level security;
alter table flash.territory_paths enable row level security;
alter table flash.territory_effective enable row level security;
