-- Row security and column grants of what people keep for their work: saved views, their marks, the
-- memory of changes of many leads, and how the dashboard is arranged.
-- The caller's, whatever is written: nobody may name another.
alter table public.saved_views alter column owner_id set default auth.uid();
alter table public.saved_view_marks alter column user_id set default auth.uid();
alter table public.bulk_items alter column actor_id set default auth.uid();
alter table public.dashboard_layouts alter column user_id set default auth.uid();

do $$
declare
  t text;
  everybody constant text := 'flash_rep, flash_manager, flash_viewer, flash_admin';
  me constant text := '(select a.profile_id from flash.profile_access a '
    'where a.profile_id = auth.uid() and a.active)';
  -- A manager shares with the nodes he holds, an admin with all.
  shares constant text := '(territory_id is null or territory_id = any ((
    select a.territory_ids from flash.profile_access a where a.profile_id = auth.uid()
      and a.role in (''manager'', ''admin'') and a.active)::int[]))';
begin
  foreach t in array array['saved_views', 'saved_view_marks', 'bulk_items', 'dashboard_layouts'] loop
    execute format('revoke all on public.%I from anon, authenticated, service_role, flash_worker, %s',
      t, everybody);
    execute format('grant select on public.%I to %s', t, everybody);
    execute format('grant select, insert, update, delete on public.%I to service_role', t);
    execute format('drop policy if exists services on public.%I', t);
    execute format('create policy services on public.%I to service_role using (true)
      with check (true)', t);
  end loop;

  drop policy if exists own on public.saved_views;
  execute format('create policy own on public.saved_views to %s using (owner_id = %s)
    with check (owner_id = %s and %s)', everybody, me, me, shares);
  drop policy if exists read_shared on public.saved_views;
  execute format('create policy read_shared on public.saved_views for select to %s
    using (territory_id = any ((select flash.my_scopes())::int[]))', everybody);
  execute format('grant insert (id, territory_id, screen, name, query, columns),
    update (territory_id, name, query, columns), delete on public.saved_views to %s', everybody);

  -- Nobody marks a view that he does not see.
  drop policy if exists own on public.saved_view_marks;
  execute format('create policy own on public.saved_view_marks to %s using (user_id = %s)
    with check (user_id = %s and exists (select from public.saved_views v where v.id = view_id))',
    everybody, me, me);
  execute format('grant insert (view_id, pinned, is_default), update (pinned, is_default), delete
    on public.saved_view_marks to %s', everybody);

  drop policy if exists own on public.dashboard_layouts;
  execute format('create policy own on public.dashboard_layouts to %s using (user_id = %s)
    with check (user_id = %s)', everybody, me, me);
  execute format('grant insert (user_id, widgets), update (user_id, widgets), delete
    on public.dashboard_layouts to %s', everybody);

  drop policy if exists own on public.bulk_items;
  execute format('create policy own on public.bulk_items to flash_rep, flash_manager, flash_admin
    using (actor_id = %s) with check (actor_id = %s)', me, me);
  grant insert (change_id, submission_id, action, before, version), update (undone_at), delete
    on public.bulk_items to flash_rep, flash_manager, flash_admin;
  revoke select on public.bulk_items from flash_viewer;
end
$$;

grant insert (tags), update (tags) on public.submissions to flash_rep, flash_manager, flash_admin;
grant execute on function flash.are_tags(text[]) to authenticated, service_role, flash_worker,
  flash_intake;
