-- :one () -> (tables text, functions text)
-- What the transaction's role may touch at all, as JSON arrays of oids: for the OpenAPI document.
select
  (select coalesce(json_agg(c.oid::bigint), '[]')::text
   from pg_catalog.pg_class c
   join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
     and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
     and pg_catalog.has_schema_privilege(n.oid, 'usage')
     and (pg_catalog.has_table_privilege(c.oid, 'select, insert, update, delete')
       or pg_catalog.has_any_column_privilege(c.oid, 'select, insert, update'))) as tables,
  (select coalesce(json_agg(p.oid::bigint), '[]')::text
   from pg_catalog.pg_proc p
   join pg_catalog.pg_namespace n on n.oid = p.pronamespace
   where p.prokind = 'f' and n.nspname not in ('pg_catalog', 'information_schema')
     and pg_catalog.has_schema_privilege(n.oid, 'usage')
     and pg_catalog.has_function_privilege(p.oid, 'execute')) as functions
