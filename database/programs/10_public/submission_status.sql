-- Changing the status of a lead from a screen: one call that notes the contact, checks the
-- version and moves the status. Called by the web app through rpc.
-- Runs with the caller's own rights, so row security and the transition table decide.
-- p_activity: {kind, subject, body, completed_at (default now), due_at, next_contact_at}; a kind
-- is noted as an activity, next_contact_at is what nurture needs.
create or replace function public.change_submission_status(
  p_id uuid, p_status text, p_version int, p_reason text default null,
  p_activity jsonb default null)
returns public.submissions
language plpgsql volatile security invoker set search_path = '' as $$
declare
  lead public.submissions;
begin
  select * into lead from public.submissions s where s.id = p_id;
  if not found then
    raise exception 'not_found' using errcode = 'PT404', detail = 'No such lead.';
  end if;
  if lead.version <> p_version then
    raise exception 'version_conflict' using errcode = 'PT409',
      detail = format('The lead is at version %s.', lead.version);
  end if;
  if p_status is null or p_status not in (
      select l.to_status from flash.legal_transition l where l.from_status = lead.status) then
    raise exception 'illegal_transition' using errcode = 'PT409',
      detail = format('%s -> %s', lead.status, left(p_status, 40));
  end if;
  if p_activity ? 'kind' then
    insert into public.activities (submission_id, kind, subject, body, due_at, completed_at)
    values (p_id, p_activity ->> 'kind', p_activity ->> 'subject', p_activity ->> 'body',
      (p_activity ->> 'due_at')::timestamptz,
      case when p_activity ->> 'kind' = 'task' then (p_activity ->> 'completed_at')::timestamptz
        else coalesce((p_activity ->> 'completed_at')::timestamptz, now()) end);
  end if;
  update public.submissions s
  set status = p_status, status_reason = nullif(btrim(p_reason), ''),
      next_contact_at = (p_activity ->> 'next_contact_at')::timestamptz
  where s.id = p_id and s.version = p_version
  returning * into lead;
  if not found then
    -- Visible at the version asked for, and still not updated: somebody else's lead, or somebody
    -- was faster between the two statements.
    if exists (select from public.submissions s where s.id = p_id and s.version <> p_version) then
      raise exception 'version_conflict' using errcode = 'PT409',
        detail = 'The lead has changed meanwhile.';
    end if;
    raise exception 'not_owner' using errcode = 'PT403',
      detail = 'Only its owner or a manager moves this lead.';
  end if;
  return lead;
end
$$;

-- Takes back the caller's own last change of status, within ten minutes. Not a transition but a
-- correction: the status, its reason and its date become what they were, and the time line keeps
-- both moves. SECURITY DEFINER, as no table of transitions leads back; it repeats who may change.
create or replace function public.undo_submission_status(p_id uuid, p_version int)
returns public.submissions
language plpgsql volatile security definer set search_path = '' as $$
declare
  at record;
  last_change public.activities;
  lead public.submissions;
begin
  select * into at from flash.lead_for_update(p_id, false);
  if (at.my_role = 'admin' or at.my_role = 'manager' and at.holds
      or at.my_role = 'rep' and (at.lead).owner_id = at.me) is not true then
    raise exception 'not_owner' using errcode = 'PT403',
      detail = 'Only its owner or a manager moves this lead.';
  end if;
  if (at.lead).version is distinct from p_version then
    raise exception 'version_conflict' using errcode = 'PT409',
      detail = format('The lead is at version %s.', (at.lead).version);
  end if;
  if flash.has_open_deal(p_id) then
    raise exception 'deal_governs_status' using errcode = 'PT409',
      detail = 'An open deal leads this lead; move the deal instead.';
  end if;
  select * into last_change from public.activities a
  where a.submission_id = p_id and a.kind = 'status_change' and a.deal_id is null
  order by a.created_at desc, a.id desc limit 1;
  if (last_change.actor_id = at.me and last_change.created_at > now() - interval '10 minutes'
      and last_change.data ->> 'to' = (at.lead).status
      and last_change.data ->> 'from' = (at.lead).previous_status
      and last_change.data ->> 'via' is null) is not true then
    raise exception 'nothing_to_undo' using errcode = 'PT409',
      detail = 'Your own last change of status can be taken back for ten minutes.';
  end if;
  perform set_config('flash.via', 'undo', true);
  update public.submissions s
  set status = (at.lead).previous_status, status_reason = last_change.data ->> 'reason_before',
      next_contact_at = (last_change.data ->> 'next_contact_before')::timestamptz
  where s.id = p_id
  returning * into lead;
  perform set_config('flash.via', '', true);
  return lead;
end
$$;

grant execute on function public.undo_submission_status(uuid, int)
  to flash_rep, flash_manager, flash_admin;
grant execute on function public.change_submission_status(uuid, text, int, text, jsonb)
  to flash_rep, flash_manager, flash_admin, service_role;
