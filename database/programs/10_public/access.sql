-- The closure of the tree, resolved settings, and what each person may see.
-- Called by triggers on territories, territory_settings, profiles and profile_territories.
create or replace function flash.uid() returns uuid
language sql stable parallel safe
return auth.uid();

create or replace function flash.my_access(
  out profile_id uuid, out role flash.app_role, out territory_ids int[])
language sql stable security definer set search_path = '' as $$
  select a.profile_id, a.role, a.territory_ids
  from flash.profile_access a where a.profile_id = auth.uid() and a.active
$$;

-- Everybody who shares a node with the caller; what a person may read of the staff list.
create or replace function flash.my_colleagues() returns uuid[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(other.profile_id), '{}')
  from flash.profile_access me
  join flash.profile_access other
    on other.profile_id = me.profile_id or other.territory_ids && me.territory_ids
  where me.profile_id = auth.uid() and me.active
$$;

-- One change of access at a time: two at once would each write what the other's had not yet said,
-- and a node taken away could come back. The lock is held until commit, so the next reads the result.
create or replace function flash.rebuild_access(only_profiles uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtext('flash.profile_access'));
  insert into flash.profile_access as a (profile_id, role, active, territory_ids)
  select p.id, p.role, p.active,
    case when not p.active then '{}'::int[]
      when p.role = 'admin' then array(select t.id from public.territories t order by t.id)
      else array(
        select distinct c.descendant_id from public.profile_territories n
        join flash.territory_paths c on c.ancestor_id = n.territory_id
        where n.profile_id = p.id order by 1) end
  from public.profiles p
  where only_profiles is null or p.id = any (only_profiles)
  on conflict (profile_id) do update
    set role = excluded.role, active = excluded.active, territory_ids = excluded.territory_ids,
        version = a.version + 1
    where (a.role, a.active, a.territory_ids)
      is distinct from (excluded.role, excluded.active, excluded.territory_ids);
end
$$;

create or replace function flash.rebuild_settings() returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- Nearest ancestor first; a null is the parent's. Some seventy places, so all are rebuilt.
  delete from flash.territory_effective;
  insert into flash.territory_effective
  select c.descendant_id,
    (array_agg(s.currency order by c.depth) filter (where s.currency is not null))[1],
    (array_agg(s.time_zone order by c.depth) filter (where s.time_zone is not null))[1],
    (array_agg(s.locale order by c.depth) filter (where s.locale is not null))[1],
    array(select jsonb_array_elements_text((jsonb_agg(to_jsonb(s.languages) order by c.depth)
      filter (where s.languages is not null)) -> 0)),
    array(select jsonb_array_elements_text((jsonb_agg(to_jsonb(s.phone_prefixes) order by c.depth)
      filter (where s.phone_prefixes is not null)) -> 0)),
    (array_agg(s.postal_pattern order by c.depth) filter (where s.postal_pattern is not null))[1],
    (array_agg(s.postal_areas order by c.depth) filter (where s.postal_areas is not null))[1],
    array(select (jsonb_array_elements((jsonb_agg(to_jsonb(s.work_days) order by c.depth)
      filter (where s.work_days is not null)) -> 0))::smallint),
    (array_agg(s.work_start order by c.depth) filter (where s.work_start is not null))[1],
    (array_agg(s.work_end order by c.depth) filter (where s.work_end is not null))[1],
    (array_agg(s.strategy order by c.depth) filter (where s.strategy is not null))[1],
    (array_agg(s.allow_neighbours order by c.depth)
      filter (where s.allow_neighbours is not null))[1],
    (array_agg(s.hold_outside_hours order by c.depth)
      filter (where s.hold_outside_hours is not null))[1],
    array(select jsonb_array_elements_text((jsonb_agg(to_jsonb(s.specialist_types)
      order by c.depth) filter (where s.specialist_types is not null)) -> 0)),
    (array_agg(s.score_multiplier order by c.depth)
      filter (where s.score_multiplier is not null))[1],
    (array_agg(s.auto_deal_score order by c.depth)
      filter (where s.auto_deal_score is not null))[1],
    (array_agg(s.hot_sla_hours order by c.depth) filter (where s.hot_sla_hours is not null))[1],
    (array_agg(s.warm_sla_days order by c.depth) filter (where s.warm_sla_days is not null))[1],
    (array_agg(s.cool_sla_days order by c.depth) filter (where s.cool_sla_days is not null))[1],
    (array_agg(s.cold_sla_days order by c.depth) filter (where s.cold_sla_days is not null))[1],
    (array_agg(s.confirm_by_email order by c.depth)
      filter (where s.confirm_by_email is not null))[1],
    (array_agg(s.block_won_on_compliance order by c.depth)
      filter (where s.block_won_on_compliance is not null))[1],
    (array_agg(s.sub_area_label order by c.depth) filter (where s.sub_area_label is not null))[1],
    (array_agg(s.form_fields order by c.depth) filter (where s.form_fields is not null))[1]
  from flash.territory_paths c
  join public.territory_settings s on s.territory_id = c.ancestor_id
  group by c.descendant_id;
end
$$;

create or replace function flash.rebuild_tree() returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtext('flash.profile_access'));
  if exists (
    with recursive up as (
      select t.id as start, t.parent_id as at from public.territories t
      union
      select up.start, t.parent_id from up join public.territories t on t.id = up.at)
    select from up where up.start = up.at) then
    raise exception 'a territory cannot lie below itself' using errcode = '23514';
  end if;
  -- A few hundred nodes: a full recompute takes some 10 ms and cannot drift.
  with recursive walk as (
    select t.id as ancestor_id, t.id as descendant_id, 0 as depth from public.territories t
    union all
    select w.ancestor_id, t.id, w.depth + 1
    from walk w join public.territories t on t.parent_id = w.descendant_id),
  gone as (
    delete from flash.territory_paths c where not exists (
      select from walk w
      where (w.ancestor_id, w.descendant_id) = (c.ancestor_id, c.descendant_id)))
  insert into flash.territory_paths as c (ancestor_id, descendant_id, depth)
  select w.ancestor_id, w.descendant_id, w.depth from walk w
  on conflict (ancestor_id, descendant_id) do update set depth = excluded.depth
    where c.depth <> excluded.depth;
  perform flash.rebuild_settings();
  perform flash.rebuild_access(null);
end
$$;

select flash.rebuild_tree();

grant execute on function flash.uid(), flash.my_access(), flash.my_colleagues()
  to authenticated, service_role, flash_auth, flash_worker;
