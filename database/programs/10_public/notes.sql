-- What people do together on a lead: mentions in notes, and tasks that somebody else did.
-- A note names those it calls in data.mentions, an array of profile ids. Fires on inserts.
create or replace function flash.note_mentions() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  lead public.submissions;
  who text;
begin
  if jsonb_typeof(new.data -> 'mentions') <> 'array' or flash.via() = 'import' then
    return null;
  end if;
  select * into lead from public.submissions s where s.id = new.submission_id;
  select p.full_name into who from public.profiles p where p.id = new.actor_id;
  -- Only who may see the lead hears of it, twenty at most, and nobody of his own note.
  perform flash.notify(a.profile_id, 'mentioned', 'submission', lead.id,
    jsonb_build_object('business_name', lead.business_name, 'who', who, 'who_id', new.actor_id,
      'reason', left(new.body, 200)), 'high')
  from flash.profile_access a
  where a.active and a.profile_id is distinct from new.actor_id
    and a.profile_id::text in (
      select m.id from jsonb_array_elements_text(new.data -> 'mentions') with ordinality m(id, place)
      where m.place <= 20)
    and (a.role = 'admin' or lead.territory_id = any (a.territory_ids)
         or a.role = 'rep' and lead.owner_id = a.profile_id);
  return null;
end
$$;

drop trigger if exists activities_60_mentions on public.activities;
create trigger activities_60_mentions after insert on public.activities
  for each row when (new.kind = 'note' and new.data ? 'mentions' and new.submission_id is not null)
  execute function flash.note_mentions();

-- Ticks a task or takes the tick off. Its author, the owner of its lead and those who manage the
-- territory may, while a policy lets nobody but the author change an activity: so SECURITY DEFINER,
-- and the check is here.
create or replace function public.set_task_done(p_id uuid, p_done bool) returns public.activities
language plpgsql volatile security definer set search_path = '' as $$
declare
  access record;
  task public.activities;
begin
  select a.profile_id, a.role::text as role, a.territory_ids into access from flash.my_access() a;
  select * into task from public.activities t
  where t.id = p_id and t.kind = 'task' and t.deleted_at is null
    and (access.role = 'admin' or t.territory_id = any (access.territory_ids)
         or access.role = 'rep' and t.owner_id = access.profile_id)
  for update;
  if task.id is null then
    raise exception 'not_found' using errcode = 'PT404', detail = 'No such task.';
  end if;
  if (access.role in ('manager', 'admin') or access.role = 'rep'
      and access.profile_id in (task.actor_id, task.owner_id)) is not true then
    raise exception 'not_owner' using errcode = 'PT403',
      detail = 'Its author, the owner of the lead or a manager ticks a task.';
  end if;
  update public.activities t set completed_at = case when p_done then now() end
  where t.id = p_id and (t.completed_at is null) = p_done;
  select * into task from public.activities t where t.id = p_id;
  return task;
end
$$;

grant execute on function public.set_task_done(uuid, bool) to flash_rep, flash_manager, flash_admin;
