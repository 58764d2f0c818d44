-- The audit log. Fires once a statement on the tables below; nobody else writes to it.
-- `changed` leaves out what every update moves and what has a history table of its own.
create or replace function flash.row_changes(p_old jsonb, p_new jsonb) returns jsonb
language sql immutable parallel safe set search_path = '' as $$
  select jsonb_object_agg(n.key, jsonb_build_array(p_old -> n.key, n.value))
  from jsonb_each(p_new) n
  where n.value is distinct from p_old -> n.key
    and n.key not in ('updated_at', 'version', 'last_activity_at', 'first_response_at',
      'score_factors', 'scored_at', 'last_assigned_at', 'status_changed_at', 'stage_changed_at',
      'processed_at')
$$;

-- Leads and deals come in batches, so their inserts name columns instead of unpacking rows as JSON,
-- and who and when are asked once a statement: a fifth of the time.
create or replace function flash.audit_records() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  at constant timestamptz := flash.stamp();
  who constant uuid := flash.actor();
  role constant text := flash.acting_role();
begin
  if tg_op = 'INSERT' and tg_table_name = 'submissions' then
    insert into public.audit_log (at, actor_id, actor_role, table_name, row_id, op, territory_id,
      owner_id, new_status)
    select at, who, role, tg_table_name, n.id::text, 'insert', n.territory_id, n.owner_id, n.status
    from new_rows n;
  elsif tg_op = 'INSERT' and tg_table_name = 'deals' then
    insert into public.audit_log (at, actor_id, actor_role, table_name, row_id, op, territory_id,
      owner_id, new_status)
    select at, who, role, tg_table_name, n.id::text, 'insert', n.territory_id, n.owner_id, n.stage
    from new_rows n;
  elsif tg_op = 'INSERT' then
    insert into public.audit_log (at, actor_id, actor_role, table_name, row_id, op, territory_id)
    select at, who, role, tg_table_name, n.id::text, 'insert', n.territory_id from new_rows n;
  elsif tg_op = 'UPDATE' then
    insert into public.audit_log (at, actor_id, actor_role, table_name, row_id, op, territory_id,
      owner_id, old_status, new_status, changed)
    select at, who, role, tg_table_name, d.new ->> 'id', 'update',
      (d.new ->> 'territory_id')::int, (d.new ->> 'owner_id')::uuid,
      coalesce(d.old ->> 'status', d.old ->> 'stage'),
      coalesce(d.new ->> 'status', d.new ->> 'stage'), d.changed
    from (select j.old, j.new, flash.row_changes(j.old, j.new) as changed
          from (select to_jsonb(o) as old, to_jsonb(n) as new
                from old_rows o join new_rows n on n.id = o.id offset 0) j) d
    where d.changed is not null;
  else
    insert into public.audit_log (at, actor_id, actor_role, table_name, row_id, op, territory_id,
      owner_id, old_status)
    select at, who, role, tg_table_name, o.row ->> 'id', 'delete', (o.row ->> 'territory_id')::int,
      (o.row ->> 'owner_id')::uuid, coalesce(o.row ->> 'status', o.row ->> 'stage')
    from (select to_jsonb(r) as row from old_rows r) o;
  end if;
  return null;
end
$$;

-- Tables without a column `id`: the key is what follows the trigger's arguments, joined by '/'.
create or replace function flash.audit_settings() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  old_row jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  new_row jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  key text;
  diff jsonb;
begin
  select string_agg(coalesce(new_row, old_row) ->> k.name, '/' order by k.place) into key
  from unnest(tg_argv) with ordinality as k(name, place);
  diff := case
    when tg_op = 'UPDATE' then flash.row_changes(old_row, new_row)
    -- A rule that is gone can be read nowhere else.
    when tg_table_name = 'routing_rules' then flash.row_changes('{}', coalesce(new_row, old_row))
    end;
  if tg_op <> 'UPDATE' or diff is not null then
    insert into public.audit_log (at, actor_id, actor_role, table_name, row_id, op, territory_id,
      changed)
    values (flash.stamp(), flash.actor(), flash.acting_role(), tg_table_name, key, lower(tg_op),
      (coalesce(new_row, old_row) ->> 'territory_id')::int, diff);
  end if;
  return null;
end
$$;

do $$
declare
  t text;
  keyed record;
begin
  foreach t in array array['submissions', 'deals', 'contacts', 'organizations'] loop
    execute format('drop trigger if exists %1$s_90_audit_insert on public.%1$s', t);
    -- The contact and organisation that intake makes for a lead are told by the line of the lead.
    execute format('create trigger %1$s_90_audit_insert after insert on public.%1$s
      referencing new table as new_rows for each statement %2$s
      execute function flash.audit_records()', t,
      case when t in ('contacts', 'organizations') then 'when (not flash.by_intake())' end);
    execute format('drop trigger if exists %1$s_90_audit_update on public.%1$s', t);
    execute format('create trigger %1$s_90_audit_update after update on public.%1$s
      referencing old table as old_rows new table as new_rows for each statement
      execute function flash.audit_records()', t);
    execute format('drop trigger if exists %1$s_90_audit_delete on public.%1$s', t);
    execute format('create trigger %1$s_90_audit_delete after delete on public.%1$s
      referencing old table as old_rows for each statement
      execute function flash.audit_records()', t);
  end loop;
  for keyed in select * from (values
      ('profiles', '''id'''), ('profile_territories', '''profile_id'', ''territory_id'''),
      ('profile_absences', '''id'''), ('territories', '''id'''),
      ('territory_settings', '''territory_id'''), ('routing_rules', '''id'''),
      ('exchange_rates', '''currency'', ''rate_date''')) as v(name, key_columns) loop
    execute format('drop trigger if exists %1$s_90_audit on public.%1$s', keyed.name);
    execute format('create trigger %1$s_90_audit after insert or update or delete on public.%1$s
      for each row execute function flash.audit_settings(%2$s)', keyed.name, keyed.key_columns);
  end loop;
end
$$;
