-- What a person is told, and by which channels he wants to be told.
-- On a live system: creates new tables only.
-- Text is rendered in the reader's language from title_key and params, never stored.
create table public.notifications (
  id uuid primary key default flash.uuid7(),
  user_id uuid not null references public.profiles (id) on delete cascade,
  created_at timestamptz not null default now(),
  type text collate "C" not null check (length(type) between 1 and 60),
  title_key text collate "C" not null check (length(title_key) between 1 and 120),
  params jsonb not null default '{}'
    check (jsonb_typeof(params) = 'object' and octet_length(params::text) <= 8192),
  entity_type text collate "C" check (entity_type in ('submission', 'deal', 'import', 'profile')),
  entity_id uuid,
  priority text collate "C" not null default 'normal'
    check (priority in ('low', 'normal', 'high', 'urgent')),
  read_at timestamptz,
  dedupe_key text collate "C" check (length(dedupe_key) <= 200),
  count int not null default 1 check (count >= 1),   -- how many were merged into this one
  check ((entity_type is null) = (entity_id is null))
);
-- Merging looks here; a notice older than the window gives its key up (flash.notify).
create unique index notifications_dedupe on public.notifications (user_id, dedupe_key)
  where dedupe_key is not null;

create table public.notification_prefs (
  user_id uuid not null references public.profiles (id) on delete cascade,
  type text collate "C" not null check (length(type) between 1 and 60),
  in_app bool not null default true,
  email bool not null default true,
  push bool not null default false,
  quiet_from time,
  quiet_to time,
  updated_at timestamptz not null default now(),
  primary key (user_id, type),
  check ((quiet_from is null) = (quiet_to is null))
);

alter table public.notifications enable row level security;
alter table public.notification_prefs enable row level security;
