-- The rules of routing as a manager or an admin sees and changes them. Called by the web app's page
-- of the rules, and by the server's doors (src/api/routing.cpp), which check conditions before.

-- What somebody has seen of the rules of a territory (null: everywhere), as a hash: a change by
-- whatever door gives another.
create or replace function flash.routing_version(p_territory int) returns text
language sql stable security definer set search_path = '' as $$
  select md5(coalesce(string_agg(jsonb_build_array(r.id, r.priority, r.kind, r.name, r.params,
    r.condition, r.enabled)::text, ',' order by r.id), ''))
  from public.routing_rules r where r.territory_id is not distinct from p_territory
$$;

-- Which copy of the rules a server must have to say what they would do now.
create or replace function flash.places_version() returns bigint
language sql stable security definer set search_path = '' as $$
  select m.value::bigint from flash.meta m where m.key = 'places_version'
$$;

-- The rules of a decision that the caller has read; null: it was made before they were kept.
create or replace function flash.rule_set(p_id text) returns jsonb
language sql stable security definer set search_path = '' as $$
  select r.rules from flash.rule_sets r where r.id = p_id
$$;

-- Whether the caller may change the rules of a territory (null: everywhere).
create or replace function flash.may_route(p_territory int) returns bool
language sql stable security definer set search_path = '' as $$
  select exists (select from flash.profile_access a where a.profile_id = auth.uid() and a.active
    and (a.role = 'admin' or a.role = 'manager' and p_territory = any (a.territory_ids)))
$$;

-- The people whom rules of a territory can give leads to, with their load of this moment: those whom
-- the caller works with, for an admin all.
create or replace function flash.routing_people(p_territory int) returns jsonb
language sql stable security definer set search_path = '' as $$
  with history as (select flash.intake_history() as of),
  asked as (
    select case
      when p_territory is null then array(
        select t.id from public.territories t where t.kind = 'country')
      else array(select c.id from public.territories t join public.territories c
        on c.country = t.country and c.kind = 'country' where t.id = p_territory) end as countries)
  select coalesce(jsonb_agg(r.rep || jsonb_build_object(
      'closed', coalesce((h.of -> (r.rep ->> 'id') ->> 'closed')::int, 0),
      'won', coalesce((h.of -> (r.rep ->> 'id') ->> 'won')::int, 0),
      'time_zone', p.time_zone, 'work_days', p.work_days,
      'work_start', to_char(p.work_start, 'HH24:MI'), 'work_end', to_char(p.work_end, 'HH24:MI'),
      'away', (select jsonb_build_object('starts_at', a.starts_at, 'ends_at', a.ends_at)
               from public.profile_absences a
               where a.profile_id = p.id and a.ends_at > now()
                 and a.starts_at < now() + interval '14 days'
               order by a.starts_at limit 1)) - 'turns'
    order by r.rep ->> 'name'), '[]')
  from history h, asked, jsonb_array_elements(flash.intake_reps(asked.countries)) as r(rep)
  join public.profiles p on p.id = (r.rep ->> 'id')::uuid
  join flash.profile_access a on a.profile_id = p.id
  where (p_territory is null or a.territory_ids && flash.subtree(p_territory))
    and ((select m.role from flash.my_access() m) = 'admin'
      or p.id = any ((select flash.my_colleagues())::uuid[]))
$$;

-- All that the page shows of a territory: {territory_id, version, may_edit, rules: its own and those
-- above it, people, settings: how it is resolved}. Null: nothing that the caller may see.
create or replace function public.routing_desk(p_territory int default null) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'territory_id', p_territory, 'version', flash.routing_version(p_territory),
    'may_edit', flash.may_route(p_territory),
    'rules', (
      select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'territory_id', r.territory_id,
        'priority', r.priority, 'kind', r.kind, 'name', r.name, 'enabled', r.enabled,
        'condition', r.condition, 'params', r.params)
        order by r.priority, r.territory_id nulls first), '[]')
      from public.routing_rules r
      where r.territory_id is null or r.territory_id in (
        select c.ancestor_id from flash.territory_paths c where c.descendant_id = p_territory)),
    'people', flash.routing_people(p_territory),
    'settings', (
      select jsonb_build_object('strategy', e.strategy, 'allow_neighbours', e.allow_neighbours,
        'hold_outside_hours', e.hold_outside_hours, 'specialist_types', e.specialist_types,
        'time_zone', e.time_zone, 'work_days', e.work_days,
        'work_start', to_char(e.work_start, 'HH24:MI'), 'work_end', to_char(e.work_end, 'HH24:MI'))
      from flash.territory_effective e where e.territory_id = p_territory))
  where flash.may_route(p_territory) or p_territory is null and exists (
    select from flash.profile_access a
    where a.profile_id = auth.uid() and a.active and a.role = 'manager')
$$;

-- Puts `p_rules` in the place of all rules of a territory (null: everywhere), if they are still as
-- the caller saw them. Rows that do not change are not touched, so the audit log says what did.
-- Row security decides; PT409 version_conflict: somebody else has saved meanwhile.
create or replace function public.save_routing_rules(p_territory int, p_rules jsonb, p_version text)
returns jsonb
language plpgsql volatile security invoker set search_path = '' as $$
begin
  if not flash.may_route(p_territory) then
    raise exception 'These rules are not yours to change.' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtext('flash.routing_rules'), coalesce(p_territory, 0));
  if flash.routing_version(p_territory) is distinct from p_version then
    raise exception 'version_conflict' using errcode = 'PT409',
      detail = 'Somebody else has changed these rules meanwhile.';
  end if;
  delete from public.routing_rules r
  where r.territory_id is not distinct from p_territory and not exists (
    select from jsonb_to_recordset(p_rules) as n(id int) where n.id = r.id);
  update public.routing_rules r
  set priority = n.priority, kind = n.kind, name = n.name, enabled = n.enabled,
    condition = nullif(n.condition, 'null'), params = coalesce(n.params, '{}')
  from jsonb_to_recordset(p_rules) as n(id int, priority smallint, kind text, name text,
    enabled bool, condition jsonb, params jsonb)
  where r.id = n.id and r.territory_id is not distinct from p_territory
    and (r.priority, r.kind, r.name, r.enabled, r.condition, r.params) is distinct from
      (n.priority, n.kind, n.name, n.enabled, nullif(n.condition, 'null'), coalesce(n.params, '{}'));
  insert into public.routing_rules (territory_id, priority, kind, name, enabled, condition, params)
  select p_territory, n.priority, n.kind, n.name, n.enabled, nullif(n.condition, 'null'),
    coalesce(n.params, '{}')
  from jsonb_to_recordset(p_rules) as n(id int, priority smallint, kind text, name text,
    enabled bool, condition jsonb, params jsonb)
  where not exists (select from public.routing_rules r
    where r.id = n.id and r.territory_id is not distinct from p_territory);
  return public.routing_desk(p_territory);
end
$$;

-- Who changed which rule of a territory (null: everywhere), newest first; at most 100. Under the
-- audit log's row security: a manager sees his territories', an admin all.
create or replace function public.routing_history(p_territory int default null)
returns table (at timestamptz, actor_id uuid, actor text, op text, rule text, changed jsonb)
language sql stable security invoker set search_path = '' as $$
  select l.at, l.actor_id, p.full_name, l.op,
    -- Of a rule that is gone, what it was called last.
    coalesce(l.changed -> 'name' ->> 1, r.name, (
      select o.changed -> 'name' ->> 1 from public.audit_log o
      where o.row_id = l.row_id and o.table_name = l.table_name and o.changed ? 'name'
      order by o.at desc, o.id desc limit 1)), l.changed
  from public.audit_log l
  left join public.profiles p on p.id = l.actor_id
  left join public.routing_rules r on r.id::text = l.row_id
  where l.table_name = 'routing_rules' and l.territory_id is not distinct from p_territory
  order by l.at desc, l.id desc limit 100
$$;

revoke execute on function flash.places_version(), flash.rule_set(text), flash.routing_version(int), flash.may_route(int),
  flash.routing_people(int), public.routing_desk(int), public.routing_history(int),
  public.save_routing_rules(int, jsonb, text) from public;
grant execute on function flash.places_version(), flash.rule_set(text)
  to authenticated, service_role;
grant execute on function flash.routing_version(int), flash.may_route(int),
  public.routing_desk(int), public.routing_history(int),
  public.save_routing_rules(int, jsonb, text) to flash_manager, flash_admin;
