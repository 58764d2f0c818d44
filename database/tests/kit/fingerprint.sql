-- Everything the programs decide, as lines: run.sh compares it before and after a second run.
select c.oid::regclass || ' ' || c.relrowsecurity || ' ' || coalesce((
  select string_agg(i::text, ',' order by i::text) from unnest(c.relacl) i), '')
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('auth', 'flash', 'public') and c.relkind in ('r', 'v', 'S')
union all
select a.attrelid::regclass || '.' || a.attname || ' ' || (
  select string_agg(i::text, ',' order by i::text) from unnest(a.attacl) i)
from pg_attribute a where a.attacl is not null and a.attrelid >= 16384
union all
select p.oid::regprocedure || ' ' || md5(pg_get_functiondef(p.oid)) || ' ' || coalesce((
  select string_agg(i::text, ',' order by i::text) from unnest(p.proacl) i), '')
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname in ('auth', 'flash', 'public')
union all
select polrelid::regclass || ' ' || polname || ' ' || polcmd::text || ' ' || (
    select string_agg(r::regrole::text,
      ',' order by r::regrole::text) from unnest(polroles) r) || ' '
  || coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid),
    '')
from pg_policy
union all
select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
union all
select 'places ' || md5(string_agg(p::text, ' ' order by p.ancestor_id, p.descendant_id))
from flash.territory_paths p
union all
select roleid::regrole || ' ' || member::regrole from pg_auth_members
where (member::regrole || '' || roleid::regrole) ~ 'flash|auth'
order by 1
