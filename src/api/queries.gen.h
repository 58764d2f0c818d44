#pragma once
// The SQL of this room: made from database/queries/api by tools/gen_queries.py.
#include "sql/fragment.h"

// clang-format off
namespace flash::api::queries {

// :one (job bigint) -> (run jsonb)
inline constexpr sql::Literal cancel_training{R"sql(select public.cancel_training($1))sql"};

// :one (id uuid, version int, facts jsonb) -> (submission jsonb)
inline constexpr sql::Literal change_submission{R"sql(update public.submissions s
set (business_name, owner_name, email, postal_code, address, business_type, monthly_revenue_band,
     employee_band, monthly_transactions, average_ticket, year_established, pain_points,
     current_processor, interest_level, decision_makers, specific_needs, package_seen, signed_up,
     preferred_language, consent_marketing, stated_value, form_data)
  = (select f.business_name, f.owner_name, f.email, f.postal_code, f.address, f.business_type,
       f.monthly_revenue_band, f.employee_band, f.monthly_transactions, f.average_ticket,
       f.year_established, f.pain_points, f.current_processor, f.interest_level,
       f.decision_makers, f.specific_needs, f.package_seen, f.signed_up, f.preferred_language,
       f.consent_marketing, f.stated_value, f.form_data
     from jsonb_populate_record(s, $3::jsonb) f)
where s.id = $1 and s.version = $2
returning to_jsonb(s))sql"};

// :one (id uuid, version int) -> (deleted bool)
inline constexpr sql::Literal delete_submission{R"sql(select public.soft_delete_submission($1, $2))sql"};

// :one (seller text, publishable_key text) -> (document jsonb)
inline constexpr sql::Literal form_config{R"sql(select flash.form_config($1, $2))sql"};

// :one (territory text, days int) -> (insights jsonb)
inline constexpr sql::Literal insights{R"sql(select jsonb_build_object('days', $2::int,
  'territories', flash.performance_json('territory', (select t.id from public.territories t
    where t.code = $1), $2),
  'reps', flash.performance_json('rep', (select t.id from public.territories t where t.code = $1), $2))
where $1::text is null or exists (select from public.territories t where t.code = $1))sql"};

// :one (lead uuid, ids uuid[]) -> (examples jsonb)
inline constexpr sql::Literal lead_examples{R"sql(select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'business_name', n.business_name,
  'status', n.status, 'created_at', n.created_at, 'same_territory', n.same) order by n.same desc,
  n.far), '[]')
from (
  select s.id, s.business_name, s.status, s.created_at,
    s.territory_id is not distinct from
      (select l.territory_id from public.submissions l where l.id = $1) as same,
    abs(array_position($2, s.id) - (cardinality($2) + 1) / 2.0) as far
  from public.submissions s where s.id = any ($2) and s.id <> $1
  order by same desc, far limit 5) n)sql"};

// :one (id uuid) -> (document jsonb)
inline constexpr sql::Literal lead_facts{R"sql(select jsonb_build_object('features', flash.lead_features(s),
  'age_days', extract(epoch from now() - s.created_at) / 86400,
  'amount', coalesce((select d.value from public.deals d where d.submission_id = s.id
      and d.deleted_at is null and d.value is not null order by d.created_at desc limit 1), s.stated_value),
  'currency', coalesce((select d.currency from public.deals d where d.submission_id = s.id
      and d.deleted_at is null and d.value is not null order by d.created_at desc limit 1),
    s.currency),
  'rule', jsonb_build_object('score', s.lead_score, 'band', s.score_band, 'model', s.score_model,
    'factors', s.score_factors, 'computed_at', s.scored_at))
from public.submissions s where s.id = $1)sql"};

// :one (id uuid) -> (recommendations jsonb)
inline constexpr sql::Literal lead_recommendations{R"sql(select flash.recommendations(s.id) from public.submissions s where s.id = $1)sql"};

// :one (status text, territory text, before_time timestamptz, before_id uuid, most int) -> (page jsonb)
inline constexpr sql::Literal list_submissions{R"sql(select jsonb_build_object(
  'submissions', coalesce(jsonb_agg(to_jsonb(s) order by s.created_at desc, s.id desc), '[]'),
  'next', case when count(*) = $5 then (array_agg(
    to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ',' || s.id
    order by s.created_at, s.id))[1] end)
from (
  select * from public.submissions s
  where ($1::text is null or s.status = $1)
    and ($2::text is null or s.territory_id in (
      select c.id from public.territories c where c.code = $2))
    and ($3::timestamptz is null or (s.created_at, s.id) < ($3, $4::uuid))
  order by s.created_at desc, s.id desc
  limit $5) s)sql"};

// :one () -> (document jsonb)
inline constexpr sql::Literal models{R"sql(select jsonb_build_object(
  'models', coalesce((select jsonb_agg(to_jsonb(m) order by m.created_at desc) from (
    select id, created_at, status, stage, sha256, seed, leads, won, leads_from, leads_to, code,
      reason, report, promoted_at, promoted_by
    from public.models order by created_at desc limit 50) m), '[]'),
  'drift', coalesce((select jsonb_agg(jsonb_build_object('field', d.field, 'psi', d.psi,
      'leads', d.leads, 'day', d.day) order by d.psi desc, d.field)
    from public.models m join public.model_drift d on d.model_id = m.id
    where m.status = 'champion' and d.day = (select max(l.day) from public.model_drift l
      where l.model_id = m.id)), '[]'))
  || flash.model_state())sql"};

// :one (query text, columns text[], ids int) -> (done void)
inline constexpr sql::Literal note_export{R"sql(select flash.note_export($1, $2, $3))sql"};

// :one (schema text, follow_privileges bool, base json) -> (document text)
inline constexpr sql::Literal openapi{R"sql(with
relation as (
  select c.oid, c.relname as name, c.relkind,
    pg_catalog.obj_description(c.oid, 'pg_class') as comment,
    pg_catalog.pg_relation_is_updatable(c.oid, true) as verbs
  from pg_catalog.pg_class c
  where c.relnamespace = (select n.oid from pg_catalog.pg_namespace n where n.nspname = $1)
    and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and (not $2 or pg_catalog.has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE')
      or pg_catalog.has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE'))
),
kind(oid, name, format, swagger, items, choices) as (
  select t.oid, t.typname, pg_catalog.format_type(t.oid, null), swagger.type,
    case when base.typcategory = 'A' then
      case element.typcategory when 'N' then 'number' when 'B' then 'boolean' else 'string' end end,
    (select pg_catalog.json_agg(e.enumlabel order by e.enumsortorder) from pg_catalog.pg_enum e
     where e.enumtypid = base.oid)
  from pg_catalog.pg_type t
  join pg_catalog.pg_type base on base.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
  left join pg_catalog.pg_type element on element.oid = base.typelem
  cross join lateral (select case
    when base.typcategory = 'A' then 'array'
    when base.typname in ('int2', 'int4', 'int8') then 'integer'
    when base.typcategory = 'N' then 'number'
    when base.typcategory = 'B' then 'boolean'
    when base.typname in ('json', 'jsonb') then null
    else 'string' end) as swagger(type)
),
key as (
  select k.conrelid, k.conkey[1] as number, target.relname as target, a.attname as column
  from pg_catalog.pg_constraint k
  join pg_catalog.pg_class target on target.oid = k.confrelid
  join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = k.confkey[1]
  where k.contype = 'f' and pg_catalog.cardinality(k.conkey) = 1
    and k.conrelid in (select oid from relation)
),
field as (
  select r.oid, r.name as relation, a.attname as name, a.attnum as position,
    a.attnotnull as required,
    kind.swagger, kind.format, kind.items, kind.choices,
    case when a.attgenerated = '' then pg_catalog.pg_get_expr(d.adbin, d.adrelid) end as formula,
    case when kind.name in ('varchar', 'bpchar') and a.atttypmod > 4 then a.atttypmod - 4 end as longest,
    pg_catalog.concat_ws(E'\n\n', pg_catalog.col_description(r.oid, a.attnum),
      nullif(pg_catalog.concat_ws(E'\n',
        case when pk.conrelid is not null or fk.target is not null then 'Note:' end,
        case when pk.conrelid is not null then 'This is a Primary Key.<pk/>' end,
        case when fk.target is not null then pg_catalog.format(
          'This is a Foreign Key to `%s.%s`.<fk table=''%s'' column=''%s''/>',
          fk.target, fk.column, fk.target, fk.column) end), '')) as comment
  from relation r
  join pg_catalog.pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  join kind on kind.oid = a.atttypid
  left join pg_catalog.pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
  left join pg_catalog.pg_constraint pk on pk.conrelid = r.oid and pk.contype = 'p' and a.attnum = any (pk.conkey)
  left join lateral (select key.target, key.column from key
    where key.conrelid = r.oid and key.number = a.attnum limit 1) fk on true
),
argument as (
  select p.oid, a.position, a.name, kind.swagger, kind.format, kind.items,
    a.position <= p.pronargs - p.pronargdefaults as required
  from pg_catalog.pg_proc p
  cross join lateral unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as t(type, place)
  cross join lateral (select coalesce(p.proargmodes[t.place], 'i'::"char") as mode) m
  cross join lateral (select t.place as position, coalesce(p.proargnames[t.place], '') as name) a
  join kind on kind.oid = t.type
  where m.mode in ('i', 'b', 'v')
),
routine as (
  select distinct on (p.proname) p.oid, p.proname as name, p.provolatile <> 'v' as by_get,
    pg_catalog.obj_description(p.oid, 'pg_proc') as comment
  from pg_catalog.pg_proc p
  where p.pronamespace = (select n.oid from pg_catalog.pg_namespace n where n.nspname = $1)
    and p.prokind = 'f'
    and p.prorettype not in ('pg_catalog.trigger'::regtype, 'pg_catalog.event_trigger'::regtype)
    and (not $2 or pg_catalog.has_function_privilege(p.oid, 'EXECUTE'))
  order by p.proname, p.pronargs
),
reference as (
  select f.oid, pg_catalog.json_agg(pg_catalog.json_build_object('$ref',
    '#/parameters/rowFilter.' || f.relation || '.' || f.name) order by f.position) as filters
  from field f group by f.oid
),
operation as (
  select r.oid, r.name, verb.name as verb, verb.place, pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
    'tags', pg_catalog.json_build_array(r.name),
    'summary', pg_catalog.split_part(r.comment, E'\n', 1),
    'description', nullif(pg_catalog.ltrim(pg_catalog.substr(r.comment,
      pg_catalog.length(pg_catalog.split_part(r.comment, E'\n', 1)) + 1), E'\n'), ''),
    'parameters', (
      select coalesce(pg_catalog.json_agg(one.value), '[]') from (
        select f.value from reference x, pg_catalog.json_array_elements(x.filters) f
          where x.oid = r.oid and verb.filters
        union all
        select pg_catalog.json_build_object('$ref', '#/parameters/' || pg_catalog.replace(named, '*', r.name))
          from unnest(verb.shared) named) one(value)),
    'responses', case verb.name
      when 'get' then pg_catalog.json_build_object(
        '200', pg_catalog.json_build_object('description', 'OK', 'schema', pg_catalog.json_build_object(
          'type', 'array', 'items', pg_catalog.json_build_object('$ref', '#/definitions/' || r.name))),
        '206', '{"description":"Partial Content"}'::json)
      when 'post' then '{"201":{"description":"Created"}}'::json
      else '{"204":{"description":"No Content"}}'::json end)) as body
  from relation r
  cross join lateral (values
    ('get', 1, true, true, '{select,order,range,rangeUnit,offset,limit,preferCount}'::text[]),
    ('post', 2, (r.verbs & 8) = 8, false, '{body.*,select,preferPost}'),
    ('delete', 3, (r.verbs & 16) = 16, true, '{preferReturn}'),
    ('patch', 4, (r.verbs & 4) = 4, true, '{body.*,preferReturn}')
  ) as verb(name, place, possible, filters, shared)
  where verb.possible
),
arguments as (
  select a.oid,
    pg_catalog.json_agg(pg_catalog.json_strip_nulls(pg_catalog.json_build_object('name', a.name, 'in', 'query',
      'required', a.required, 'type', coalesce(a.swagger, 'string'), 'format', a.format,
      'items', case when a.swagger = 'array' then pg_catalog.json_build_object('type', a.items) end,
      'collectionFormat', case when a.swagger = 'array' then 'multi' end))
      order by a.position) as by_get,
    pg_catalog.json_object_agg(a.name, pg_catalog.json_strip_nulls(pg_catalog.json_build_object('format', a.format,
      'type', a.swagger, 'items', case when a.swagger = 'array' then pg_catalog.json_build_object('type', a.items) end))
      order by a.position) as properties,
    coalesce(pg_catalog.json_agg(a.name order by a.position) filter (where a.required), '[]') as required
  from argument a where a.name <> '' group by a.oid
),
path(name, body) as (
  select '/', pg_catalog.json_build_object('get', '{"tags":["Introspection"],
    "summary":"OpenAPI description (this document)", "produces":["application/openapi+json","application/json"],
    "responses":{"200":{"description":"OK"}}}'::json)
  union all
  select '/' || o.name, pg_catalog.json_object_agg(o.verb, o.body order by o.place) from operation o group by o.name
  union all
  select '/rpc/' || r.name, pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
    'get', case when r.by_get then pg_catalog.json_build_object(
      'tags', pg_catalog.json_build_array('(rpc) ' || r.name), 'summary', r.comment,
      'produces', '["application/json","application/vnd.pgrst.object+json"]'::json,
      'parameters', coalesce(a.by_get, '[]'), 'responses', '{"200":{"description":"OK"}}'::json) end,
    'post', pg_catalog.json_build_object(
      'tags', pg_catalog.json_build_array('(rpc) ' || r.name), 'summary', r.comment,
      'produces', '["application/json","application/vnd.pgrst.object+json"]'::json,
      'parameters', pg_catalog.json_build_array(
        pg_catalog.json_build_object('name', 'args', 'in', 'body', 'required', true, 'schema',
          pg_catalog.json_strip_nulls(pg_catalog.json_build_object('type', 'object', 'description', r.comment,
            'required', case when a.required::text <> '[]' then a.required end,
            'properties', coalesce(a.properties, '{}')))),
        '{"$ref":"#/parameters/preferParams"}'::json),
      'responses', '{"200":{"description":"OK"}}'::json)))
  from routine r left join arguments a on a.oid = r.oid
),
parameter(name, body) as (
  select f.name, pg_catalog.json_build_object('name', 'Prefer', 'description', 'Preference', 'required', false,
    'in', 'header', 'type', 'string', 'enum', f.choices::json)
  from (values
    ('preferParams', '["params=single-object"]'),
    ('preferReturn', '["return=representation","return=minimal","return=none"]'),
    ('preferCount', '["count=none"]'),
    ('preferPost', '["return=representation","return=minimal","return=none",
      "resolution=ignore-duplicates","resolution=merge-duplicates"]')) as f(name, choices)
  union all
  select f.name, pg_catalog.json_strip_nulls(pg_catalog.json_build_object('name', f.said, 'description', f.meaning,
    'required', false, 'in', f.place, 'type', 'string', 'default', f.given))
  from (values
    ('select', 'select', 'Filtering Columns', 'query', null),
    ('on_conflict', 'on_conflict', 'On Conflict', 'query', null),
    ('order', 'order', 'Ordering', 'query', null),
    ('range', 'Range', 'Limiting and Pagination', 'header', null),
    ('rangeUnit', 'Range-Unit', 'Limiting and Pagination', 'header', 'items'),
    ('offset', 'offset', 'Limiting and Pagination', 'query', null),
    ('limit', 'limit', 'Limiting and Pagination', 'query', null)) as f(name, said, meaning, place, given)
  union all
  select 'body.' || r.name, pg_catalog.json_strip_nulls(pg_catalog.json_build_object('name', r.name, 'description', r.comment,
    'required', false, 'in', 'body', 'schema', pg_catalog.json_build_object('$ref', '#/definitions/' || r.name)))
  from relation r
  union all
  select 'rowFilter.' || f.relation || '.' || f.name, pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
    'name', f.name, 'description', nullif(f.comment, ''), 'required', false, 'in', 'query', 'type', 'string'))
  from field f
),
definition(name, body) as (
  select r.name, pg_catalog.json_strip_nulls(pg_catalog.json_build_object('description', r.comment,
    'required', (select pg_catalog.json_agg(f.name order by f.position) from field f where f.oid = r.oid and f.required),
    'properties', (select coalesce(pg_catalog.json_object_agg(f.name, pg_catalog.json_strip_nulls(
        pg_catalog.json_build_object('description', nullif(f.comment, ''), 'format', f.format, 'type', f.swagger,
          'items', case when f.swagger = 'array' then pg_catalog.json_build_object('type', f.items) end,
          'enum', f.choices, 'maxLength', f.longest, 'default', case
            when f.swagger = 'string' then
              pg_catalog.to_json(pg_catalog.regexp_replace(f.formula, '^''(.*)''::[^'']*$', '\1'))
            when f.swagger in ('integer', 'number') and f.formula ~ '^-?[0-9]+(\.[0-9]+)?$'
              or f.swagger = 'boolean' and f.formula in ('true', 'false') then f.formula::json end)) order by f.position), '{}')
      from field f where f.oid = r.oid),
    'type', 'object'))
  from relation r
)
select (pg_catalog.rtrim(pg_catalog.json_strip_nulls($3)::text, '}') || ',' || pg_catalog.ltrim(
  pg_catalog.json_build_object(
    'info', (select pg_catalog.json_build_object(
        'title', coalesce(nullif(pg_catalog.split_part(said.comment, E'\n', 1), ''), 'PostgREST API'),
        'description', coalesce(pg_catalog.ltrim(pg_catalog.substr(said.comment,
          pg_catalog.length(pg_catalog.split_part(said.comment, E'\n', 1)) + 1), E'\n'),
          'This is a dynamic API generated by PostgREST'),
        'version', '16')
      from (select pg_catalog.obj_description(n.oid, 'pg_namespace') as comment
        from pg_catalog.pg_namespace n where n.nspname = $1) said),
    'consumes', produces.list, 'produces', produces.list,
    'paths', (select pg_catalog.json_object_agg(name, body order by name) from path),
    'parameters', (select pg_catalog.json_object_agg(name, body order by name) from parameter),
    'definitions', (select coalesce(pg_catalog.json_object_agg(name, body order by name), '{}') from definition),
    'externalDocs', '{"description":"PostgREST Documentation","url":"https://docs.postgrest.org/en/v16/references/api.html"}'::json
  )::text, '{'))::text as document
from (select '["application/json","application/vnd.pgrst.object+json;nulls=stripped",
  "application/vnd.pgrst.object+json","text/csv"]'::json as list) produces)sql"};

// :one (id uuid) -> (document jsonb)
inline constexpr sql::Literal promote_model{R"sql(select jsonb_build_object('champion', public.promote_model($1)))sql"};

// :one () -> (document jsonb)
inline constexpr sql::Literal rep_tracking{R"sql(with me as (select a.profile_id, a.role from flash.my_access() a),
work as (
  select p.id, p.full_name as name, p.active, p.capacity, p.last_assigned_at,
    (select count(*) from public.submissions s where s.owner_id = p.id
       and s.status in ('new', 'contacted', 'qualified', 'nurture')) as open_leads,
    (select count(*) from public.submissions s where s.owner_id = p.id
       and s.first_response_at is not null) as contacted,
    (select percentile_cont(0.5) within group (
       order by extract(epoch from s.first_response_at - s.created_at) / 60)
     from public.submissions s
     where s.owner_id = p.id and s.first_response_at is not null) as response_minutes,
    (select count(*) from public.deals d where d.owner_id = p.id and d.outcome = 'won'
       and d.close_date > current_date - interval '12 months') as won,
    (select count(*) from public.deals d where d.owner_id = p.id and d.stage = 'closed'
       and d.close_date > current_date - interval '12 months') as closed
  from public.profiles p where p.role = 'rep'),
ranked as (
  select w.*, rank() over (order by w.won desc, w.open_leads) as rank, count(*) over () as reps
  from work w)
select jsonb_build_object('reps', coalesce(jsonb_agg(jsonb_build_object(
  'profile_id', r.id, 'name', r.name, 'active', r.active, 'capacity', r.capacity,
  'open_leads', r.open_leads,
  'ratio', case when r.capacity > 0 then round(r.open_leads::numeric / r.capacity, 3) end,
  'load', case when r.open_leads >= r.capacity then 'full'
    when r.open_leads >= 0.8 * r.capacity then 'busy' else 'available' end,
  'contacted', r.contacted,
  'median_first_response_minutes', round(r.response_minutes::numeric, 1),
  'won', r.won, 'closed', r.closed,
  'conversion', round((r.won + 1)::numeric / (r.closed + 2), 3),
  'last_assigned_at', r.last_assigned_at, 'rank', r.rank, 'of', r.reps)
  order by r.rank, r.name), '[]'))
from ranked r
where (select m.role from me m) <> 'rep' or r.id = (select m.profile_id from me m))sql"};

// :one () -> (stats jsonb)
inline constexpr sql::Literal rep_tracking_stats{R"sql(with work as (
  select p.capacity, p.active, (select count(*) from public.submissions s where s.owner_id = p.id
    and s.status in ('new', 'contacted', 'qualified', 'nurture')) as open_leads
  from public.profiles p where p.role = 'rep')
select jsonb_build_object(
  'reps', count(*), 'active', count(*) filter (where w.active),
  'capacity', coalesce(sum(w.capacity) filter (where w.active), 0),
  'open_leads', coalesce(sum(w.open_leads), 0),
  'available', count(*) filter (where w.active and w.open_leads < 0.8 * w.capacity),
  'busy', count(*) filter (where w.active and w.open_leads >= 0.8 * w.capacity
    and w.open_leads < w.capacity),
  'full', count(*) filter (where w.active and w.open_leads >= w.capacity),
  'unassigned', (select count(*) from public.submissions s where s.owner_id is null
    and s.status in ('new', 'contacted', 'qualified', 'nurture')))
from work w)sql"};

// :one (territory int, most int) -> (cases jsonb)
inline constexpr sql::Literal routing_cases{R"sql(select jsonb_build_object('places_version', flash.places_version(), 'leads',
  coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'reference', s.reference,
    'business_name', s.business_name, 'created_at', s.created_at, 'territory_id', s.territory_id,
    'owner_id', a.profile_id, 'rule_priority', a.rule_priority, 'inputs', a.inputs,
    'rules', flash.rule_set(a.rule_set),
    'candidates', a.candidates) order by s.created_at desc, s.id), '[]'))
from (
  select l.id, l.reference, l.business_name, l.created_at, l.territory_id
  from public.submissions l
  where l.deleted_at is null and l.duplicate_of is null and l.processed_at is not null
    and l.status_reason is distinct from 'spam'
    and ($1::int is null or l.territory_id = any (flash.subtree($1)))
    and exists (select from public.assignments d where d.submission_id = l.id and d.source = 'rules')
  order by l.created_at desc limit $2) s
cross join lateral (
  select d.profile_id, d.rule_priority, d.inputs, d.rule_set, d.candidates
  from public.assignments d
  where d.submission_id = s.id and d.source = 'rules'
  order by d.created_at desc limit 1) a)sql"};

// :one (id uuid) -> (decision jsonb)
inline constexpr sql::Literal routing_decision{R"sql(select jsonb_build_object('places_version', flash.places_version(), 'id', s.id, 'territory_id', s.territory_id, 'owner_id', a.profile_id,
  'rule_priority', a.rule_priority, 'rule_kind', a.rule_kind, 'reason', a.reason,
  'decided_at', a.created_at, 'inputs', a.inputs,
  'rules', flash.rule_set(a.rule_set), 'candidates', a.candidates)
from public.submissions s cross join lateral (
  select d.profile_id, d.rule_priority, d.rule_kind, d.reason, d.created_at, d.inputs, d.rule_set,
    d.candidates
  from public.assignments d
  where d.submission_id = s.id and d.source = 'rules'
  order by d.created_at desc limit 1) a
where s.id = $1)sql"};

// :one (territory int, rules jsonb, version text) -> (desk jsonb)
inline constexpr sql::Literal save_routing_rules{R"sql(select public.save_routing_rules($1, $2, $3))sql"};

// :one (id uuid) -> (document jsonb)
inline constexpr sql::Literal submission{R"sql(select jsonb_build_object(
  'submission', to_jsonb(s),
  'phones', (select coalesce(jsonb_agg(jsonb_build_object('number', h.number, 'label', h.label,
      'primary', h.is_primary) order by h.is_primary desc, h.number), '[]')
    from public.submission_phones h where h.submission_id = s.id),
  'score', case when s.lead_score is not null then jsonb_build_object('score', s.lead_score,
    'band', s.score_band, 'model', s.score_model, 'confidence', s.confidence,
    'completeness', s.completeness, 'factors', s.score_factors, 'adjustment', s.score_adjustment,
    'predictedOutcome', null, 'historicalComparison', null, 'computed_at', s.scored_at) end,
  'assignment', (select to_jsonb(a) from public.assignments a where a.submission_id = s.id
    order by a.created_at desc limit 1))
from public.submissions s where s.id = $1)sql"};

// :one (id uuid) -> (submission jsonb)
inline constexpr sql::Literal submission_row{R"sql(select to_jsonb(s) from public.submissions s where s.id = $1)sql"};

// :one () -> (stats jsonb)
inline constexpr sql::Literal submission_stats{R"sql(with seen as materialized (
  select s.status, s.score_band, s.country, s.lead_score, s.created_at, s.owner_id
  from public.submissions s)
select jsonb_build_object(
  'total', count(*),
  'open', count(*) filter (where s.status in ('new', 'contacted', 'qualified', 'nurture')),
  'unassigned', count(*) filter (where s.owner_id is null
    and s.status in ('new', 'contacted', 'qualified', 'nurture')),
  'last_7_days', count(*) filter (where s.created_at > now() - interval '7 days'),
  'previous_7_days', count(*) filter (where s.created_at <= now() - interval '7 days'
    and s.created_at > now() - interval '14 days'),
  'average_score', round(avg(s.lead_score), 1),
  'by_status', (select coalesce(jsonb_object_agg(g.status, g.leads), '{}')
    from (select x.status, count(*) as leads from seen x group by x.status) g),
  'by_band', (select coalesce(jsonb_object_agg(g.score_band, g.leads), '{}')
    from (select x.score_band, count(*) as leads from seen x
          where x.score_band is not null group by x.score_band) g),
  'by_country', (select coalesce(jsonb_object_agg(g.country, g.leads), '{}')
    from (select x.country, count(*) as leads from seen x group by x.country) g))
from seen s)sql"};

// :one () -> (run jsonb)
inline constexpr sql::Literal train_models{R"sql(select public.start_training())sql"};

}  // namespace flash::api::queries
// clang-format on
