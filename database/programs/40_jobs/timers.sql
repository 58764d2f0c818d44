-- What happens to leads because time passes. Called by the server's worker::Timers, as flash_worker.
-- A clock is set by intake (flash.intake_write_new), or below for leads of other doors and when the
-- moment moves. Leads that come with a past, from an import, do not ring for it.

create or replace function flash.sla_clock_set() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  warn timestamptz := flash.response_moment(new.territory_id, new.created_at, new.score_band, 0.75);
begin
  insert into flash.sla_clock (submission_id, ring_at) values (new.id, warn)
  on conflict (submission_id) do update set ring_at = excluded.ring_at, stage = 0;
  if warn < now() + interval '1 minute' then
    perform flash.tell_jobs('timers');
  end if;
  return null;
end
$$;
drop trigger if exists submissions_60_clock on public.submissions;
create trigger submissions_60_clock after insert on public.submissions
  for each row when (new.first_response_due_at > now() and new.status = 'new'
    and new.first_response_at is null and not flash.by_intake())
  execute function flash.sla_clock_set();
drop trigger if exists submissions_60_clock_moves on public.submissions;
create trigger submissions_60_clock_moves after update on public.submissions
  for each row when (new.first_response_due_at is distinct from old.first_response_due_at
    and new.first_response_due_at is not null and new.status = 'new'
    and new.first_response_at is null
    and (new.first_response_due_at > now() or flash.via() is distinct from 'import'))
  execute function flash.sla_clock_set();

-- Those who answer for a territory: its managers; where there is none, the admins.
create or replace function flash.responsible_for(p_territory int) returns setof uuid
language sql stable security definer set search_path = '' as $$
  with managers as (
    select a.profile_id from flash.profile_access a
    where a.active and a.role = 'manager' and p_territory = any (a.territory_ids))
  select m.profile_id from managers m
  union all
  select a.profile_id from flash.profile_access a
  where a.active and a.role = 'admin' and not exists (select from managers)
$$;

-- A notice that goes by e-mail too, unless the person does not want that type there.
create or replace function flash.notify_and_mail(
  p_user uuid, p_type text, p_submission uuid, p_params jsonb, p_priority text, p_dedupe text)
returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  notice uuid := flash.notify(p_user, p_type, 'submission', p_submission, p_params, p_priority,
    p_dedupe);
begin
  if not exists (select from public.notification_prefs f
                 where f.user_id = p_user and f.type = p_type and not f.email) then
    insert into flash.outbox (kind, payload, dedupe_key)
    values ('email', jsonb_build_object('template', 'notice.' || p_type, 'user_id', p_user,
      'notification_id', notice, 'submission_id', p_submission, 'params', p_params),
      'notice:' || notice)
    on conflict (dedupe_key) do nothing;     -- counted into a notice that was mailed already
  end if;
end
$$;

-- The owner gave no answer in twice the time: back into the queue.
create or replace function flash.sla_return(p_lead public.submissions) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  reason constant text := 'Not contacted in twice the time agreed.';
  facts jsonb := jsonb_build_object('business_name', p_lead.business_name, 'reason', reason);
begin
  update public.submissions s set owner_id = null where s.id = p_lead.id;
  insert into public.assignments (submission_id, profile_id, previous_profile_id, source, reason,
    territory_id)
  values (p_lead.id, null, p_lead.owner_id, 'escalation', reason, p_lead.territory_id);
  perform flash.note_assignment(p_lead.id, 'Returned to the queue', p_lead.owner_id, null, reason);
  perform flash.notify(p_lead.owner_id, 'lead_returned', 'submission', p_lead.id, facts, 'high',
    'lead_returned:' || p_lead.id);
  perform flash.notify_and_mail(m, 'lead_returned', p_lead.id, facts, 'urgent',
    'lead_returned:' || p_lead.id)
  from flash.responsible_for(p_lead.territory_id) m
  where m is distinct from p_lead.owner_id;
end
$$;

-- One clock that rang for a lead which is still unanswered. Returns when it rings next and for what;
-- a null moment: never again.
create or replace function flash.sla_ring(
  p_lead public.submissions, p_stage int, out ring_at timestamptz, out stage int)
language plpgsql volatile security definer set search_path = '' as $$
declare
  facts jsonb := jsonb_build_object('business_name', p_lead.business_name,
    'due', p_lead.first_response_due_at, 'band', p_lead.score_band);
begin
  stage := p_stage;
  ring_at := case p_stage when 1 then p_lead.first_response_due_at
    else flash.response_moment(p_lead.territory_id, p_lead.created_at, p_lead.score_band,
      case p_stage when 0 then 0.75 else 2 end) end;
  if ring_at > now() then
    return;                                  -- it has moved meanwhile
  end if;
  if p_stage = 0 then
    if p_lead.owner_id is not null then
      perform flash.notify(p_lead.owner_id, 'first_contact_soon', 'submission', p_lead.id, facts,
        'high', 'first_contact_soon:' || p_lead.id);
    end if;
    stage := 1;
    ring_at := p_lead.first_response_due_at;
  elsif p_stage = 1 then
    insert into public.activities (submission_id, kind, subject, data, completed_at, territory_id)
    values (p_lead.id, 'system', 'First response is late', facts, now(), p_lead.territory_id);
    perform flash.notify_and_mail(w.id, 'first_contact_late', p_lead.id, facts, 'urgent',
      'first_contact_late:' || p_lead.id)
    from (select p_lead.owner_id as id where p_lead.owner_id is not null
          union select flash.responsible_for(p_lead.territory_id)) w;
    stage := 2;
    ring_at := case p_lead.score_band when 'hot' then flash.response_moment(p_lead.territory_id,
      p_lead.created_at, p_lead.score_band, 2) end;
  else
    if p_lead.owner_id is not null then
      perform flash.sla_return(p_lead);
    end if;
    ring_at := null;
  end if;
end
$$;

-- Leads put by until a date come back: nurture -> contacted, and the owner hears of it. Returns how
-- many heard.
create or replace function flash.nurture_over(p_limit int) returns bigint
language sql volatile security definer set search_path = '' as $$
  with due as (
    select s.id from public.submissions s
    where s.status = 'nurture' and s.deleted_at is null and s.next_contact_at <= now()
      and not flash.has_open_deal(s.id)
    order by s.next_contact_at limit p_limit for update skip locked),
  back as (
    update public.submissions s set status = 'contacted' from due where s.id = due.id
    returning s.*)
  select count(flash.notify(b.owner_id, 'nurture_over', 'submission', b.id,
    jsonb_build_object('business_name', b.business_name), 'normal', 'nurture_over:' || b.id))
  from back b where b.owner_id is not null
$$;

-- Does what is due, p_limit of each at most. Returns the milliseconds until there is more; negative:
-- there is; null: nothing is waiting.
create or replace function flash.timers_ring(p_limit int) returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
  clock flash.sla_clock;
  lead public.submissions;
  next_at timestamptz;
  next_stage int;
begin
  for clock in
    select k.* from flash.sla_clock k where k.ring_at <= now()
    order by k.ring_at limit p_limit for update skip locked
  loop
    -- Whoever is just writing to the lead may want its clock too, so nobody waits for him here.
    select * into lead from public.submissions s
    where s.id = clock.submission_id for update skip locked;
    if not found and exists (select from public.submissions s where s.id = clock.submission_id) then
      continue;
    end if;
    begin
      next_at := null;
      if lead.id is not null and lead.deleted_at is null and lead.status = 'new'
         and lead.first_response_at is null and lead.first_response_due_at is not null then
        select r.ring_at, r.stage into next_at, next_stage
        from flash.sla_ring(lead, clock.stage) r;
      end if;
    exception when others then               -- the others ring on
      raise warning 'the clock of lead %: % %', clock.submission_id, sqlstate, sqlerrm;
      next_at := now() + interval '10 minutes';
      next_stage := clock.stage;
    end;
    if next_at is null then
      delete from flash.sla_clock k where k.submission_id = clock.submission_id;
    else
      update flash.sla_clock k set ring_at = next_at, stage = next_stage
      where k.submission_id = clock.submission_id;
    end if;
  end loop;
  perform flash.nurture_over(p_limit);
  return (extract(epoch from least(
    (select k.ring_at from flash.sla_clock k order by k.ring_at limit 1),
    (select s.next_contact_at from public.submissions s
     where s.status = 'nurture' and s.deleted_at is null and not flash.has_open_deal(s.id)
     order by s.next_contact_at limit 1)) - clock_timestamp()) * 1000)::bigint;
end
$$;

revoke execute on function flash.responsible_for(int),
  flash.notify_and_mail(uuid, text, uuid, jsonb, text, text), flash.sla_return(public.submissions),
  flash.sla_ring(public.submissions, int), flash.nurture_over(int), flash.timers_ring(int)
  from public;
grant execute on function flash.timers_ring(int) to flash_worker;
