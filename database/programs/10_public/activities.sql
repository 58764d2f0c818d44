-- Activities: whose they are, and what they say about their lead. Fires on writes to activities.
create or replace function flash.activity_arrives() returns trigger
language plpgsql set search_path = '' as $$
declare
  lead record;
begin
  if new.deal_id is not null then
    select d.submission_id, d.territory_id, d.owner_id, d.deleted_at into lead
    from public.deals d where d.id = new.deal_id;
    if not found then
      raise exception 'no such deal' using errcode = '23503';
    end if;
    new.submission_id := lead.submission_id;
  else
    select s.id, s.territory_id, s.owner_id, s.deleted_at into lead
    from public.submissions s where s.id = new.submission_id;
    if not found then
      raise exception 'no such lead' using errcode = '23503';
    end if;
  end if;
  new.territory_id := lead.territory_id;
  new.owner_id := lead.owner_id;
  new.deleted_at := lead.deleted_at;
  if flash.person_role() is not null then
    new.actor_id := auth.uid();            -- nobody writes in another's name
    new.created_at := now();
    if new.completed_at > now() then
      raise exception 'an activity cannot be completed in the future' using errcode = '23514';
    end if;
    if new.kind not in ('call', 'email', 'meeting', 'visit', 'message', 'note', 'task') then
      raise exception 'activities of kind "%" are written by the system', new.kind
        using errcode = '42501';
    end if;
  end if;
  return new;
end
$$;

-- Intake names the place of the leads it writes; that of an earlier one it leaves to be looked up.
drop trigger if exists activities_10_arrive on public.activities;
create trigger activities_10_arrive before insert on public.activities
  for each row when (new.territory_id is null or not flash.by_intake())
  execute function flash.activity_arrives();

-- An activity stays with its lead and its author, unless its lead becomes part of another.
create or replace function flash.activity_changes() returns trigger
language plpgsql set search_path = '' as $$
begin
  if (new.submission_id, new.deal_id, new.actor_id, new.kind)
     is distinct from (old.submission_id, old.deal_id, old.actor_id, old.kind)
     and flash.via() is distinct from 'merge' then
    raise exception 'an activity keeps its lead, its author and its kind' using errcode = '42501';
  end if;
  if flash.person_role() is not null and new.completed_at > now() then
    raise exception 'an activity cannot be completed in the future' using errcode = '23514';
  end if;
  return new;
end
$$;

drop trigger if exists activities_10_change on public.activities;
create trigger activities_10_change before update on public.activities
  for each row execute function flash.activity_changes();

-- Only what people do moves these two; the system's own notes would touch every lead twice.
create or replace function flash.activity_noted() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  answered timestamptz := case
    when new.kind in ('call', 'email', 'meeting', 'visit', 'message') then new.completed_at end;
begin
  update public.submissions s
  set last_activity_at = greatest(s.last_activity_at, new.created_at, new.completed_at),
      first_response_at = coalesce(least(s.first_response_at, answered), s.first_response_at)
  where s.id = new.submission_id;
  return null;
end
$$;

drop trigger if exists activities_50_noted on public.activities;
create trigger activities_50_noted after insert or update of completed_at on public.activities
  for each row when (new.actor_id is not null and new.submission_id is not null
    and new.kind in ('call', 'email', 'meeting', 'visit', 'message', 'note', 'task'))
  execute function flash.activity_noted();
