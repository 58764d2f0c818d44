-- Row security and column grants of leads, deals and what belongs to them.
-- The server runs a request as flash_rep, flash_manager, flash_viewer or flash_admin; every policy
-- still looks the profile up, so a role the caller does not hold shows nothing.
-- Two sub-selects that do not depend on the row are evaluated once a statement: `me`, the caller
-- if he is active in that role, and `nodes`, the territories he holds as one int[]. `= any (array)`
-- on territory_id is then an index condition (docs/sql.md).
-- A rep also keeps what he owns outside his territories: rule 50 assigns leads of neighbouring
-- areas, and an owner whose territory changed works on until handover. Managers keep deals.
do $$
declare
  t text;
  r text;
  me text;
  nodes text;
  mine text;
  admin_here constant text := '(select exists (select from flash.profile_access a '
    'where a.profile_id = auth.uid() and a.role = ''admin'' and a.active))';
begin
  foreach t in array array['submissions', 'deals', 'activities', 'assignments', 'score_history',
                           'deal_stage_history'] loop
    foreach r in array array['rep', 'manager', 'viewer'] loop
      me := format('(select a.profile_id from flash.profile_access a '
        'where a.profile_id = auth.uid() and a.role = %L and a.active)', r);
      nodes := format('((select a.territory_ids from flash.profile_access a '
        'where a.profile_id = auth.uid() and a.role = %L and a.active)::int[])', r);
      mine := case
        when r = 'rep' or r = 'manager' and t in ('deals', 'activities', 'deal_stage_history')
          then format('(owner_id = %s or territory_id = any %s)', me, nodes)
        else format('territory_id = any %s', nodes) end;
      execute format('drop policy if exists read_%s on public.%I', r, t);
      execute format('create policy read_%s on public.%I for select to flash_%s
        using (deleted_at is null and %s)', r, t, r, mine);
    end loop;
    execute format('drop policy if exists read_admin on public.%I', t);
    execute format('create policy read_admin on public.%I for select to flash_admin
      using (deleted_at is null and %s)', t, admin_here);
    execute format('revoke all on public.%I from anon, authenticated, flash_rep, flash_manager,
      flash_viewer, flash_admin', t);
    execute format('grant select on public.%I to flash_rep, flash_manager, flash_viewer,
      flash_admin', t);
  end loop;

  foreach r in array array['rep', 'manager', 'admin'] loop
    me := format('(select a.profile_id from flash.profile_access a '
      'where a.profile_id = auth.uid() and a.role = %L and a.active)', r);
    nodes := format('((select a.territory_ids from flash.profile_access a '
      'where a.profile_id = auth.uid() and a.role = %L and a.active)::int[])', r);

    -- A new lead is the caller's or the queue's; only assign_submission gives it to a third.
    execute format('drop policy if exists add_%s on public.submissions', r);
    execute format('create policy add_%s on public.submissions for insert to flash_%s
      with check (territory_id = any %s and (owner_id is null or owner_id = %s))',
      r, r, nodes, me);
    execute format('drop policy if exists change_%s on public.submissions', r);
    execute format('create policy change_%s on public.submissions for update to flash_%s
      using (deleted_at is null and %s) with check (%s)', r, r,
      case r when 'rep' then format('owner_id = %s', me) when 'admin' then admin_here
        else format('territory_id = any %s', nodes) end,
      case r when 'rep' then format('owner_id = %s', me) when 'admin' then admin_here
        else format('territory_id = any %s', nodes) end);

    -- A deal leads its lead, so opening one needs the right to change that lead.
    execute format('drop policy if exists add_%s on public.deals', r);
    execute format('create policy add_%s on public.deals for insert to flash_%s
      with check (owner_id = %s and case when submission_id is null then territory_id = any %s
        else exists (select from public.submissions s where s.id = submission_id %s) end)',
      r, r, me, nodes, case r when 'rep' then format('and s.owner_id = %s', me) else '' end);
    execute format('drop policy if exists change_%s on public.deals', r);
    mine := case r when 'rep' then format('owner_id = %s', me) when 'admin' then admin_here
      else format('(owner_id = %s or territory_id = any %s)', me, nodes) end;
    execute format('create policy change_%s on public.deals for update to flash_%s
      using (deleted_at is null and %s) with check (%s)', r, r, mine, mine);

    -- Who sees a lead may note something on it, in his own name, and correct his own notes.
    execute format('drop policy if exists add_%s on public.activities', r);
    execute format('create policy add_%s on public.activities for insert to flash_%s
      with check (actor_id = %s and deleted_at is null
        and (owner_id = %s or territory_id = any %s))', r, r, me, me, nodes);
    execute format('drop policy if exists change_%s on public.activities', r);
    execute format('create policy change_%s on public.activities for update to flash_%s
      using (deleted_at is null and actor_id = %s) with check (actor_id = %s)', r, r, me, me);
  end loop;
end
$$;

-- Nobody writes territory, deletion, version or scores; owner, status and stage have their rules.
grant insert (id, territory_id, owner_id, business_name, owner_name, email, phone, country,
  sub_area_id, postal_code, address, business_type, monthly_revenue_band, employee_band,
  monthly_transactions, average_ticket, currency, year_established, pain_points,
  current_processor, interest_level, decision_makers, specific_needs, package_seen, signed_up,
  preferred_language, consent_contact, consent_version, consent_marketing, stated_value, form_data)
  on public.submissions to flash_rep, flash_manager, flash_admin;
grant update (status, status_reason, next_contact_at, business_name, owner_name, email, phone,
  sub_area_id, postal_code, address, business_type, monthly_revenue_band, employee_band,
  monthly_transactions, average_ticket, currency, year_established, pain_points,
  current_processor, interest_level, decision_makers, specific_needs, package_seen, signed_up,
  preferred_language, consent_marketing, stated_value, form_data)
  on public.submissions to flash_rep, flash_manager, flash_admin;
grant insert (id, submission_id, territory_id, owner_id, title, value, currency, expected_close)
  on public.deals to flash_rep, flash_manager, flash_admin;
grant update (title, stage, stage_reason, outcome, lost_reason, lost_note, next_contact_at, value,
  currency, expected_close, close_date, probability)
  on public.deals to flash_rep, flash_manager, flash_admin;
grant insert (id, submission_id, deal_id, kind, subject, body, data, due_at, completed_at)
  on public.activities to flash_rep, flash_manager, flash_admin;
grant update (subject, body, due_at, completed_at)
  on public.activities to flash_rep, flash_manager, flash_admin;

-- Seen exactly with its lead; written by intake and by the trigger on submissions.phone.
revoke all on public.submission_phones from anon, authenticated, flash_rep, flash_manager,
  flash_viewer, flash_admin;
grant select on public.submission_phones to flash_rep, flash_manager, flash_viewer, flash_admin;
drop policy if exists read_with_lead on public.submission_phones;
create policy read_with_lead on public.submission_phones for select
  to flash_rep, flash_manager, flash_viewer, flash_admin
  using (exists (select from public.submissions s where s.id = submission_id));
