-- Changing many leads in one go, in portions that the web app asks for one after the other, so that
-- it can tell how far it is. Each lead goes through the same rules as alone; one that is refused
-- does not hold up the others, and says why. Called through rpc.

-- {done, refused: [{id, reason}]}. p_action: 'status' {status, reason, activity}, 'assign' {to,
-- reason}, 'tag' or 'untag' {tag}. 200 leads at most; a lead that was done under the same p_change
-- already counts as done, so a portion can be sent again.
create or replace function public.bulk_change_leads(p_change uuid, p_action text, p_args jsonb,
  p_ids uuid[])
returns jsonb
language plpgsql volatile security invoker set search_path = '' as $$
declare
  lead public.submissions;
  done int := 0;
  refused jsonb := '[]';
  wanted uuid;
  after_version int;
  said text;
begin
  if p_action not in ('status', 'assign', 'tag', 'untag') or p_change is null then
    raise exception 'unknown_action' using errcode = 'PT422',
      detail = 'The action is status, assign, tag or untag.';
  end if;
  if coalesce(cardinality(p_ids), 0) not between 1 and 200 then
    raise exception 'too_many' using errcode = 'PT422', detail = 'Name 1 to 200 leads.';
  end if;
  delete from public.bulk_items b
  where b.actor_id = auth.uid() and b.created_at < now() - interval '1 day';
  foreach wanted in array p_ids loop
    continue when wanted is null;
    if exists (select from public.bulk_items b
               where b.change_id = p_change and b.submission_id = wanted) then
      done := done + 1;
      continue;
    end if;
    begin
      select * into lead from public.submissions s where s.id = wanted;
      if not found then
        raise exception 'not_found' using errcode = 'PT404';
      end if;
      if p_action = 'status' then
        perform public.change_submission_status(wanted, p_args ->> 'status', lead.version,
          p_args ->> 'reason', p_args -> 'activity');
      elsif p_action = 'assign' then
        perform public.assign_submission(wanted, (p_args ->> 'to')::uuid, p_args ->> 'reason');
      else
        update public.submissions s
        set tags = case p_action when 'untag' then array_remove(s.tags, p_args ->> 'tag')
          when 'tag' then case when p_args ->> 'tag' = any (s.tags) then s.tags
            else s.tags || (p_args ->> 'tag') end end
        where s.id = wanted;
        if not found then
          raise exception 'not_owner' using errcode = 'PT403';
        end if;
      end if;
      select s.version into after_version from public.submissions s where s.id = wanted;
      insert into public.bulk_items (change_id, submission_id, action, before, version)
      values (p_change, wanted, p_action, jsonb_build_object('status', lead.status,
        'owner_id', lead.owner_id, 'tags', lead.tags), coalesce(after_version, lead.version + 1));
      done := done + 1;
    exception when others then
      get stacked diagnostics said = message_text;
      refused := refused || jsonb_build_object('id', wanted, 'reason', left(said, 120));
    end;
  end loop;
  return jsonb_build_object('done', done, 'refused', refused);
end
$$;

-- Takes back up to p_limit leads of a change: {done, refused: [{id, reason}], left}. A lead that
-- somebody changed since keeps what it has. Status goes back by its own rules of ten minutes.
create or replace function public.undo_bulk_change(p_change uuid, p_limit int default 200)
returns jsonb
language plpgsql volatile security invoker set search_path = '' as $$
declare
  item public.bulk_items;
  lead public.submissions;
  done int := 0;
  refused jsonb := '[]';
  said text;
begin
  for item in
    select * from public.bulk_items b
    where b.change_id = p_change and b.actor_id = auth.uid() and b.undone_at is null
    order by b.submission_id limit least(greatest(coalesce(p_limit, 200), 1), 200)
  loop
    begin
      select * into lead from public.submissions s where s.id = item.submission_id;
      if lead.version is distinct from item.version then
        raise exception 'version_conflict' using errcode = 'PT409';
      end if;
      if item.action = 'status' then
        if item.before ->> 'status' is distinct from lead.status::text then
          perform public.undo_submission_status(item.submission_id, lead.version);
        end if;
      elsif item.action = 'assign' then
        if item.before ->> 'owner_id' is distinct from lead.owner_id::text then
          perform public.assign_submission(item.submission_id, (item.before ->> 'owner_id')::uuid,
            'Taken back');
        end if;
      else
        update public.submissions s
        set tags = array(select jsonb_array_elements_text(item.before -> 'tags'))
        where s.id = item.submission_id;
      end if;
      done := done + 1;
    exception when others then
      get stacked diagnostics said = message_text;
      refused := refused || jsonb_build_object('id', item.submission_id, 'reason', left(said, 120));
    end;
    update public.bulk_items b set undone_at = now()
    where b.change_id = p_change and b.submission_id = item.submission_id;
  end loop;
  return jsonb_build_object('done', done, 'refused', refused, 'left', (
    select count(*) from public.bulk_items b
    where b.change_id = p_change and b.actor_id = auth.uid() and b.undone_at is null));
end
$$;

-- The tags in use where the caller looks, the most used first: {tag, leads}.
create or replace function public.known_tags() returns table (tag text, leads bigint)
language sql stable security invoker set search_path = '' as $$
  select t.tag, count(*) from public.submissions s cross join lateral unnest(s.tags) as t(tag)
  where s.tags <> '{}' and s.deleted_at is null
  group by t.tag order by count(*) desc, t.tag limit 100
$$;

grant execute on function public.bulk_change_leads(uuid, text, jsonb, uuid[]),
  public.undo_bulk_change(uuid, int) to flash_rep, flash_manager, flash_admin;
grant execute on function public.known_tags()
  to flash_rep, flash_manager, flash_viewer, flash_admin;
