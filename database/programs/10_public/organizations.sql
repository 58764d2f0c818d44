-- Businesses and the people in them: versions, what belongs to each, pages of both, and the numbers
-- of a person. Called by the web app, with the caller's own rights unless it says otherwise.
create or replace function flash.organization_changes() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.version := old.version + 1;
  new.updated_at := flash.stamp();
  if new.name is distinct from old.name then
    new.name_key := flash.business_key(new.name);
  end if;
  return new;
end
$$;
drop trigger if exists organizations_10_change on public.organizations;
create trigger organizations_10_change before update on public.organizations
  for each row execute function flash.organization_changes();

create or replace function flash.contact_changes() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.version := old.version + 1;
  new.updated_at := flash.stamp();
  return new;
end
$$;
drop trigger if exists contacts_10_change on public.contacts;
create trigger contacts_10_change before update on public.contacts
  for each row execute function flash.contact_changes();

-- What the caller sees of a business: the leads and deals that he could list, and what the deals
-- are worth in US dollars at the rate of their day.
create or replace function public.organization_figures(p_id uuid,
  out leads int, out open_leads int, out open_deals int, out open_usd numeric, out won_deals int,
  out won_usd numeric, out contacts int, out last_activity_at timestamptz)
language plpgsql stable security invoker set search_path = '' as $$
begin
  select count(*), count(*) filter (where s.status in ('new', 'contacted', 'qualified', 'nurture')),
    max(coalesce(s.last_activity_at, s.created_at))
  into leads, open_leads, last_activity_at
  from public.submissions s where s.organization_id = p_id;
  select count(*) filter (where d.stage <> 'closed'), count(*) filter (where d.outcome = 'won'),
    coalesce(round(sum(flash.to_usd(d.value, d.currency, d.rate_date))
      filter (where d.stage <> 'closed'), 2), 0),
    coalesce(round(sum(flash.to_usd(d.value, d.currency, d.rate_date))
      filter (where d.outcome = 'won'), 2), 0)
  into open_deals, won_deals, open_usd, won_usd
  from public.deals d where d.organization_id = p_id;
  select count(*) into contacts from public.contacts c where c.organization_id = p_id;
end
$$;

-- The nodes the caller holds, as far as they lie in a territory; null means all of them.
create or replace function flash.my_nodes(p_territory int) returns int[]
language plpgsql stable set search_path = '' as $$
declare
  held constant int[] := coalesce((select a.territory_ids from flash.my_access() a), '{}');
begin
  if p_territory is null then
    return held;
  end if;
  return array(select c.descendant_id from flash.territory_paths c
    where c.ancestor_id = p_territory and c.descendant_id = any (held));
end
$$;

-- Whether a folded name has a word, or two in a row, that begin like this.
create or replace function flash.begins_a_word(p_key text, p_asked text) returns bool
language sql immutable parallel safe
return p_key ^@ p_asked or position(' ' || p_asked in p_key) > 0;

-- A page of businesses. p_sort: 'name', or 'newest'. It goes on after the last row that was seen:
-- p_after_id with p_after_name or p_after_at. Keys come from one index a node; only the rows of the
-- page are read whole, with their figures.
create or replace function public.organization_page(p_territory int default null,
  p_query text default null, p_sort text default 'name', p_after_id uuid default null,
  p_after_name text default null, p_after_at timestamptz default null, p_limit int default 50)
returns table (id uuid, name text, name_key text, business_type text, country text,
  territory_id int, created_at timestamptz, version int, leads int, open_leads int,
  open_deals int, open_usd numeric, won_deals int, won_usd numeric, contacts int,
  last_activity_at timestamptz)
language plpgsql stable security invoker set search_path = '' as $$
declare
  most constant int := least(greatest(coalesce(p_limit, 50), 1), 200);
  nodes constant int[] := flash.my_nodes(p_territory);
  asked constant text := nullif(flash.fold(left(p_query, 120)), '');
  found uuid[];
begin
  if p_sort = 'newest' then
    found := array(
      select k.id from unnest(nodes) as n(id) cross join lateral (
        select o.id, o.created_at from public.organizations o
        where o.territory_id = n.id and o.deleted_at is null
          and (p_after_id is null or (o.created_at, o.id) < (p_after_at, p_after_id))
          and (asked is null or flash.begins_a_word(o.name_key, asked))
        order by o.created_at desc, o.id desc limit most) k
      order by k.created_at desc, k.id desc limit most);
  else
    found := array(
      select k.id from unnest(nodes) as n(id) cross join lateral (
        select o.id, o.name_key from public.organizations o
        where o.territory_id = n.id and o.deleted_at is null
          and (p_after_id is null or (o.name_key, o.id) > (p_after_name, p_after_id))
          and (asked is null or flash.begins_a_word(o.name_key, asked))
        order by o.name_key, o.id limit most) k
      order by k.name_key, k.id limit most);
  end if;
  return query
  select o.id, o.name, o.name_key, o.business_type::text, o.country::text, o.territory_id,
    o.created_at, o.version, f.leads, f.open_leads, f.open_deals, f.open_usd, f.won_deals,
    f.won_usd, f.contacts, f.last_activity_at
  from unnest(found) with ordinality as p(id, place)
  join public.organizations o on o.id = p.id
  cross join lateral public.organization_figures(o.id) f
  order by p.place;
end
$$;

create or replace function public.organization_count(p_territory int default null,
  p_query text default null)
returns bigint
language sql stable security invoker set search_path = '' as $$
  select count(*) from public.organizations o
  where o.territory_id = any ((select flash.my_nodes(p_territory))::int[])
    and (nullif(flash.fold(left(p_query, 120)), '') is null
      or flash.begins_a_word(o.name_key, flash.fold(left(p_query, 120))))
$$;

-- A page of contacts, as that of businesses. `organization` is null where the caller may not see it.
create or replace function public.contact_page(p_territory int default null,
  p_query text default null, p_sort text default 'name', p_after_id uuid default null,
  p_after_name text default null, p_after_at timestamptz default null, p_limit int default 50)
returns table (id uuid, full_name text, name_key text, email text, phone text,
  organization_id uuid, organization text, territory_id int, created_at timestamptz, version int,
  leads int, open_leads int)
language plpgsql stable security invoker set search_path = '' as $$
declare
  most constant int := least(greatest(coalesce(p_limit, 50), 1), 200);
  nodes constant int[] := flash.my_nodes(p_territory);
  asked constant text := nullif(flash.fold(left(p_query, 120)), '');
  found uuid[];
begin
  if p_sort = 'newest' then
    found := array(
      select k.id from unnest(nodes) as n(id) cross join lateral (
        select c.id, c.created_at from public.contacts c
        where c.territory_id = n.id and c.deleted_at is null
          and (p_after_id is null or (c.created_at, c.id) < (p_after_at, p_after_id))
          and (asked is null or flash.begins_a_word(c.name_key, asked))
        order by c.created_at desc, c.id desc limit most) k
      order by k.created_at desc, k.id desc limit most);
  else
    found := array(
      select k.id from unnest(nodes) as n(id) cross join lateral (
        select c.id, c.name_key from public.contacts c
        where c.territory_id = n.id and c.deleted_at is null
          and (p_after_id is null or (c.name_key, c.id) > (p_after_name, p_after_id))
          and (asked is null or flash.begins_a_word(c.name_key, asked))
        order by c.name_key, c.id limit most) k
      order by k.name_key, k.id limit most);
  end if;
  return query
  select c.id, c.full_name, c.name_key, c.email, h.number::text, o.id, o.name, c.territory_id,
    c.created_at, c.version, f.leads, f.open_leads
  from unnest(found) with ordinality as p(id, place)
  join public.contacts c on c.id = p.id
  left join public.organizations o on o.id = c.organization_id
  left join public.contact_phones h on h.contact_id = c.id and h.is_primary
  cross join lateral (
    select count(*)::int as leads, (count(*) filter (
      where s.status in ('new', 'contacted', 'qualified', 'nurture')))::int as open_leads
    from public.submissions s where s.contact_id = c.id) f
  order by p.place;
end
$$;

create or replace function public.contact_count(p_territory int default null,
  p_query text default null)
returns bigint
language sql stable security invoker set search_path = '' as $$
  select count(*) from public.contacts c
  where c.territory_id = any ((select flash.my_nodes(p_territory))::int[])
    and (nullif(flash.fold(left(p_query, 120)), '') is null
      or flash.begins_a_word(c.name_key, flash.fold(left(p_query, 120))))
$$;

-- Whether the caller may correct a contact: its managers, an admin, and the rep who owns a lead of
-- the person. The same as the policies `change_*` of public.contacts; null where he cannot see it.
create or replace function flash.may_change_contact(p_id uuid) returns bool
language sql stable security definer set search_path = '' as $$
  select me.role = 'admin' or me.role = 'manager'
    or me.role = 'rep' and exists (select from public.submissions s
      where s.contact_id = c.id and s.owner_id = me.profile_id and s.deleted_at is null)
  from (select a.profile_id, a.role, a.territory_ids from flash.my_access() a) me
  join public.contacts c on c.id = p_id and c.deleted_at is null
    and (me.role = 'admin' or c.territory_id = any (me.territory_ids))
$$;

-- Replaces the numbers of a person, over the version that was seen. p_phones: one to five of
-- {number, label}, the first is the primary one. By definer, because the numbers and the contact's
-- version change together. Errors: PT404, PT403, PT409 version_conflict, PT422.
create or replace function public.set_contact_phones(p_id uuid, p_version int, p_phones jsonb)
returns public.contacts
language plpgsql security definer set search_path = '' as $$
declare
  may constant bool := flash.may_change_contact(p_id);
  contact public.contacts;
begin
  if may is null then
    raise exception 'not_found' using errcode = 'PT404', detail = 'There is no such contact.';
  elsif not may then
    raise exception 'forbidden' using errcode = 'PT403',
      detail = 'Only a manager, or who owns a lead of this person, corrects the numbers.';
  end if;
  if jsonb_typeof(p_phones) is distinct from 'array'
     or jsonb_array_length(p_phones) not between 1 and 5 then
    raise exception 'phones_required' using errcode = 'PT422',
      detail = 'A contact has one to five numbers.';
  end if;
  update public.contacts c set version = c.version
  where c.id = p_id and c.version = p_version and c.deleted_at is null returning * into contact;
  if not found then
    raise exception 'version_conflict' using errcode = 'PT409',
      detail = 'Somebody changed the contact meanwhile.';
  end if;
  delete from public.contact_phones h where h.contact_id = p_id;
  begin
    insert into public.contact_phones (contact_id, number, label, is_primary)
    select p_id, e.value ->> 'number', coalesce(e.value ->> 'label', 'mobile'), e.place = 1
    from jsonb_array_elements(p_phones) with ordinality as e(value, place);
  exception when check_violation or not_null_violation or string_data_right_truncation then
    raise exception 'phone_invalid' using errcode = 'PT422',
      detail = 'A number begins with + and its country, such as +18765551234.';
  when unique_violation then
    raise exception 'phone_twice' using errcode = 'PT422', detail = 'A number is there twice.';
  end;
  return contact;
end
$$;

revoke execute on function flash.may_change_contact(uuid),
  public.set_contact_phones(uuid, int, jsonb) from public;
grant execute on function flash.my_nodes(int), flash.begins_a_word(text, text)
  to authenticated, service_role;
grant execute on function public.organization_figures(uuid),
  public.organization_page(int, text, text, uuid, text, timestamptz, int),
  public.organization_count(int, text),
  public.contact_page(int, text, text, uuid, text, timestamptz, int),
  public.contact_count(int, text)
  to flash_rep, flash_manager, flash_viewer, flash_admin, service_role;
grant execute on function public.set_contact_phones(uuid, int, jsonb)
  to flash_rep, flash_manager, flash_admin;
