-- Row security and grants of places, rules, rates and other reference data.
-- Everybody signed in with a profile reads places; an admin changes them; a manager changes
-- settings and rules of his own territories.
do $$
declare
  t text;
  verb text;
  nodes constant text := '((select a.territory_ids from flash.profile_access a '
    'where a.profile_id = auth.uid() and a.role = ''manager'' and a.active)::int[])';
  everybody constant text := 'flash_rep, flash_manager, flash_viewer, flash_admin';
begin
  foreach t in array array['public.territories', 'public.territory_settings',
      'public.territory_aliases', 'public.territory_neighbours', 'public.exchange_rates',
      'flash.territory_paths', 'flash.territory_effective', 'flash.legal_transition'] loop
    execute format('revoke all on %s from anon, authenticated, %s', t, everybody);
    execute format('grant select on %s to %s', t, everybody);
    execute format('drop policy if exists read_staff on %s', t);
    execute format('create policy read_staff on %s for select to %s
      using ((select (flash.my_access()).profile_id) is not null)', t, everybody);
    if t like 'public.%' then
      execute format('grant insert, update, delete on %s to flash_admin', t);
      execute format('drop policy if exists all_admin on %s', t);
      execute format('create policy all_admin on %s to flash_admin
        using ((select flash.i_am_admin())) with check ((select flash.i_am_admin()))', t);
    end if;
  end loop;

  grant update (work_days, work_start, work_end, strategy, allow_neighbours, hold_outside_hours,
    specialist_types, score_multiplier, auto_deal_score, hot_sla_hours, warm_sla_days,
    cool_sla_days, cold_sla_days, confirm_by_email, block_won_on_compliance)
    on public.territory_settings to flash_manager;
  drop policy if exists change_manager on public.territory_settings;
  execute format('create policy change_manager on public.territory_settings for update
    to flash_manager using (territory_id = any %s) with check (territory_id = any %s)',
    nodes, nodes);

  execute format('revoke all on public.routing_rules from anon, authenticated, %s', everybody);
  grant select, insert, update, delete on public.routing_rules to flash_manager, flash_admin;
  drop policy if exists all_admin on public.routing_rules;
  create policy all_admin on public.routing_rules to flash_admin
    using ((select flash.i_am_admin())) with check ((select flash.i_am_admin()));
  drop policy if exists read_manager on public.routing_rules;
  execute format('create policy read_manager on public.routing_rules for select to flash_manager
    using (territory_id = any %s or territory_id is null and exists (
      select from flash.profile_access a where a.profile_id = auth.uid()
        and a.role = ''manager'' and a.active))', nodes);
  foreach verb in array array['insert', 'update', 'delete'] loop
    execute format('drop policy if exists %s_manager on public.routing_rules', verb);
    execute format('create policy %s_manager on public.routing_rules for %s to flash_manager %s',
      verb, verb, case verb
        when 'insert' then format('with check (territory_id = any %s)', nodes)
        when 'delete' then format('using (territory_id = any %s)', nodes)
        else format('using (territory_id = any %s) with check (territory_id = any %s)',
          nodes, nodes) end);
  end loop;
end
$$;
