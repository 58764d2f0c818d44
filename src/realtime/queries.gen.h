#pragma once
// The SQL of this room: made from database/queries/realtime by tools/gen_queries.py.
#include "sql/fragment.h"

// clang-format off
namespace flash::realtime::queries {

// :one (schema text, table_name text, role text, publication text) -> (access jsonb)
inline constexpr sql::Literal table_access{R"sql(with caller as (
  select r.oid, r.rolsuper or r.rolbypassrls as unbound
  from pg_catalog.pg_roles r
  where r.rolname = $3
), relation as (
  select c.oid, c.relname, n.oid as schema_oid, c.relrowsecurity as guarded,
    caller.oid as role_oid,
    caller.unbound or not c.relrowsecurity
      or (pg_catalog.pg_has_role(caller.oid, c.relowner, 'USAGE') and not c.relforcerowsecurity)
      as sees_all
  from caller, pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p')
), policy as (
  select p.oid, p.polpermissive as permissive,
    pg_catalog.pg_get_expr(p.polqual, p.polrelid) as condition
  from pg_catalog.pg_policy p, relation
  where p.polrelid = relation.oid and p.polcmd in ('r', '*') and p.polqual is not null
    and exists (
      select from pg_catalog.unnest(p.polroles) as granted (role)
      where granted.role = 0 or pg_catalog.pg_has_role(relation.role_oid, granted.role, 'USAGE'))
), attribute as (
  select a.attnum, a.attname, a.atttypid, a.atttypmod, t.typname,
    pg_catalog.has_schema_privilege(relation.role_oid, relation.schema_oid, 'USAGE')
      and pg_catalog.has_column_privilege(relation.role_oid, relation.oid, a.attnum, 'SELECT')
      as readable,
    exists (
      select from pg_catalog.pg_index i
      where i.indrelid = relation.oid and i.indisprimary and a.attnum = any (i.indkey)) as key,
    exists (
      select from pg_catalog.pg_depend d, policy
      where d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass and d.objid = policy.oid
        and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and d.refobjid = relation.oid and d.refobjsubid = a.attnum) as needed
  from relation
  join pg_catalog.pg_attribute a on a.attrelid = relation.oid
  join pg_catalog.pg_type t on t.oid = a.atttypid
  where a.attnum > 0 and not a.attisdropped
), base as (
  with recursive chain (attnum, oid, depth) as (
    select attnum, atttypid, 0 from attribute
    union all
    select chain.attnum, t.typbasetype, chain.depth + 1
    from chain
    join pg_catalog.pg_type t on t.oid = chain.oid
    where t.typtype = 'd' and chain.depth < 32
  )
  select distinct on (chain.attnum) chain.attnum, chain.oid,
    case when t.typcategory = 'A' then t.typelem else 0 end as element
  from chain
  join pg_catalog.pg_type t on t.oid = chain.oid
  order by chain.attnum, chain.depth desc
), needed as (
  select pg_catalog.row_number() over (order by attnum) as place, attname,
    pg_catalog.format_type(atttypid, atttypmod) as type
  from attribute
  where needed
), statement as (
  select pg_catalog.format(
    'select "flash.ord" from (select i.ord as "flash.ord"%s from '
      'rows from (pg_catalog.unnest($1::bigint[])%s) as i(ord%s)) as %I where (%s)%s',
    (select pg_catalog.string_agg(pg_catalog.format(', i.c%s::%s as %I', place, type, attname), ''
       order by place) from needed),
    (select pg_catalog.string_agg(pg_catalog.format(', pg_catalog.unnest($%s::text[])', place + 1), ''
       order by place) from needed),
    (select pg_catalog.string_agg(pg_catalog.format(', c%s', place), '' order by place) from needed),
    relation.relname,
    (select pg_catalog.string_agg(pg_catalog.format('(%s)', condition), ' or ')
     from policy where permissive),
    (select pg_catalog.string_agg(pg_catalog.format(' and (%s)', condition), '')
     from policy where not permissive)) as text
  from relation
  where exists (select from policy where permissive)
)
select pg_catalog.jsonb_build_object(
  'table', relation.oid::bigint,
  'guarded', relation.guarded,
  'sees_all', relation.sees_all,
  'published', exists (
    select from pg_catalog.pg_publication_tables p
    where p.pubname = $4 and p.schemaname = $1 and p.tablename = $2),
  'decision', case when not relation.sees_all then (select text from statement) end,
  'whole_row', exists (
    select from policy
    where pg_catalog.strpos(condition, pg_catalog.format('%I.*', relation.relname)) > 0),
  'needed', (select coalesce(pg_catalog.jsonb_agg(attname order by place), '[]') from needed),
  'columns', (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'name', a.attname, 'type', a.typname, 'oid', base.oid::bigint,
      'element', base.element::bigint, 'key', a.key, 'readable', a.readable)
      order by a.attnum), '[]')
    from attribute a
    join base using (attnum))) as access
from relation)sql"};

}  // namespace flash::realtime::queries
// clang-format on
