-- Telling people. Called by the functions that move leads and deals; the server reads and sends.
-- Adds a notice to one person, or counts it into the same notice of the last ten minutes. Returns
-- null when the person does not want this type in the application.
create or replace function flash.notify(
  p_user uuid, p_type text, p_entity_type text, p_entity uuid, p_params jsonb default '{}',
  p_priority text default 'normal', p_dedupe text default null)
returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  notice uuid;
begin
  if exists (select from public.notification_prefs f
             where f.user_id = p_user and f.type = p_type and not f.in_app) then
    return null;
  end if;
  if p_dedupe is not null then
    update public.notifications n set dedupe_key = null
    where n.user_id = p_user and n.dedupe_key = p_dedupe
      and n.created_at <= flash.stamp() - interval '10 minutes';
  end if;
  insert into public.notifications as n (created_at, user_id, type, title_key, params,
    entity_type, entity_id, priority, dedupe_key)
  values (flash.stamp(), p_user, p_type, 'notice.' || p_type, p_params, p_entity_type, p_entity,
    p_priority, p_dedupe)
  on conflict (user_id, dedupe_key) where dedupe_key is not null
    do update set count = n.count + 1, read_at = null, params = excluded.params
  returning n.id into notice;
  return notice;
end
$$;

-- Everybody who manages a territory, but for the one who acts.
create or replace function flash.notify_managers(
  p_territory int, p_type text, p_submission uuid, p_params jsonb)
returns void
language sql volatile security definer set search_path = '' as $$
  select flash.notify(a.profile_id, p_type, 'submission', p_submission, p_params, 'normal',
    p_type || ':' || p_submission)
  from flash.profile_access a
  where a.active and a.role = 'manager' and p_territory = any (a.territory_ids)
    and a.profile_id is distinct from auth.uid()
$$;

-- The owner hears when another person moves his deal; the managers when one is won.
create or replace function flash.deal_announced() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  facts jsonb := jsonb_build_object('title', new.title, 'submission_id', new.submission_id,
    'from', old.stage, 'to', new.stage,
    'outcome', new.outcome);
begin
  if flash.via() = 'import' then
    return null;
  end if;
  if new.owner_id is distinct from auth.uid() and new.owner_id is not null then
    perform flash.notify(new.owner_id, 'deal_stage_changed', 'deal', new.id, facts, 'normal',
      'deal_stage_changed:' || new.id);
  end if;
  if new.outcome = 'won' then
    perform flash.notify(a.profile_id, 'deal_won', 'deal', new.id,
      facts || jsonb_build_object('value', new.value, 'currency', new.currency), 'normal',
      'deal_won:' || new.id)
    from flash.profile_access a
    where a.active and a.role in ('rep', 'manager') and new.territory_id = any (a.territory_ids)
      and a.profile_id is distinct from auth.uid()
      and a.profile_id is distinct from new.owner_id;
  end if;
  return null;
end
$$;

drop trigger if exists deals_70_announced on public.deals;
create trigger deals_70_announced after update on public.deals
  for each row when ((old.stage, old.outcome) is distinct from (new.stage, new.outcome))
  execute function flash.deal_announced();

create or replace function public.mark_notifications_read(p_before timestamptz default now())
returns int
language sql volatile security invoker set search_path = '' as $$
  with done as (
    update public.notifications n set read_at = now()
    where n.user_id = auth.uid() and n.read_at is null and n.created_at <= p_before
    returning 1)
  select count(*)::int from done
$$;

grant execute on function public.mark_notifications_read(timestamptz) to authenticated;
grant execute on function flash.notify(uuid, text, text, uuid, jsonb, text, text),
  flash.notify_managers(int, text, uuid, jsonb) to flash_worker, service_role;
