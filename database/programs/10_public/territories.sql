-- Keeps the closure, the resolved settings, the neighbours and everybody's access in step with
-- the tree and with the staff. Fires on writes to territories and profiles.
create or replace function flash.on_tree_change() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform flash.rebuild_tree();
  return null;
end
$$;

drop trigger if exists territories_tree on public.territories;
create trigger territories_tree after insert or update or delete on public.territories
  for each statement execute function flash.on_tree_change();

create or replace function flash.on_settings_change() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform flash.rebuild_settings();
  return null;
end
$$;

drop trigger if exists territory_settings_resolve on public.territory_settings;
create trigger territory_settings_resolve
  after insert or update or delete on public.territory_settings
  for each statement execute function flash.on_settings_change();

create or replace function flash.check_time_zone() returns trigger
language plpgsql set search_path = '' as $$
begin
  if new.time_zone is not null
     and not exists (select from pg_catalog.pg_timezone_names z where z.name = new.time_zone) then
    raise exception 'unknown time zone "%"', new.time_zone using errcode = '22023';
  end if;
  return new;
end
$$;

drop trigger if exists territory_settings_zone on public.territory_settings;
create trigger territory_settings_zone before insert or update of time_zone
  on public.territory_settings for each row execute function flash.check_time_zone();
drop trigger if exists profiles_zone on public.profiles;
create trigger profiles_zone before insert or update of time_zone
  on public.profiles for each row execute function flash.check_time_zone();

create or replace function flash.fold_alias() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.alias_key := flash.fold(new.alias);
  return new;
end
$$;

drop trigger if exists territory_aliases_fold on public.territory_aliases;
create trigger territory_aliases_fold before insert or update on public.territory_aliases
  for each row execute function flash.fold_alias();

create or replace function flash.mirror_neighbour() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op <> 'INSERT' then
    delete from public.territory_neighbours n
    where (n.territory_id, n.neighbour_id) = (old.neighbour_id, old.territory_id);
  end if;
  if tg_op <> 'DELETE' then
    insert into public.territory_neighbours (territory_id, neighbour_id)
    values (new.neighbour_id, new.territory_id) on conflict do nothing;
  end if;
  return null;
end
$$;

drop trigger if exists territory_neighbours_mirror on public.territory_neighbours;
create trigger territory_neighbours_mirror
  after insert or update or delete on public.territory_neighbours
  for each row execute function flash.mirror_neighbour();

create or replace function flash.on_profile_change() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and old.role = 'admin' and old.active and not exists (
      select from public.profiles p where p.role = 'admin' and p.active) then
    raise exception 'last_admin' using errcode = 'PT409',
      detail = 'At least one admin must stay active.';
  end if;
  perform flash.rebuild_access(array[new.id]);
  -- Tokens carry the role in app_metadata; the profile row is where it is decided.
  update auth.users u
  set raw_app_meta_data = u.raw_app_meta_data || jsonb_build_object('role', new.role::text),
      updated_at = now()
  where u.id = new.id and u.raw_app_meta_data ->> 'role' is distinct from new.role::text;
  return null;
end
$$;

drop trigger if exists profiles_access_new on public.profiles;
create trigger profiles_access_new after insert on public.profiles
  for each row execute function flash.on_profile_change();
drop trigger if exists profiles_access on public.profiles;
create trigger profiles_access after update on public.profiles
  for each row when ((old.role, old.active) is distinct from (new.role, new.active))
  execute function flash.on_profile_change();

create or replace function flash.on_profile_territory_change() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    perform flash.rebuild_access(array(select n.profile_id from new_rows n));
  elsif tg_op = 'DELETE' then
    perform flash.rebuild_access(array(select o.profile_id from old_rows o));
  else
    perform flash.rebuild_access(array(select n.profile_id from new_rows n
                                       union select o.profile_id from old_rows o));
  end if;
  return null;
end
$$;

drop trigger if exists profile_territories_insert on public.profile_territories;
create trigger profile_territories_insert after insert on public.profile_territories
  referencing new table as new_rows
  for each statement execute function flash.on_profile_territory_change();
drop trigger if exists profile_territories_update on public.profile_territories;
create trigger profile_territories_update after update on public.profile_territories
  referencing new table as new_rows old table as old_rows
  for each statement execute function flash.on_profile_territory_change();
drop trigger if exists profile_territories_delete on public.profile_territories;
create trigger profile_territories_delete after delete on public.profile_territories
  referencing old table as old_rows
  for each statement execute function flash.on_profile_territory_change();

-- The address people sign in with is the address shown.
create or replace function flash.on_user_email_change() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.profiles p set email = new.email where p.id = new.id and p.email <> new.email;
  return null;
end
$$;

drop trigger if exists users_email on auth.users;
create trigger users_email after update on auth.users
  for each row when (old.email is distinct from new.email and new.email is not null)
  execute function flash.on_user_email_change();

create or replace function flash.touch() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.updated_at := flash.stamp();
  return new;
end
$$;

do $$
declare
  t text;
begin
  foreach t in array array['territories', 'territory_settings', 'profiles', 'routing_rules',
                           'activities', 'notification_prefs', 'saved_views', 'dashboard_layouts'] loop
    execute format('drop trigger if exists %1$s_touch on public.%1$s', t);
    execute format('create trigger %1$s_touch before update on public.%1$s
      for each row execute function flash.touch()', t);
  end loop;
end
$$;
