#pragma once
// The SQL of this room: made from database/queries/catalog by tools/gen_queries.py.
#include "sql/fragment.h"

// clang-format off
namespace flash::catalog::queries {

// :one (schemas text[]) -> (document text)
inline constexpr sql::Literal snapshot{R"sql(with recursive
exposed as (
  select n.oid, n.nspname as name, wanted.position
  from unnest($1::text[]) with ordinality as wanted(name, position)
  join pg_catalog.pg_namespace n on n.nspname = wanted.name
),
relation as (
  select c.oid, c.reltype, e.name as schema, c.relname as name, c.relkind,
    pg_catalog.pg_relation_is_updatable(c.oid, true) as verbs
  from pg_catalog.pg_class c
  join exposed e on e.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
),
routine as (
  select p.oid, e.name as schema, p.proname as name, p.provolatile, p.proretset, p.prorettype, p.provariadic,
    p.pronargs, p.pronargdefaults, p.proargnames,
    coalesce(p.proallargtypes, p.proargtypes::oid[]) as types,
    coalesce(p.proargmodes::text[], array_fill('i'::text, array[p.pronargs::int])) as modes
  from pg_catalog.pg_proc p
  join exposed e on e.oid = p.pronamespace
  where p.prokind = 'f'
    and p.prorettype not in ('pg_catalog.trigger'::regtype, 'pg_catalog.event_trigger'::regtype)
),
composite as (
  select t.oid as type, t.typrelid as relation
  from pg_catalog.pg_type t
  where t.typtype = 'c' and t.oid in (select r.prorettype from routine r)
    and not exists (select from relation r where r.oid = t.typrelid)
),
attribute as (
  select a.attrelid, a.attnum, a.attname as name, a.atttypid as type, not a.attnotnull as nullable,
    a.atthasdef or a.attidentity <> '' as has_default, a.attgenerated = '' and a.attidentity <> 'a' as writable
  from pg_catalog.pg_attribute a
  where a.attnum > 0 and not a.attisdropped
    and (a.attrelid in (select oid from relation) or a.attrelid in (select relation from composite))
),
used(oid) as (
  select type from attribute
  union select unnest(types) from routine
  union select prorettype from routine
  union select t.oid from pg_catalog.pg_type t
    where t.typtype in ('b', 'd', 'e', 'r', 'm') and t.typcategory <> 'A'
      and (t.typnamespace = 'pg_catalog'::regnamespace or t.typnamespace in (select oid from exposed))
  union select nullif(linked.oid, 0)
    from used u
    join pg_catalog.pg_type t on t.oid = u.oid
    cross join lateral (values (t.typbasetype), (t.typelem)) as linked(oid)
    where linked.oid <> 0
),
key as (
  select k.conrelid, k.conname as name, k.contype, k.confrelid,
    (select json_agg(a.attname order by c.position)
     from unnest(k.conkey) with ordinality as c(number, position)
     join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.number) as columns,
    (select json_agg(a.attname order by c.position)
     from unnest(k.confkey) with ordinality as c(number, position)
     join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = c.number) as target_columns
  from pg_catalog.pg_constraint k
  where k.contype in ('p', 'u', 'f') and k.conparentid = 0
    and k.conrelid in (select oid from relation)
    and (k.contype <> 'f' or k.confrelid in (select oid from relation))
)
select json_build_object(
  'schemas', (select coalesce(json_agg(name order by position), '[]') from exposed),
  'types', (
    select coalesce(json_agg(json_build_object(
      'oid', t.oid::bigint, 'schema', n.nspname, 'name', t.typname, 'array', coalesce(arrays.typname, ''),
      'label', pg_catalog.format_type(t.oid, null), 'kind', t.typtype, 'category', t.typcategory,
      'base', t.typbasetype::bigint,
      'element', case when t.typcategory = 'A' then t.typelem::bigint else 0 end) order by t.oid), '[]')
    from used u
    join pg_catalog.pg_type t on t.oid = u.oid
    join pg_catalog.pg_namespace n on n.oid = t.typnamespace
    left join pg_catalog.pg_type arrays on arrays.oid = t.typarray),
  'tables', (
    select coalesce(json_agg(json_build_object(
      'oid', r.oid::bigint, 'row', r.reltype::bigint, 'schema', r.schema, 'name', r.name, 'kind', r.relkind, 'verbs', r.verbs,
      'columns', (
        select coalesce(json_agg(json_build_object('name', a.name, 'type', a.type::bigint, 'nullable', a.nullable,
          'default', a.has_default, 'writable', a.writable) order by a.attnum), '[]')
        from attribute a where a.attrelid = r.oid)) order by r.schema, r.name), '[]')
    from relation r),
  'keys', (
    select coalesce(json_agg(json_build_object('table', k.conrelid::bigint, 'name', k.name, 'kind', k.contype,
      'columns', k.columns, 'target', k.confrelid::bigint, 'target_columns', k.target_columns)
      order by k.conrelid, k.contype, k.name), '[]')
    from key k),
  'row_types', (
    select coalesce(json_agg(json_build_object('row', c.type::bigint, 'columns', (
      select coalesce(json_agg(json_build_object('name', a.name, 'type', a.type::bigint) order by a.attnum), '[]')
      from attribute a where a.attrelid = c.relation)) order by c.type), '[]')
    from composite c),
  'functions', (
    select coalesce(json_agg(json_build_object('schema', r.schema, 'name', r.name,
      'volatility', r.provolatile, 'set', r.proretset, 'returns', r.prorettype::bigint,
      'variadic', r.provariadic <> 0, 'defaults', r.pronargdefaults,
      'names', r.proargnames, 'types', r.types::bigint[], 'modes', r.modes) order by r.schema, r.name, r.oid), '[]')
    from routine r)
)::text as document)sql"};

}  // namespace flash::catalog::queries
// clang-format on
