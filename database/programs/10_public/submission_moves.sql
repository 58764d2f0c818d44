-- Deletion, restoration, transfer and change of owner. Called by the web app and the server.
-- Each is SECURITY DEFINER, because the row it leaves behind may be one the caller can no longer
-- see, and so each repeats the access check: flash.lead_for_update is the only way to the row.
-- The checks say `is not true`, because a lead without an owner makes them null, not false.

-- The lead, locked, if the caller may see it at all; otherwise not_found. p_deleted: look among
-- the deleted ones. role comes back with it.
create or replace function flash.lead_for_update(
  p_id uuid, p_deleted bool, out lead public.submissions, out me uuid, out my_role text,
  out holds bool)
language plpgsql volatile security definer set search_path = '' as $$
declare
  access record;
begin
  select a.profile_id, a.role::text as role, a.territory_ids into access from flash.my_access() a;
  select * into lead from public.submissions s
  where s.id = p_id and (s.deleted_at is not null) = p_deleted
    and (access.role = 'admin' or s.territory_id = any (access.territory_ids)
         or access.role = 'rep' and s.owner_id = access.profile_id)
  for update;
  if lead.id is null then
    raise exception 'not_found' using errcode = 'PT404', detail = 'No such lead.';
  end if;
  me := access.profile_id;
  my_role := access.role;
  holds := access.role = 'admin' or lead.territory_id = any (access.territory_ids);
end
$$;

create or replace function flash.refuse(p_detail text) returns void
language plpgsql set search_path = '' as $$
begin
  raise exception 'not_allowed' using errcode = 'PT403', detail = p_detail;
end
$$;

create or replace function public.soft_delete_submission(p_id uuid, p_version int default null)
returns bool
language plpgsql volatile security definer set search_path = '' as $$
declare
  at record;
begin
  select * into at from flash.lead_for_update(p_id, false);
  if (at.my_role = 'admin' or at.my_role = 'manager' and at.holds
      or at.my_role = 'rep' and (at.lead).owner_id = at.me and (at.lead).status = 'new')
     is not true then
    perform flash.refuse('A rep deletes his own new leads; a manager those of his territories.');
  end if;
  if p_version is distinct from null and p_version <> (at.lead).version then
    raise exception 'version_conflict' using errcode = 'PT409',
      detail = format('The lead is at version %s.', (at.lead).version);
  end if;
  update public.submissions s set deleted_at = now() where s.id = p_id;
  return true;
end
$$;

create or replace function public.restore_submission(p_id uuid) returns bool
language plpgsql volatile security definer set search_path = '' as $$
declare
  at record;
begin
  select * into at from flash.lead_for_update(p_id, true);
  if (at.my_role = 'admin' or at.my_role = 'manager' and at.holds
      or at.my_role = 'rep' and (at.lead).owner_id = at.me) is not true then
    perform flash.refuse('A rep restores his own leads; a manager those of his territories.');
  end if;
  if (at.lead).deleted_at < now() - interval '30 days' then
    raise exception 'too_late' using errcode = 'PT409',
      detail = 'A lead can be restored for 30 days.';
  end if;
  update public.submissions s set deleted_at = null where s.id = p_id;
  return true;
end
$$;

-- Who has the lead now and who had it, for the time line. The names stand beside the ids: the reader
-- may not see the other's profile.
create or replace function flash.note_assignment(
  p_submission uuid, p_subject text, p_from uuid, p_to uuid, p_reason text,
  p_more jsonb default '{}')
returns void
language sql volatile security definer set search_path = '' as $$
  insert into public.activities (created_at, submission_id, actor_id, kind, subject, data,
    completed_at, territory_id)
  select flash.stamp(), s.id, flash.actor(), 'assignment', p_subject,
    jsonb_strip_nulls(jsonb_build_object('from', p_from, 'from_name', f.full_name,
      'to_name', t.full_name, 'reason', p_reason) || p_more) || jsonb_build_object('to', p_to),
    flash.stamp(), s.territory_id
  from public.submissions s
  left join public.profiles f on f.id = p_from
  left join public.profiles t on t.id = p_to
  where s.id = p_submission
$$;
revoke execute on function flash.note_assignment(uuid, text, uuid, uuid, text, jsonb) from public;

create or replace function public.transfer_submission(p_id uuid, p_to int, p_reason text)
returns bool
language plpgsql volatile security definer set search_path = '' as $$
declare
  at record;
begin
  if coalesce(length(btrim(p_reason)), 0) not between 1 and 500 then
    raise exception 'reason_required' using errcode = 'PT422',
      detail = 'Say why in 1 to 500 characters.';
  end if;
  select * into at from flash.lead_for_update(p_id, false);
  if (at.my_role = 'admin' or at.my_role = 'manager' and at.holds
      or at.my_role = 'rep' and (at.lead).owner_id = at.me) is not true then
    perform flash.refuse('A rep transfers his own leads; a manager those of his territories.');
  end if;
  if p_to is null or not exists (select from public.territories t where t.id = p_to)
     or p_to = (at.lead).territory_id then
    raise exception 'invalid_territory' using errcode = 'PT422',
      detail = 'Name another territory.';
  end if;
  update public.submissions s
  set territory_id = p_to, owner_id = null, territory_source = 'manual', territory_confidence = 1
  where s.id = p_id;
  insert into public.assignments (submission_id, profile_id, previous_profile_id, actor_id, source,
    reason, territory_id)
  values (p_id, null, (at.lead).owner_id, at.me, 'transfer', btrim(p_reason), p_to);
  perform flash.note_assignment(p_id, 'Transferred', (at.lead).owner_id, null, btrim(p_reason),
    (select jsonb_build_object('from_territory', f.name, 'to_territory', t.name)
     from public.territories f, public.territories t
     where f.id = (at.lead).territory_id and t.id = p_to));
  perform flash.notify_managers(p_to, 'lead_transferred', p_id,
    jsonb_build_object('business_name', (at.lead).business_name, 'reason', btrim(p_reason)));
  return true;
end
$$;

create or replace function public.take_submission(p_id uuid) returns public.submissions
language plpgsql volatile security definer set search_path = '' as $$
declare
  at record;
  taken public.submissions;
begin
  select * into at from flash.lead_for_update(p_id, false);
  if (at.my_role in ('rep', 'manager', 'admin') and at.holds) is not true then
    perform flash.refuse('Only the queue of your own territories can be taken from.');
  end if;
  if (at.lead).owner_id is not null then
    raise exception 'already_taken' using errcode = 'PT409', detail = 'This lead has an owner.';
  end if;
  update public.submissions s set owner_id = at.me where s.id = p_id returning * into taken;
  insert into public.assignments (submission_id, profile_id, actor_id, source, reason,
    territory_id)
  values (p_id, at.me, at.me, 'take', 'Taken from the queue.', taken.territory_id);
  update public.profiles p set last_assigned_at = now() where p.id = at.me;
  perform flash.note_assignment(p_id, 'Taken from the queue', null, at.me, null);
  return taken;
end
$$;

create or replace function public.assign_submission(p_id uuid, p_to uuid, p_reason text)
returns public.submissions
language plpgsql volatile security definer set search_path = '' as $$
declare
  at record;
  assigned public.submissions;
begin
  if coalesce(length(btrim(p_reason)), 0) not between 1 and 500 then
    raise exception 'reason_required' using errcode = 'PT422',
      detail = 'Say why in 1 to 500 characters.';
  end if;
  select * into at from flash.lead_for_update(p_id, false);
  if (at.my_role = 'admin' or at.my_role = 'manager' and at.holds) is not true then
    perform flash.refuse('Leads are assigned by managers of their territory.');
  end if;
  -- Null puts the lead back into the queue.
  if p_to is not null and not exists (
      select from flash.profile_access a
      where a.profile_id = p_to and a.active and a.role in ('rep', 'manager', 'admin')
        and (at.lead).territory_id = any (a.territory_ids)) then
    raise exception 'invalid_owner' using errcode = 'PT422',
      detail = 'The owner must be active and cover the territory of the lead.';
  end if;
  update public.submissions s set owner_id = p_to where s.id = p_id returning * into assigned;
  insert into public.assignments (submission_id, profile_id, previous_profile_id, actor_id, source,
    reason, territory_id)
  values (p_id, p_to, (at.lead).owner_id, at.me, 'manual', btrim(p_reason),
    assigned.territory_id);
  update public.profiles p set last_assigned_at = now() where p.id = p_to;
  perform flash.note_assignment(p_id,
    case when p_to is null then 'Returned to the queue' else 'Assigned' end, (at.lead).owner_id,
    p_to, btrim(p_reason));
  if p_to is not null and p_to <> at.me then
    perform flash.notify_and_mail(p_to, 'lead_assigned', p_id,
      jsonb_build_object('business_name', assigned.business_name, 'reason', btrim(p_reason)),
      'high', 'lead_assigned:' || p_id);
  end if;
  return assigned;
end
$$;

grant execute on function
  public.soft_delete_submission(uuid, int), public.restore_submission(uuid),
  public.transfer_submission(uuid, int, text), public.take_submission(uuid),
  public.assign_submission(uuid, uuid, text)
  to flash_rep, flash_manager, flash_admin;
