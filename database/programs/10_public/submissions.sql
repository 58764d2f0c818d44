-- What every door to public.submissions shares: server-kept columns, versions, legal transitions,
-- and the job for rows that the pipeline has not seen. Fires on every write to submissions.

-- Where a lead lies before the pipeline looks: its sub-area, else its country, else the root.
create or replace function flash.home_territory(p_country text, p_sub_area int) returns int
language sql stable set search_path = '' as $$
  select t.id from public.territories t
  where t.id = p_sub_area and t.country = p_country
     or t.kind = 'country' and t.country = p_country
     or t.kind = 'root'
  order by (t.id = p_sub_area) desc nulls last, (t.kind = 'country') desc
  limit 1
$$;

create or replace function flash.tidy_email(p_email text) returns text
language sql immutable parallel safe
return nullif(regexp_replace(btrim(p_email), '@[^@]*$', '')
  || lower(coalesce(substring(btrim(p_email) from '@[^@]*$'), '')), '');

create or replace function flash.submission_arrives() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.business_key := flash.business_key(new.business_name);
  new.email := flash.tidy_email(new.email);
  if current_user in ('flash_rep', 'flash_manager', 'flash_admin', 'service_role')
     and new.channel = 'sql' then
    new.channel := 'api';
  end if;
  if new.consent_contact and new.consent_at is null then
    new.consent_at := flash.stamp();
  end if;
  if new.sub_area_id is not null and not exists (
      select from public.territories t where t.id = new.sub_area_id and t.country = new.country)
  then
    new.sub_area_id := null;
    new.flags := new.flags || 'sub_area_dropped'::text;
  end if;
  if new.territory_id is null then
    new.territory_id := flash.home_territory(new.country, new.sub_area_id);
  end if;
  if new.score_band is not null and new.first_response_due_at is null
     and new.status not in ('archived', 'disqualified') then
    new.first_response_due_at :=
      flash.first_response_due(new.territory_id, new.created_at, new.score_band);
  end if;
  if new.status <> 'new' and flash.via() is distinct from 'import'
     and not (new.status in ('disqualified', 'archived') and flash.person_role() is null) then
    raise exception 'illegal_transition' using errcode = 'PT409',
      detail = format('A lead cannot begin as %s.', new.status);
  end if;
  return new;
end
$$;

drop trigger if exists submissions_10_arrive on public.submissions;
create trigger submissions_10_arrive before insert on public.submissions
  for each row when (not flash.by_intake()) execute function flash.submission_arrives();

-- A contact noted on a lead must not make the version stale under somebody who edits it.
create or replace function flash.submission_changes() returns trigger
language plpgsql set search_path = '' as $$
declare
  quiet public.submissions := new;
begin
  quiet.last_activity_at := old.last_activity_at;
  quiet.first_response_at := old.first_response_at;
  quiet.version := old.version;
  quiet.updated_at := old.updated_at;
  new.version := old.version;
  if quiet is not distinct from old then
    new.updated_at := old.updated_at;
    return new;
  end if;
  new.version := old.version + 1;
  new.updated_at := flash.stamp();
  if new.business_name is distinct from old.business_name then
    new.business_key := flash.business_key(new.business_name);
  end if;
  if new.email is distinct from old.email then
    new.email := flash.tidy_email(new.email);
  end if;
  if new.consent_contact and new.consent_at is null then
    new.consent_at := flash.stamp();
  end if;
  if new.sub_area_id is distinct from old.sub_area_id and new.sub_area_id is not null
     and not exists (select from public.territories t
                     where t.id = new.sub_area_id and t.country = new.country) then
    raise exception 'the sub-area lies in another country' using errcode = '23514';
  end if;
  if new.score_band is distinct from old.score_band and new.first_response_at is null
     and new.score_band is not null and new.status in ('new', 'contacted', 'qualified') then
    new.first_response_due_at :=
      flash.first_response_due(new.territory_id, new.created_at, new.score_band);
  end if;
  return new;
end
$$;

drop trigger if exists submissions_10_change on public.submissions;
create trigger submissions_10_change before update on public.submissions
  for each row execute function flash.submission_changes();

create or replace function flash.has_open_deal(p_submission uuid) returns bool
language sql stable security definer set search_path = '' as $$
  select exists (select from public.deals d
    where d.submission_id = p_submission and d.deleted_at is null and d.stage <> 'closed')
$$;

-- Who moves it, for flash.legal_transition. A job or a plain SQL session counts as admin or
-- system; a deal that leads its lead says so by flash.via, which a person cannot.
create or replace function flash.transition_actors() returns text[]
language sql stable parallel safe set search_path = '' as $$
  select case
    when flash.via() = 'deal' then '{deal}'
    when flash.person_role() is not null then array[flash.person_role()]
    when current_user = 'flash_worker' then '{system}'
    else '{system,admin}' end::text[]
$$;

create or replace function flash.submission_transition() returns trigger
language plpgsql set search_path = '' as $$
declare
  missing text;
begin
  if flash.via() = 'merge' then
    return new;                            -- merge_leads says the rest of the status itself
  end if;
  new.status_changed_at := flash.stamp();
  new.previous_status := old.status;
  if new.status_reason is not distinct from old.status_reason then
    new.status_reason := null;             -- the reason was for the status that ends here
  end if;
  if new.status <> 'nurture' then
    new.next_contact_at := null;
  end if;
  if flash.via() = 'import' then
    return new;
  end if;
  if flash.via() = 'undo' and new.status = old.previous_status then
    return new;                            -- undo_submission_status has looked at the rest
  end if;
  if not exists (
      select from flash.legal_transition l
      where l.from_status = old.status and l.to_status = new.status
        and l.actors && flash.transition_actors())
     or old.status = 'archived' and new.status is distinct from old.previous_status then
    raise exception 'illegal_transition' using errcode = 'PT409',
      detail = format('%s -> %s', old.status, new.status);
  end if;
  if flash.via() is distinct from 'deal' and flash.has_open_deal(new.id) then
    raise exception 'deal_governs_status' using errcode = 'PT409',
      detail = 'An open deal leads this lead; move the deal instead.';
  end if;
  if flash.via() is distinct from 'deal' then
    missing := case
      when old.status = 'new' and new.status = 'contacted' and new.first_response_at is null
        then 'activity_required'
      when new.status = 'qualified' and old.status <> 'archived'
        and coalesce(btrim(new.status_reason), '') = '' then 'reason_required'
      when new.status = 'nurture' and old.status <> 'archived'
        and coalesce(new.next_contact_at, '-infinity') <= now() then 'next_contact_required'
      when new.status = 'disqualified' and old.status <> 'archived'
        and coalesce(btrim(new.status_reason), '') = '' then 'reason_required'
      when old.status = 'disqualified' and new.status = 'new'
        and coalesce(btrim(new.status_reason), '') = '' then 'reason_required'
    end;
    if missing is not null then
      raise exception '%', missing using errcode = 'PT422',
        detail = format('%s -> %s', old.status, new.status);
    end if;
  end if;
  return new;
end
$$;

drop trigger if exists submissions_20_transition on public.submissions;
create trigger submissions_20_transition before update on public.submissions
  for each row when (old.status is distinct from new.status)
  execute function flash.submission_transition();

-- The time line tells every change of status, whichever door it came through; where a deal leads,
-- the deal's own note is enough.
create or replace function flash.submission_status_noted() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if current_setting('flash.deal_leads', true) = 'on' then
    return null;
  end if;
  insert into public.activities (created_at, submission_id, actor_id, kind, data, completed_at,
    territory_id, owner_id, deleted_at)
  values (flash.stamp(), new.id, flash.actor(), 'status_change',
    jsonb_strip_nulls(jsonb_build_object('from', old.status, 'to', new.status,
      'reason', new.status_reason, 'via', nullif(flash.via(), 'import'), 'reason_before', old.status_reason,
      'next_contact_before', old.next_contact_at)),
    flash.stamp(), new.territory_id, new.owner_id, new.deleted_at);
  return null;
end
$$;

drop trigger if exists submissions_50_status_noted on public.submissions;
create trigger submissions_50_status_noted after update on public.submissions
  for each row when (old.status is distinct from new.status)
  execute function flash.submission_status_noted();

grant execute on function flash.home_territory(text, int), flash.tidy_email(text),
  flash.has_open_deal(uuid), flash.transition_actors()
  to authenticated, service_role, flash_worker;

-- submissions.phone is the primary number; submission_phones lists all of them. Intake writes both
-- itself; for the other doors this keeps them together.
create or replace function flash.primary_phone_follows() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.submission_phones p set is_primary = false
  where p.submission_id = new.id and p.is_primary and p.number is distinct from new.phone;
  if new.phone is not null then
    insert into public.submission_phones (submission_id, number, is_primary)
    values (new.id, new.phone, true)
    on conflict (submission_id, number) do update set is_primary = true;
  end if;
  return null;
end
$$;

drop trigger if exists submissions_50_phone_new on public.submissions;
create trigger submissions_50_phone_new after insert on public.submissions
  for each row when (new.processed_at is null and new.phone is not null)
  execute function flash.primary_phone_follows();
drop trigger if exists submissions_50_phone on public.submissions;
create trigger submissions_50_phone after update on public.submissions
  for each row when (old.phone is distinct from new.phone)
  execute function flash.primary_phone_follows();
