-- The people of the sales organisation, the nodes they hold, and their expanded access.
-- On a live system: creates new tables only.
create table public.profiles (
  id uuid primary key references auth.users (id) on delete restrict,
  email text not null check (length(email) between 3 and 254),
  full_name text not null check (length(btrim(full_name)) between 1 and 120),
  role flash.app_role not null,
  active bool not null default true,
  capacity smallint not null default 20 check (capacity between 0 and 1000),  -- open leads
  specialities text[] not null default '{}'
    check (specialities <@ '{restaurant,retail,hospitality,healthcare,automotive,other}'),
  languages text[] not null default '{en}' check (languages <@ '{en,nl,es,fr,pap}'),
  time_zone text collate "C" not null default 'America/Jamaica' check (length(time_zone) <= 64),
  work_days smallint[] check (work_days <@ '{1,2,3,4,5,6,7}'),  -- null: the territory's hours
  work_start time,
  work_end time,
  last_assigned_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (work_start < work_end)
);

-- What an admin assigns. A node carries everything below it.
create table public.profile_territories (
  profile_id uuid not null references public.profiles (id) on delete cascade,
  territory_id int not null references public.territories (id),
  created_at timestamptz not null default now(),
  primary key (profile_id, territory_id)
);
create index profile_territories_territory_id on public.profile_territories (territory_id);

create table public.profile_absences (
  id uuid primary key default flash.uuid7(),
  profile_id uuid not null references public.profiles (id) on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  note text check (length(note) <= 200),
  created_at timestamptz not null default now(),
  check (starts_at < ends_at)
);
create index profile_absences_profile_id on public.profile_absences (profile_id, ends_at);

-- One short row a profile, read by every policy. Written only by triggers; `version` is the key
-- under which a server may cache what the person sees.
create table flash.profile_access (
  profile_id uuid primary key references public.profiles (id) on delete cascade,
  role flash.app_role not null,
  active bool not null,
  territory_ids int[] not null,
  version bigint not null default 1
);

alter table public.profiles enable row level security;
alter table public.profile_territories enable row level security;
alter table public.profile_absences enable row level security;
alter table flash.profile_access enable row level security;
