-- :one (schema text, follow_privileges bool, base json) -> (document text)
-- The OpenAPI 2.0 description of a schema, as PostgREST gives it at the root. `base` is what the
-- database cannot know: swagger, host, basePath, schemes, and perhaps security. Run as the caller:
-- with follow_privileges it shows what he may use.
with
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
  "application/vnd.pgrst.object+json","text/csv"]'::json as list) produces
