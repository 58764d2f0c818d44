-- Saved views: who sees which, and one default a person and screen. Called by policies and the web
-- app.
-- Every node a person works in, and those above it: a view shared with any of them is his too.
create or replace function flash.my_scopes() returns int[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(distinct c.ancestor_id), '{}')
  from flash.profile_access a
  join flash.territory_paths c on c.descendant_id = any (a.territory_ids)
  where a.profile_id = auth.uid() and a.active
$$;

-- Pins a view or takes the pin off, makes it the default of its screen or not; null leaves it.
create or replace function public.mark_view(p_view uuid, p_pinned bool default null,
  p_default bool default null)
returns void
language plpgsql volatile security invoker set search_path = '' as $$
begin
  if not exists (select from public.saved_views v where v.id = p_view) then
    raise exception 'not_found' using errcode = 'PT404', detail = 'No such view.';
  end if;
  if p_default then
    update public.saved_view_marks m set is_default = false
    where m.user_id = auth.uid() and m.is_default and m.view_id in (
      select v.id from public.saved_views v
      where v.screen = (select w.screen from public.saved_views w where w.id = p_view));
  end if;
  insert into public.saved_view_marks as m (view_id, pinned, is_default)
  values (p_view, coalesce(p_pinned, false), coalesce(p_default, false))
  on conflict (user_id, view_id) do update
    set pinned = coalesce(p_pinned, m.pinned), is_default = coalesce(p_default, m.is_default);
end
$$;

grant execute on function flash.my_scopes() to authenticated;
grant execute on function public.mark_view(uuid, bool, bool)
  to flash_rep, flash_manager, flash_viewer, flash_admin;
