-- Who took leads out of the system, when, which and what of them. Called by the server's door for
-- exports, in a transaction of its own before the first row leaves.
create or replace function flash.note_export(p_query text, p_columns text[], p_ids int) returns void
language sql volatile security definer set search_path = '' as $$
  insert into public.audit_log (at, actor_id, actor_role, table_name, row_id, op, changed)
  values (now(), flash.actor(), flash.acting_role(), 'submissions', 'export', 'export',
    jsonb_build_object('query', left(p_query, 4000), 'columns', p_columns, 'picked', p_ids))
$$;
revoke execute on function flash.note_export(text, text[], int) from public;
grant execute on function flash.note_export(text, text[], int) to flash_rep, flash_manager, flash_admin;
