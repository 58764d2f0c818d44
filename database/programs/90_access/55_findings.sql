-- Row security and grants of facts from outside: whoever sees a lead sees them; which sources are on,
-- admins. The worker writes through flash.enrich_write alone.
do $$
declare
  t text;
  everybody constant text := 'flash_rep, flash_manager, flash_viewer, flash_admin';
begin
  foreach t in array array['lead_findings', 'taken_findings', 'fact_sources'] loop
    execute format('revoke all on public.%I from anon, authenticated, %s', t, everybody);
    execute format('drop policy if exists services on public.%I', t);
    execute format('create policy services on public.%I to service_role, flash_worker
      using (true) with check (true)', t);
    execute format('revoke all on public.%I from service_role, flash_worker', t);
    execute format('grant select, insert, update, delete on public.%I to service_role', t);
  end loop;
  foreach t in array array['lead_findings', 'taken_findings'] loop
    execute format('grant select on public.%I to %s', t, everybody);
    execute format('drop policy if exists read_with_lead on public.%I', t);
    execute format('create policy read_with_lead on public.%I for select to %s
      using (exists (select from public.submissions s where s.id = submission_id))', t, everybody);
  end loop;
  grant select on public.fact_sources to flash_admin;
  drop policy if exists read_admin on public.fact_sources;
  create policy read_admin on public.fact_sources for select to flash_admin
    using ((select flash.i_am_admin()));
end
$$;
