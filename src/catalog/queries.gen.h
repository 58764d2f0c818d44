#pragma once
// The SQL of this room: made from database/queries/catalog by tools/gen_queries.py.
#include "sql/fragment.h"

// clang-format off
namespace flash::catalog::queries {

// :one (xid text) -> (visible boolean)
inline constexpr sql::Literal is_visible{R"sql(select pg_catalog.pg_visible_in_snapshot($1::text::xid8, pg_catalog.pg_current_snapshot()) as visible)sql"};

// :one () -> (print text)
inline constexpr sql::Literal settings_print{R"sql(select md5(coalesce(string_agg(s.setrole || ' ' || s.setdatabase || ' ' || s.setconfig::text, ','
  order by s.setrole, s.setdatabase), ''))
from pg_catalog.pg_db_role_setting s
where s.setdatabase = 0
  or s.setdatabase = (select d.oid from pg_catalog.pg_database d where d.datname = current_database()))sql"};

// :one (schemas text[], extra text[]) -> (document text)
inline constexpr sql::Literal snapshot{R"sql(with recursive
exposed as (
  select n.oid, n.nspname as name, wanted.position
  from unnest($1::text[]) with ordinality as wanted(name, position)
  join pg_catalog.pg_namespace n on n.nspname = wanted.name
),
system as (
  select n.oid from pg_catalog.pg_namespace n
  where n.nspname in ('pg_catalog', 'information_schema', 'pg_toast') or n.nspname like 'pg\_temp\_%'
    or n.nspname like 'pg\_toast\_temp\_%'
),
relation as materialized (
  select c.oid, c.reltype, e.name as schema, c.relname as name, c.relkind,
    c.relrowsecurity or c.relkind in ('v', 'f') as hides,
    case c.relkind
      when 'r' then 28 when 'p' then 28 when 'm' then 0
      else pg_catalog.pg_relation_is_updatable(c.oid, true)
    end as verbs
  from pg_catalog.pg_class c
  join exposed e on e.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
),
routine as materialized (
  select p.oid, e.name as schema, p.proname as name, p.provolatile, p.proretset, p.prorettype, p.provariadic,
    p.prorows, p.pronargdefaults, p.proargnames, p.proconfig,
    coalesce(p.proallargtypes, p.proargtypes::oid[]) as types,
    coalesce(p.proargmodes::text[], array_fill('i'::text, array[p.pronargs::int])) as modes
  from pg_catalog.pg_proc p
  join exposed e on e.oid = p.pronamespace
  where p.prokind = 'f'
    and p.prorettype not in ('pg_catalog.trigger'::regtype, 'pg_catalog.event_trigger'::regtype)
),
computed as materialized (
  select p.oid, n.nspname as schema, p.proname as name, p.proargtypes[0] as argument, p.prorettype,
    p.proretset, p.prorows,
    n.nspname = any ($1::text[] || $2::text[]) as searched
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  where p.prokind = 'f' and p.pronargs = 1 and p.proargtypes[0] in (select reltype from relation)
    and p.pronamespace not in (select oid from system)
    and (p.proallargtypes is null or cardinality(p.proallargtypes) = 1)
    and p.prorettype not in ('pg_catalog.void'::regtype, 'pg_catalog.trigger'::regtype)
),
composite as materialized (
  select t.oid as type, t.typrelid as relation
  from pg_catalog.pg_type t
  where t.typtype = 'c' and t.oid in (select r.prorettype from routine r)
    and not exists (select from relation r where r.oid = t.typrelid)
),
attribute as materialized (
  select a.attrelid, a.attnum, a.attname as name, a.atttypid as type, not a.attnotnull as nullable,
    a.attidentity <> '' as identity, a.attgenerated <> '' as generated,
    a.atthasdef or a.attidentity <> '' as has_default,
    a.attgenerated = '' and a.attidentity <> 'a' as writable
  from pg_catalog.pg_attribute a
  where a.attnum > 0 and not a.attisdropped
    and a.attrelid in (select oid from relation union all select relation from composite)
),
direct(oid) as materialized (
  select type from attribute
  union select unnest(types) from routine
  union select prorettype from routine
  union select prorettype from computed
),
based(oid) as materialized (
  select d.typbasetype from pg_catalog.pg_type d where d.typtype = 'd'
  union select oid from direct
),
used as materialized (
  select t.oid
  from pg_catalog.pg_type t
  left join pg_catalog.pg_type e on e.oid = t.typelem and t.typcategory = 'A'
  where (t.typtype <> 'c' and e.typtype is distinct from 'c')
    or t.oid in (select oid from based)
    or t.oid in (select a.typelem from pg_catalog.pg_type a
                 where a.typcategory = 'A' and a.oid in (select oid from based))
),
label as (
  select e.enumtypid as type, json_agg(e.enumlabel order by e.enumsortorder) as labels
  from pg_catalog.pg_enum e where e.enumtypid in (select oid from used) group by e.enumtypid
),
key as (
  select k.conrelid, k.conname as name, k.contype, k.confrelid, k.conkey, k.confkey
  from pg_catalog.pg_constraint k
  where k.contype in ('p', 'u', 'f') and k.conparentid = 0 and k.conrelid <> 0
    and k.connamespace not in (select oid from system)
),
reached(oid) as (
  select oid from relation where relkind in ('v', 'm')
  union
  select d.refobjid
  from reached v
  join pg_catalog.pg_rewrite r on r.ev_class = v.oid and r.rulename = '_RETURN'
  join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
    and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> v.oid
  join pg_catalog.pg_class c on c.oid = d.refobjid and c.relkind in ('v', 'm')
    and c.relnamespace not in (select oid from system)
),
definition as (
  select * from (
    select r.ev_class, r.ev_action::text as rule,
      sum(length(r.ev_action::text)) over (order by r.ev_class) as total
    from pg_catalog.pg_rewrite r
    where r.rulename = '_RETURN' and r.ev_class in (select oid from reached)
  ) each
  where each.total <= 32 * 1024 * 1024
),
policy_use as (
  select p.oid, p.polrelid as relation, d.refclassid as class, d.refobjid as object
  from pg_catalog.pg_policy p
  join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = p.oid
),
suspect (relation) as (
  select p.polrelid from pg_catalog.pg_policy p
  where concat(p.polqual, p.polwithcheck) like '%:funcid '
    || 'pg_catalog.set_config(text, text, bool)'::regprocedure::oid || ' %'
  union
  select u.relation from policy_use u
  left join pg_catalog.pg_proc f on u.class = 'pg_catalog.pg_proc'::regclass and f.oid = u.object
  left join pg_catalog.pg_namespace n on n.oid = f.pronamespace
  left join pg_catalog.pg_class c on u.class = 'pg_catalog.pg_class'::regclass and c.oid = u.object
  where c.relkind in ('v', 'f') or n.nspname <> 'flash'
    and not (n.nspname = 'auth' and f.proname in ('uid', 'role', 'jwt', 'email'))
  union
  select u.relation from suspect s
  join policy_use u on u.class = 'pg_catalog.pg_class'::regclass and u.object = s.relation
),
role_setting as (
  select r.rolname as role, split_part(setting, '=', 1) as name,
    substr(setting, strpos(setting, '=') + 1) as value
  from pg_catalog.pg_db_role_setting s
  join pg_catalog.pg_roles r on r.oid = s.setrole
  cross join lateral unnest(s.setconfig) as setting
  where (s.setdatabase = 0 or s.setdatabase =
      (select d.oid from pg_catalog.pg_database d where d.datname = current_database()))
    and pg_catalog.pg_has_role(session_user, r.oid, 'member') and r.rolname <> session_user
    and not exists (
      select from pg_catalog.pg_settings g
      where lower(g.name) = lower(split_part(setting, '=', 1)) and g.context <> 'user'
        and not pg_catalog.has_parameter_privilege(session_user, g.name, 'set'))
  order by s.setdatabase = 0 desc
)
select json_build_object(
  'schemas', (
    select coalesce(json_agg(json_build_object('name', e.name, 'comment', d.description)
      order by e.position), '[]')
    from exposed e
    left join pg_catalog.pg_description d on d.objoid = e.oid and d.objsubid = 0
      and d.classoid = 'pg_catalog.pg_namespace'::regclass),
  'types', (
    select coalesce(json_agg(json_build_object(
      'oid', t.oid::bigint, 'schema', n.nspname, 'name', t.typname, 'array', coalesce(arrays.typname, ''),
      'label', pg_catalog.format_type(t.oid, null), 'kind', t.typtype, 'category', t.typcategory,
      'base', t.typbasetype::bigint,
      'element', case when t.typcategory = 'A' then t.typelem::bigint else 0 end,
      'labels', l.labels) order by t.oid), '[]')
    from used u
    join pg_catalog.pg_type t on t.oid = u.oid
    join pg_catalog.pg_namespace n on n.oid = t.typnamespace
    left join pg_catalog.pg_type arrays on arrays.oid = t.typarray
    left join label l on l.type = t.oid),
  'tables', (
    select coalesce(json_agg(json_build_object('oid', r.oid::bigint, 'row', r.reltype::bigint,
      'schema', r.schema, 'name', r.name, 'kind', r.relkind, 'verbs', r.verbs,
      'hides', r.hides, 'alone', r.oid in (select s.relation from suspect s),
      'comment', d.description) order by r.schema, r.name), '[]')
    from relation r
    left join pg_catalog.pg_description d on d.objoid = r.oid and d.objsubid = 0
      and d.classoid = 'pg_catalog.pg_class'::regclass),
  'row_types', (
    select coalesce(json_agg(json_build_object('oid', c.relation::bigint, 'row', c.type::bigint)
      order by c.type), '[]')
    from composite c),
  'columns', (
    select coalesce(json_agg(json_build_object('table', a.attrelid::bigint, 'number', a.attnum,
      'name', a.name, 'type', a.type::bigint, 'nullable', a.nullable, 'default', a.has_default,
      'writable', a.writable, 'identity', a.identity, 'generated', a.generated,
      'comment', d.description)
      order by a.attrelid, a.attnum), '[]')
    from attribute a
    left join pg_catalog.pg_description d on d.objoid = a.attrelid and d.objsubid = a.attnum
      and d.classoid = 'pg_catalog.pg_class'::regclass),
  'keys', (
    select coalesce(json_agg(json_build_object('table', k.conrelid::bigint, 'name', k.name,
      'kind', k.contype, 'columns', k.conkey, 'target', k.confrelid::bigint,
      'target_columns', k.confkey) order by k.conrelid, k.contype, k.name), '[]')
    from key k),
  'views', (
    select coalesce(json_agg(json_build_object('oid', d.ev_class::bigint, 'rule', d.rule)
      order by d.ev_class), '[]')
    from definition d),
  'functions', (
    select coalesce(json_agg(json_build_object('oid', r.oid::bigint, 'schema', r.schema,
      'name', r.name, 'volatility', r.provolatile, 'set', r.proretset, 'one', r.prorows = 1,
      'returns', r.prorettype::bigint, 'variadic', r.provariadic <> 0,
      'defaults', r.pronargdefaults, 'names', r.proargnames, 'types', r.types::bigint[],
      'modes', r.modes, 'settings', r.proconfig, 'comment', d.description)
      order by r.schema, r.name, r.oid), '[]')
    from routine r
    left join pg_catalog.pg_description d on d.objoid = r.oid and d.objsubid = 0
      and d.classoid = 'pg_catalog.pg_proc'::regclass),
  'computed', (
    select coalesce(json_agg(json_build_object('schema', c.schema, 'name', c.name,
      'row', c.argument::bigint, 'returns', c.prorettype::bigint, 'set', c.proretset,
      'one', c.prorows = 1, 'searched', c.searched) order by c.schema, c.name, c.oid), '[]')
    from computed c),
  'roles', (
    select coalesce(json_agg(json_build_object('role', s.role, 'name', s.name, 'value', s.value)),
      '[]')
    from role_setting s)
)::text as document)sql"};

}  // namespace flash::catalog::queries
// clang-format on
