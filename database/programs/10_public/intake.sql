-- Intake, the part that reads: places, and what lies on the desk of a batch. Called by the server's
-- worker::Intake and worker::LateLeads; docs/decisions/0008 says why leads are decided in batches.
-- All are SECURITY DEFINER and executable by flash_intake and flash_worker only.

-- The tree, its settings, rules and rates; cached by the server under `version`.
create or replace function flash.intake_places() returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'version', (select m.value::bigint from flash.meta m where m.key = 'places_version'),
    'territories', (
      select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'id', t.id, 'parent_id', t.parent_id, 'kind', t.kind, 'code', t.code, 'name', t.name,
        'country', t.country, 'published', t.published, 'currency', e.currency,
        'phone_prefixes', e.phone_prefixes, 'postal_pattern', e.postal_pattern,
        'postal_areas', e.postal_areas, 'specialist_types', e.specialist_types,
        'strategy', e.strategy, 'allow_neighbours', e.allow_neighbours,
        'hold_outside_hours', e.hold_outside_hours, 'confirm_by_email', e.confirm_by_email,
        'score_percent', (e.score_multiplier * 100)::int, 'auto_deal_score', e.auto_deal_score,
        'form_fields', e.form_fields)) order by t.id)
      from public.territories t join flash.territory_effective e on e.territory_id = t.id),
    'aliases', (
      select jsonb_agg(jsonb_build_object('key', a.alias_key, 'territory_id', a.territory_id))
      from public.territory_aliases a),
    'neighbours', (select jsonb_agg(to_jsonb(n)) from public.territory_neighbours n),
    'rules', (
      select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', r.id,
        'territory_id', r.territory_id, 'priority', r.priority, 'kind', r.kind, 'name', r.name,
        'params', nullif(r.params, '{}'), 'enabled', case when not r.enabled then false end))
        || case when r.condition is null then '{}'
             else jsonb_build_object('condition', r.condition) end order by r.id)
      from public.routing_rules r),
    'rates', (
      select jsonb_object_agg(l.currency, l.usd)
      from (select distinct on (x.currency) x.currency, x.usd from public.exchange_rates x
            where x.rate_date <= current_date order by x.currency, x.rate_date desc) l))
$$;

-- Every change of what intake_places() tells moves its version; new countries get a routing row.
create or replace function flash.places_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update flash.meta m set value = (m.value::bigint + 1)::text, updated_at = now()
  where m.key = 'places_version';
  insert into flash.routing_state (territory_id)
  select t.id from public.territories t where t.kind in ('root', 'country')
  on conflict do nothing;
  return null;
end
$$;

do $$
declare
  t text;
begin
  foreach t in array array['territories', 'territory_settings', 'territory_aliases',
                           'territory_neighbours', 'routing_rules', 'exchange_rates'] loop
    execute format('drop trigger if exists %1$s_80_places on public.%1$s', t);
    execute format('create trigger %1$s_80_places after insert or update or delete or truncate
      on public.%1$s for each statement execute function flash.places_changed()', t);
  end loop;
end
$$;

-- Plans are kept for the life of a connection, which saves some 3 ms a batch; but one made when a table
-- was empty reads whole indexes later. So all are made anew when a table has doubled since.
create or replace function flash.plan_look_ups() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  pages constant bigint[] := array(
    select pg_catalog.pg_relation_size(t.name) / 8192
    from unnest(array['public.submissions', 'public.submission_phones', 'public.contacts',
      'public.contact_phones', 'public.organizations', 'public.deals',
      'flash.idempotency_keys']::regclass[]) with ordinality as t(name, place)
    order by t.place);
  planned constant bigint[] := nullif(current_setting('flash.planned_pages', true), '');
begin
  if planned is null or exists (
      select from unnest(pages, planned) as p(now, before) where p.now > 2 * greatest(p.before, 32)) then
    execute 'discard plans';
    perform set_config('flash.planned_pages', pages::text, false);
  end if;
end
$$;

-- The countries whose routing rows a batch must lock: those of its leads, and every country where
-- somebody works who could get one of them. With them held, nobody else can fill his last place.
create or replace function flash.intake_lock_set(p_countries int[]) returns int[]
language plpgsql stable security definer set search_path = '' as $$
declare
  nodes int[] := array(
    select c.descendant_id from flash.territory_paths c where c.ancestor_id = any (p_countries));
begin
  if exists (select from public.territories r
             where r.kind = 'root' and r.id = any (p_countries)) then
    return array(select r.territory_id from flash.routing_state r);   -- "Unrouted": rare
  end if;
  return array(
    with staffed as (
      select distinct n.id
      from flash.profile_access a cross join lateral unnest(a.territory_ids) as n(id)
      where a.role = 'rep' and a.active and a.territory_ids && nodes)
    select unnest(p_countries)
    union
    select c.id
    from staffed s join public.territories t on t.id = s.id
    join public.territories c on c.country = t.country and c.kind = 'country');
end
$$;

-- Every rep who works in or above one of the countries, with his load of this moment: open leads and
-- deals. Who has a hundred leads more than his capacity is full, and no lead waits until they are
-- all counted.
create or replace function flash.intake_reps(p_countries int[]) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  nodes int[] := array(
    select c.descendant_id from flash.territory_paths c where c.ancestor_id = any (p_countries));
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', p.id, 'name', p.full_name, 'capacity', p.capacity,
      'specialities', p.specialities, 'languages', p.languages,
      'last_us', (extract(epoch from p.last_assigned_at) * 1000000)::bigint,
      'nodes', (select jsonb_agg(n.territory_id) from public.profile_territories n
                where n.profile_id = p.id),
      'absent', exists (select from public.profile_absences a
                        where a.profile_id = p.id and a.ends_at > now()
                          and a.starts_at <= now()),
      -- Null: he has no hours of his own, and the territory's count.
      'at_work', case when coalesce(p.work_days::text, p.work_start::text, p.work_end::text)
          is not null then (
        select extract(isodow from l.at)::smallint = any (coalesce(p.work_days, '{1,2,3,4,5}'))
          and l.at::time >= coalesce(p.work_start, '00:00') and l.at::time < coalesce(p.work_end, '24:00')
        from (select now() at time zone p.time_zone as at) l) end,
      'turns', (select jsonb_object_agg(t.territory_id,
                  (extract(epoch from t.last_assigned_at) * 1000000)::bigint)
                from flash.assignment_turns t
                where t.profile_id = p.id and t.territory_id = any (nodes)),
      'load',
        (select count(*) from (
           select from public.submissions s
           where s.owner_id = p.id and s.status in ('new', 'contacted', 'qualified', 'nurture')
             and s.deleted_at is null
           limit p.capacity + 100) s)
        + (select count(*) from public.deals d
           where d.owner_id = p.id and d.deleted_at is null
             and d.stage in ('new', 'contacted', 'qualified', 'proposal', 'negotiation')
             and not exists (select from public.submissions s
               where s.id = d.submission_id and s.owner_id = p.id and s.deleted_at is null
                 and s.status in ('new', 'contacted', 'qualified', 'nurture'))))
      order by p.id), '[]')
    from flash.profile_access a
    cross join lateral (select x.* from public.profiles x where x.id = a.profile_id offset 0) p
    where a.role = 'rep' and a.active and a.territory_ids && nodes);
end
$$;

-- What changes slowly: deals of the last twelve months and of which trade. The server keeps it for
-- a minute.
create or replace function flash.intake_history() returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_object_agg(h.owner_id, jsonb_build_object('won', h.won,
    'closed', h.closed, 'handled', h.handled)), '{}')
  from (
    select c.owner_id, sum(c.won) as won, sum(c.closed) as closed,
      jsonb_object_agg(c.business_type, c.deals) filter (where c.business_type is not null)
        as handled
    from (
      select d.owner_id, s.business_type, count(*) as deals,
        count(*) filter (where d.outcome = 'won'
          and d.close_date > current_date - interval '12 months') as won,
        count(*) filter (where d.stage = 'closed'
          and d.close_date > current_date - interval '12 months') as closed
      from public.deals d left join public.submissions s on s.id = d.submission_id
      where d.owner_id is not null and d.deleted_at is null
      group by d.owner_id, s.business_type) c
    group by c.owner_id) h
$$;

-- What each arrival is linked to: [{n, business_key, matches, contact_id, organization_id}].
-- Matches are the submissions it may repeat, the strongest of each kind, open ones first.
-- Every look-up is a lateral one with a limit or an offset, which fixes the order of the joins: the
-- arrivals drive, indexes answer.
create or replace function flash.intake_links(p_items jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  return (
    with items as materialized (
      select i.n, i.self, nullif(lower(i.email), '') as email, i.phones, i.country, b.key
      from jsonb_to_recordset(p_items) as i(n int, self uuid, email text, phones text[],
          business_name text, country char(2)),
        lateral (select flash.business_key(i.business_name) as key offset 0) b),
    hits as materialized (
      select i.n, i.self, 1 as strength, h.id
      from items i cross join lateral (
        select s.id from public.submissions s
        where lower(s.email) = i.email order by s.created_at desc limit 100) h
      union all
      select i.n, i.self, 2, h.id
      from items i cross join lateral unnest(i.phones) as p(number)
      cross join lateral (
        select x.submission_id as id from public.submission_phones x
        where x.number = p.number limit 100) h
      union all
      select i.n, i.self, 3, h.id
      from items i cross join lateral (
        select s.id from public.submissions s
        where s.business_key = i.key and s.country = i.country limit 10) h),
    found as (
      select distinct on (h.n, h.strength) h.n, h.strength, l.open, l.lead
      from hits h cross join lateral (
        select s as lead, s.created_at,
          s.status in ('new', 'contacted', 'qualified', 'nurture') as open
        from public.submissions s
        where s.id = h.id and s.deleted_at is null and s.duplicate_of is null
          and s.processed_at is not null and s.id is distinct from h.self
          and s.status_reason is distinct from 'spam' offset 0) l
      order by h.n, h.strength, l.open desc, l.created_at desc),
    matches as materialized (
      select f.n, jsonb_agg(jsonb_build_object(
        'by', (array['email', 'phone', 'name'])[f.strength], 'id', (f.lead).id,
        'owner_id', (f.lead).owner_id, 'open', f.open, 'won', (f.lead).status = 'converted',
        'facts', case when f.open and f.strength < 3 then to_jsonb(f.lead) end)) as list
      from found f group by f.n)
    select jsonb_agg(jsonb_build_object('n', i.n, 'business_key', i.key,
      'matches', (select m.list from matches m where m.n = i.n),
      'contact_id', coalesce(
        (select c.id from public.contacts c
         where lower(c.email) = i.email and c.deleted_at is null limit 1),
        (select c.id from unnest(i.phones) as p(number) cross join lateral (
           select l.id, l.created_at
           from public.contact_phones h cross join lateral (
             select c.id, c.created_at from public.contacts c
             where c.id = h.contact_id and c.deleted_at is null offset 0) l
           where h.number = p.number limit 100) c
         order by c.created_at limit 1)),
      'organization_id', (
        select o.id from public.organizations o
        where o.name_key = i.key and o.country = i.country and o.deleted_at is null
        order by o.created_at limit 1)))
    from items i);
end
$$;

-- The answers given before under the same keys: [{n, hash, response}]. Those that expired are forgotten.
create or replace function flash.intake_answered(p_items jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  seen jsonb;
  expired bool;
begin
  select jsonb_agg(jsonb_build_object('n', i.n, 'hash', k.request_hash, 'response', k.response))
      filter (where k.expires_at >= now()),
    bool_or(k.expires_at < now())
  into seen, expired
  from jsonb_to_recordset(p_items) as i(n int, scope text, key text)
  cross join lateral (
    select x.request_hash, x.response, x.expires_at from flash.idempotency_keys x
    where x.scope = i.scope and x.key = i.key offset 0) k;
  if expired then
    delete from flash.idempotency_keys k
    using jsonb_to_recordset(p_items) as i(scope text, key text)
    where (k.scope, k.key) = (i.scope, i.key) and k.expires_at < now();
  end if;
  return seen;
end
$$;

-- p: {places_version, countries: [territory], history: bool, caller: profile or null,
--     items: [{n, self, email, phones, business_name, country, scope, key, hash}]}.
-- Returns leads::Desk as JSON (src/leads/desk.h) and `answers` to the keys that were seen before;
-- or only {places_version} when the server's copy of the places is old.
create or replace function flash.intake_context(p jsonb) returns jsonb
language plpgsql volatile security definer
set search_path = '' set enable_seqscan = off set jit = off
set plan_cache_mode = force_generic_plan as $$
declare
  version bigint := (select m.value::bigint from flash.meta m where m.key = 'places_version');
  countries int[] := array(select jsonb_array_elements_text(p -> 'countries')::int);
  locks int[] := flash.intake_lock_set(countries);
  items jsonb;
  answers jsonb;
begin
  if version is distinct from (p ->> 'places_version')::bigint then
    return jsonb_build_object('places_version', version);
  end if;
  perform flash.plan_look_ups();
  -- Always in the order of the ids, so that two batches never wait for each other.
  perform from flash.routing_state r where r.territory_id = any (locks)
  order by r.territory_id for update;
  answers := flash.intake_answered(p -> 'items');
  -- From here every statement sees what was committed before the locks were had.
  items := flash.intake_links(p -> 'items');
  return jsonb_build_object(
    'places_version', version,
    'now_us', (extract(epoch from clock_timestamp()) * 1000000)::bigint,
    'this_year', extract(year from now())::int,
    'items', items,
    'answers', answers,
    'reps', flash.intake_reps(countries),
    'history', case when (p ->> 'history')::bool then flash.intake_history() end,
    'closed', (
      select jsonb_agg(e.territory_id) from flash.territory_effective e,
        lateral (select now() at time zone e.time_zone as at) l
      where not (extract(isodow from l.at)::smallint = any (e.work_days)
             and l.at::time >= e.work_start and l.at::time < e.work_end)),
    'managers', (
      select jsonb_agg(jsonb_build_object('id', m.id, 'admin', m.role = 'admin', 'nodes',
        (select jsonb_agg(n.territory_id) from public.profile_territories n
         where n.profile_id = m.id)) order by m.id)
      from public.profiles m where m.active and m.role in ('manager', 'admin')),
    'caller', (
      select jsonb_build_object('role', a.role, 'territory_ids', a.territory_ids)
      from flash.profile_access a where a.profile_id = (p ->> 'caller')::uuid and a.active));
end
$$;

revoke execute on function flash.plan_look_ups(), flash.intake_lock_set(int[]),
  flash.intake_reps(int[]), flash.intake_history(), flash.intake_links(jsonb), flash.intake_answered(jsonb),
  flash.intake_context(jsonb),
  flash.intake_places(), flash.places_changed() from public;
grant execute on function flash.intake_places(), flash.intake_context(jsonb)
  to flash_intake, flash_worker;
