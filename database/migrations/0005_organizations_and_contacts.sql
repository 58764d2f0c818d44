-- Businesses and the people in them, as linked by intake. A contact never changes organisation
-- by itself.
-- On a live system: creates new tables only.
create table public.organizations (
  id uuid primary key default flash.uuid7(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  version int not null default 1,
  territory_id int not null references public.territories (id),
  country char(2) not null check (country ~ '^[A-Z]{2}$'),
  name text not null check (length(btrim(name)) between 2 and 120),
  name_key text collate "C" not null check (length(name_key) <= 240),
  business_type flash.business_type,
  website text check (length(website) <= 254)
);
create index organizations_territory_id on public.organizations (territory_id, name_key)
  where deleted_at is null;
create index organizations_name_key on public.organizations (name_key, country)
  where deleted_at is null;
create index organizations_territory_fk on public.organizations (territory_id);

create table public.contacts (
  id uuid primary key default flash.uuid7(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  version int not null default 1,
  territory_id int not null references public.territories (id),
  organization_id uuid references public.organizations (id),
  full_name text not null check (length(btrim(full_name)) between 2 and 120),
  email text collate "C" check (length(email) between 3 and 254),  -- domain in lower case
  preferred_language flash.language,
  consent_marketing bool not null default false
);
create unique index contacts_email on public.contacts (lower(email)) where deleted_at is null;
create index contacts_territory_id on public.contacts (territory_id, created_at desc);
create index contacts_organization_id on public.contacts (organization_id);

create table public.contact_phones (
  contact_id uuid not null references public.contacts (id) on delete cascade,
  number flash.phone not null,
  label text collate "C" not null default 'mobile'
    check (label in ('mobile', 'work', 'home', 'whatsapp', 'other')),
  is_primary bool not null default false,
  created_at timestamptz not null default now(),
  primary key (contact_id, number)
);
-- With what it belongs to, so that the look-up never prefers the primary key.
create index contact_phones_number on public.contact_phones (number, contact_id);
create unique index contact_phones_one_primary on public.contact_phones (contact_id)
  where is_primary;

alter table public.organizations enable row level security;
alter table public.contacts enable row level security;
alter table public.contact_phones enable row level security;
