-- Organisations and contacts as screens: paging by name and by age, and changes as they happen.
-- On a live system: the new column rewrites contacts under an exclusive lock (some 5 s a million
-- rows), the indexes block writers of their table while they are built, and from then on an update
-- or delete writes the whole old row to the log (docs/decisions/0006).
set local lock_timeout = '10s';
alter table public.contacts add column name_key text collate "C" not null
  generated always as (left(flash.fold(full_name), 240)) stored;
create index contacts_name_key on public.contacts (territory_id, name_key, id)
  where deleted_at is null;
create index organizations_newest on public.organizations (territory_id, created_at desc, id desc)
  where deleted_at is null;
alter table public.organizations replica identity full;
alter table public.contacts replica identity full;
alter publication supabase_realtime add table public.organizations, public.contacts;
