-- Row security and grants of learned scores. Managers and admins see models (never their bytes);
-- everybody on the staff the names of facts; a lead's score whoever sees the lead.
do $$
declare
  t text;
  everybody constant text := 'flash_rep, flash_manager, flash_viewer, flash_admin';
  managing constant text := '(select exists (select from flash.profile_access a '
    'where a.profile_id = auth.uid() and a.role in (''manager'', ''admin'') and a.active))';
begin
  foreach t in array array['public.models', 'public.model_drift', 'public.feature_registry',
      'public.lead_scores'] loop
    execute format('revoke all on %s from anon, authenticated, %s', t, everybody);
  end loop;

  grant select (id, created_at, status, stage, sha256, seed, leads, won, leads_from, leads_to, code,
    reason, report, promoted_at, promoted_by) on public.models to flash_manager, flash_admin;
  grant select on public.model_drift to flash_manager, flash_admin;
  foreach t in array array['public.models', 'public.model_drift'] loop
    execute format('drop policy if exists read_managers on %s', t);
    execute format('create policy read_managers on %s for select to flash_manager, flash_admin
      using (%s)', t, managing);
  end loop;

  execute format('grant select on public.feature_registry to %s', everybody);
  drop policy if exists read_staff on public.feature_registry;
  execute format('create policy read_staff on public.feature_registry for select to %s
    using ((select (flash.my_access()).profile_id) is not null)', everybody);
  grant insert, update, delete on public.feature_registry to flash_admin;
  drop policy if exists all_admin on public.feature_registry;
  create policy all_admin on public.feature_registry to flash_admin
    using ((select flash.i_am_admin())) with check ((select flash.i_am_admin()));

  execute format('grant select on public.lead_scores to %s', everybody);
  drop policy if exists read_with_lead on public.lead_scores;
  execute format('create policy read_with_lead on public.lead_scores for select to %s
    using (exists (select from public.submissions s where s.id = submission_id))', everybody);
end
$$;
