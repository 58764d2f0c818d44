-- Rules that hold for every table and function, so that a new one cannot forget them.
begin;
\ir kit/people.sql

create temp table faults (what text, which text) on commit drop;
create procedure pg_temp.none(p_sql text, p_what text) language plpgsql as $$
begin
  execute format('insert into faults select %L, x::text from (%s) q(x)', p_what, p_sql);
end
$$;
create function pg_temp.equality_is_leakproof(p_type oid) returns bool language sql as $$
  select exists (
    select from (select coalesce(nullif(t.typbasetype, 0), t.oid) as base
                 from pg_type t where t.oid = p_type) t
    join pg_opclass oc on oc.opcintype = t.base and oc.opcdefault
      and oc.opcmethod = (select oid from pg_am where amname = 'btree')
    join pg_amop ao on ao.amopfamily = oc.opcfamily and ao.amopstrategy = 3
      and ao.amoplefttype = oc.opcintype and ao.amoprighttype = oc.opcintype
    join pg_operator op on op.oid = ao.amopopr
    join pg_proc f on f.oid = op.oprcode and f.proleakproof)
$$;

create temp view our_tables as
select c.oid, n.nspname || '.' || c.relname as name, n.nspname as schema, c.relrowsecurity
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema';

call pg_temp.none('select name from our_tables where not relrowsecurity',
  'tables without row security');
call pg_temp.none($$ select c.oid::regclass from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('v', 'm') and n.nspname in ('public', 'auth', 'flash')
    and coalesce(c.reloptions::text, '') not like '%security_invoker=true%' $$,
  'views that step over row security');

-- An index condition under row security needs a leakproof operator.
call pg_temp.none($$
  select distinct o.name || '.' || a.attname || ' in a policy'
  from pg_depend d
  join pg_policy p on d.classid = 'pg_policy'::regclass and d.objid = p.oid
  join our_tables o on d.refclassid = 'pg_class'::regclass and d.refobjid = o.oid
  join pg_attribute a on a.attrelid = o.oid and a.attnum = d.refobjsubid
  where d.refobjsubid > 0 and a.attname <> 'territory_ids'
    and not pg_temp.equality_is_leakproof(a.atttypid)
  union all
  select distinct i.indexrelid::regclass || ' (' || a.attname || ')'
  from pg_index i join our_tables o on o.oid = i.indrelid and o.schema = 'public'
  cross join lateral unnest(i.indkey[0:i.indnkeyatts - 1]) k(attnum)
  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
  where not pg_temp.equality_is_leakproof(a.atttypid)
  $$, 'columns of policies or indexes whose = is not leakproof');
call pg_temp.none($$ select p.oid::regprocedure from pg_proc p
  where p.proleakproof and p.oid >= 16384 $$, 'functions marked leakproof by hand');

call pg_temp.none($$
  select c.conrelid::regclass || ' ' || c.conname
  from pg_constraint c join our_tables o on o.oid = c.conrelid
  where c.contype = 'f' and not exists (
    select from pg_index i
    where i.indrelid = c.conrelid and c.conkey[1] = i.indkey[0]
      and (c.conkey <@ i.indkey::int2[])
      and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid)
           = format('(%s IS NOT NULL)', (select attname from pg_attribute
             where attrelid = c.conrelid and attnum = c.conkey[1]))))
  $$, 'foreign keys without an index that serves them');

call pg_temp.none($$
  select o.name || '.' || a.attname
  from our_tables o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0
  where a.atttypid = 'text'::regtype and not a.attisdropped and a.attgenerated = ''
    and o.name not in ('flash.territory_effective', 'flash.migrations', 'flash.programs')
    and not exists (select from pg_constraint c
      where c.conrelid = o.oid and c.contype = 'c' and a.attnum = any (c.conkey))
  $$, 'texts without a bound');

call pg_temp.none($$ select p.oid::regprocedure from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('public', 'auth', 'flash') and p.prosecdef
    and not coalesce('search_path=""' = any (p.proconfig), false) $$,
  'security definer functions without a fixed search_path');
call pg_temp.none($$ select p.oid::regprocedure from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('public', 'auth', 'flash') and p.prorettype <> 'trigger'::regtype
    and has_function_privilege('public', p.oid, 'execute') $$,
  'functions that everybody may execute');
call pg_temp.none($$ select p.oid::regprocedure from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('public', 'flash') and has_function_privilege('anon', p.oid, 'execute') $$,
  'functions that anon may execute');
call pg_temp.none($$ select o.name || ' ' || g.privilege_type
  from our_tables o cross join lateral aclexplode((select relacl from pg_class where oid = o.oid)) g
  where g.grantee in (0, 'anon'::regrole, 'authenticated'::regrole) $$,
  'tables granted to public, anon or authenticated');
-- Column grants too: territory, deletion, version and scores have no writer among people.
call pg_temp.none($$
  select o.name || '.' || a.attname || ' ' || r.role
  from our_tables o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0
    and a.attname in ('deleted_at', 'version', 'lead_score', 'basic_score', 'score_band',
      'score_factors', 'score_adjustment', 'processed_at', 'reference', 'channel', 'owner_id')
  cross join unnest(array['flash_rep', 'flash_manager', 'flash_viewer', 'flash_admin']) r(role)
  where o.schema = 'public' and has_column_privilege(r.role, o.oid, a.attnum, 'update')
  union all
  select 'territory_id of ' || t || ' ' || r.role
  from unnest(array['public.submissions', 'public.deals', 'public.activities']) t
  cross join unnest(array['flash_rep', 'flash_manager', 'flash_viewer', 'flash_admin']) r(role)
  where has_column_privilege(r.role, t, 'territory_id', 'update')
  $$, 'columns that nobody may update');

-- Replica identity and publication, without which a subscriber would be told too little.
call pg_temp.none($$
  select t from unnest(array['submissions', 'deals', 'activities', 'notifications', 'assignments',
    'score_history', 'routing_rules', 'lead_findings']) t
  where not exists (select from pg_publication_tables p
      where p.pubname = 'supabase_realtime' and p.schemaname = 'public' and p.tablename = t)
    or (select relreplident from pg_class where oid = ('public.' || t)::regclass) <> 'f' $$,
  'tables that realtime cannot read');
do $$
declare
  report text;
begin
  select string_agg(what || E':\n  ' || which, E'\n' order by what) into report
  from (select what, string_agg(which,
    E'\n  ' order by which) as which from faults group by what) f;
  if report is not null then
    raise exception E'%', report;
  end if;
end
$$;
rollback;
