-- The tables whose changes subscribers receive, with whole old rows.
-- On a live system: takes a short exclusive lock on each table for the replica identity; from then
-- on an update or delete writes the whole old row to the log (docs/decisions/0006).
alter table public.submissions replica identity full;
alter table public.deals replica identity full;
alter table public.activities replica identity full;
alter table public.assignments replica identity full;
alter table public.score_history replica identity full;
alter table public.notifications replica identity full;

do $$
declare
  t text;
begin
  if not exists (select from pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
  end if;
  foreach t in array array['submissions', 'deals', 'activities', 'assignments',
                           'score_history', 'notifications'] loop
    if not exists (select from pg_publication_tables
                   where pubname = 'supabase_realtime' and schemaname = 'public'
                     and tablename = t) then
      execute format('alter publication supabase_realtime add table public.%I', t);
    end if;
  end loop;
end
$$;
