-- Row security and grants of what was decided about recommended steps: read with the lead, written by
-- whoever may change the lead.
do $$
declare
  r text;
  me text;
  may text;
begin
  revoke all on public.recommendation_states from anon, authenticated, flash_rep, flash_manager,
    flash_viewer, flash_admin;
  grant select on public.recommendation_states
    to flash_rep, flash_manager, flash_viewer, flash_admin;
  grant insert (submission_id, key, state, until), update (submission_id, key, state, until), delete
    on public.recommendation_states to flash_rep, flash_manager, flash_admin;
  drop policy if exists read_with_lead on public.recommendation_states;
  create policy read_with_lead on public.recommendation_states for select
    to flash_rep, flash_manager, flash_viewer, flash_admin
    using (exists (select from public.submissions s where s.id = submission_id));
  foreach r in array array['rep', 'manager', 'admin'] loop
    me := format('(select a.profile_id from flash.profile_access a '
      'where a.profile_id = auth.uid() and a.role = %L and a.active)', r);
    may := format('exists (select from public.submissions s where s.id = submission_id
      and %s is not null %s)', me, case r when 'rep' then 'and s.owner_id = ' || me else '' end);
    execute format('drop policy if exists add_%s on public.recommendation_states', r);
    execute format('create policy add_%s on public.recommendation_states for insert to flash_%s
      with check (%s)', r, r, may);
    execute format('drop policy if exists change_%s on public.recommendation_states', r);
    execute format('create policy change_%s on public.recommendation_states for update to flash_%s
      using (%s) with check (%s)', r, r, may, may);
    execute format('drop policy if exists take_back_%s on public.recommendation_states', r);
    execute format('create policy take_back_%s on public.recommendation_states for delete
      to flash_%s using (%s)', r, r, may);
  end loop;
end
$$;
