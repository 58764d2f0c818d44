-- Row security and column grants of staff, contacts, notices and the audit log.
-- Everybody reads the staff he shares a territory with; a manager sets the hours of his reps; only
-- an admin decides roles and territories.

-- The reps whose territories all lie within those of the calling manager.
create or replace function flash.my_team() returns uuid[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(rep.profile_id), '{}')
  from flash.profile_access me
  join flash.profile_access rep
    on rep.role = 'rep' and rep.territory_ids <@ me.territory_ids and rep.territory_ids <> '{}'
  where me.profile_id = auth.uid() and me.role = 'manager' and me.active
$$;

create or replace function flash.i_am_admin() returns bool
language sql stable security definer set search_path = '' as $$
  select exists (select from flash.profile_access a
    where a.profile_id = auth.uid() and a.role = 'admin' and a.active)
$$;

grant execute on function flash.my_team(), flash.i_am_admin() to authenticated;

do $$
declare
  t text;
  r text;
  nodes text;
  everybody constant text := 'flash_rep, flash_manager, flash_viewer, flash_admin';
  me constant text := '(select a.profile_id from flash.profile_access a '
    'where a.profile_id = auth.uid() and a.active)';
begin
  foreach t in array array['public.profiles', 'public.profile_territories',
      'public.profile_absences', 'flash.profile_access', 'public.notifications',
      'public.notification_prefs', 'public.audit_log', 'public.organizations',
      'public.contacts', 'public.contact_phones'] loop
    execute format('revoke all on %s from anon, authenticated, %s', t, everybody);
    execute format('grant select on %s to %s', t, everybody);
  end loop;

  -- The policies' own sub-selects read this one as the caller: his row only.
  drop policy if exists own on flash.profile_access;
  execute format('create policy own on flash.profile_access for select to %s
    using (profile_id = (select auth.uid()))', everybody);

  drop policy if exists read_colleagues on public.profiles;
  execute format('create policy read_colleagues on public.profiles for select to %s
    using (id = any ((select flash.my_colleagues())::uuid[]))', everybody);
  drop policy if exists read_all on public.profiles;
  create policy read_all on public.profiles for select to flash_admin
    using ((select flash.i_am_admin()));
  drop policy if exists change_own on public.profiles;
  create policy change_own on public.profiles for update to flash_rep, flash_viewer
    using (id = (select auth.uid()) and id = any ((select flash.my_colleagues())::uuid[]))
    with check (id = (select auth.uid()));
  drop policy if exists change_team on public.profiles;
  create policy change_team on public.profiles for update to flash_manager
    using (id = any ((select flash.my_team() || auth.uid())::uuid[])
           and id = any ((select flash.my_colleagues())::uuid[]))
    with check (id = any ((select flash.my_team() || auth.uid())::uuid[]));
  drop policy if exists change_all on public.profiles;
  create policy change_all on public.profiles for update to flash_admin
    using ((select flash.i_am_admin())) with check ((select flash.i_am_admin()));

  foreach t in array array['profile_territories', 'profile_absences'] loop
    execute format('drop policy if exists read_colleagues on public.%I', t);
    execute format('create policy read_colleagues on public.%I for select to %s
      using (profile_id = any ((select flash.my_colleagues())::uuid[]))', t, everybody);
    execute format('drop policy if exists all_admin on public.%I', t);
    execute format('create policy all_admin on public.%I to flash_admin
      using ((select flash.i_am_admin())) with check ((select flash.i_am_admin()))', t);
  end loop;
  drop policy if exists own_absence on public.profile_absences;
  create policy own_absence on public.profile_absences to flash_rep, flash_manager
    using (profile_id = (select (flash.my_access()).profile_id))
    with check (profile_id = (select (flash.my_access()).profile_id));
  drop policy if exists team_absence on public.profile_absences;
  create policy team_absence on public.profile_absences to flash_manager
    using (profile_id = any ((select flash.my_team())::uuid[]))
    with check (profile_id = any ((select flash.my_team())::uuid[]));

  foreach t in array array['notifications', 'notification_prefs'] loop
    execute format('drop policy if exists own on public.%I', t);
    execute format('create policy own on public.%I to %s
      using (user_id = %s) with check (user_id = %s)', t, everybody, me, me);
  end loop;

  -- Businesses and contacts: by territory; corrected by managers, and by the rep who owns a lead of
  -- theirs (flash.may_change_contact says the same).
  foreach t in array array['organizations', 'contacts'] loop
    foreach r in array array['rep', 'manager', 'viewer'] loop
      nodes := format('((select a.territory_ids from flash.profile_access a '
        'where a.profile_id = auth.uid() and a.role = %L and a.active)::int[])', r);
      execute format('drop policy if exists read_%s on public.%I', r, t);
      execute format('create policy read_%s on public.%I for select to flash_%s
        using (deleted_at is null and territory_id = any %s)', r, t, r, nodes);
      if r = 'manager' then
        execute format('drop policy if exists change_manager on public.%I', t);
        execute format('create policy change_manager on public.%I for update to flash_manager
          using (deleted_at is null and territory_id = any %s)
          with check (territory_id = any %s)', t, nodes, nodes);
      elsif r = 'rep' then
        execute format('drop policy if exists change_rep on public.%I', t);
        execute format('create policy change_rep on public.%1$I for update to flash_rep
          using (deleted_at is null and territory_id = any %2$s and exists (
            select from public.submissions s where s.%3$I = %1$I.id and s.owner_id = %4$s))
          with check (territory_id = any %2$s)', t, nodes,
          case t when 'contacts' then 'contact_id' else 'organization_id' end, me);
      end if;
    end loop;
    execute format('drop policy if exists read_admin on public.%I', t);
    execute format('create policy read_admin on public.%I for select to flash_admin
      using (deleted_at is null and (select flash.i_am_admin()))', t);
    execute format('drop policy if exists change_admin on public.%I', t);
    execute format('create policy change_admin on public.%I for update to flash_admin
      using (deleted_at is null and (select flash.i_am_admin()))
      with check ((select flash.i_am_admin()))', t);
  end loop;
  drop policy if exists read_with_contact on public.contact_phones;
  execute format('create policy read_with_contact on public.contact_phones for select to %s
    using (exists (select from public.contacts c where c.id = contact_id))', everybody);

  -- The audit log: own records, the territory, everything; a viewer nothing.
  drop policy if exists read_rep on public.audit_log;
  create policy read_rep on public.audit_log for select to flash_rep
    using (table_name in ('submissions', 'deals') and owner_id = (
      select a.profile_id from flash.profile_access a
      where a.profile_id = auth.uid() and a.role = 'rep' and a.active));
  drop policy if exists read_manager on public.audit_log;
  create policy read_manager on public.audit_log for select to flash_manager
    using (territory_id = any ((
      select a.territory_ids from flash.profile_access a
      where a.profile_id = auth.uid() and a.role = 'manager' and a.active)::int[]));
  drop policy if exists read_admin on public.audit_log;
  create policy read_admin on public.audit_log for select to flash_admin
    using ((select flash.i_am_admin()));
end
$$;

grant update (full_name, time_zone, languages) on public.profiles to flash_rep, flash_viewer;
grant update (full_name, time_zone, languages, capacity, specialities, work_days, work_start,
  work_end) on public.profiles to flash_manager;
grant update (full_name, time_zone, languages, capacity, specialities, work_days, work_start,
  work_end, role, active) on public.profiles to flash_admin;
grant insert, delete on public.profile_territories to flash_admin;
grant insert, update, delete on public.profile_absences to flash_rep, flash_manager, flash_admin;
grant update (read_at) on public.notifications
  to flash_rep, flash_manager, flash_viewer, flash_admin;
grant insert, update, delete on public.notification_prefs
  to flash_rep, flash_manager, flash_viewer, flash_admin;
grant update (name, business_type, website)
  on public.organizations to flash_rep, flash_manager, flash_admin;
grant update (full_name, preferred_language, consent_marketing)
  on public.contacts to flash_rep, flash_manager, flash_admin;
grant update (organization_id) on public.contacts to flash_manager, flash_admin;
