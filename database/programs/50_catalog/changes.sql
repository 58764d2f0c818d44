-- Tells running servers that the schema changed: a logical message in the transaction that changes
-- it, so that it arrives when, and only if, that transaction commits (wal, then app/catalog_keeper).
-- No NOTIFY: it makes all commits of a database wait for each other.
-- The message's content is the transaction's number: a server reads the catalog when it sees it.
create or replace function flash.tell_schema_changed() returns event_trigger
language plpgsql set search_path = '' as $$
begin
  if tg_event = 'sql_drop' then
    if not exists (select from pg_catalog.pg_event_trigger_dropped_objects() d
                   where not d.is_temporary) then
      return;
    end if;
  -- Of no interest to anyone who asks what a table looks like.
  elsif tg_tag in ('REFRESH MATERIALIZED VIEW', 'CREATE INDEX', 'ALTER INDEX', 'REINDEX',
                   'CREATE STATISTICS', 'ALTER STATISTICS')
    or not exists (select from pg_catalog.pg_event_trigger_ddl_commands() d
                   where d.schema_name is distinct from 'pg_temp') then
    return;
  end if;
  perform pg_catalog.pg_logical_emit_message(true, 'flash.ddl',
    pg_catalog.pg_current_xact_id()::text);
end
$$;

-- Event triggers are a superuser's. Without them a server loads the catalog at its start and on
-- NOTIFY pgrst.
do $$
begin
  drop event trigger if exists flash_schema_changed;
  drop event trigger if exists flash_schema_dropped;
  create event trigger flash_schema_changed on ddl_command_end
    execute function flash.tell_schema_changed();
  create event trigger flash_schema_dropped on sql_drop
    execute function flash.tell_schema_changed();
exception when insufficient_privilege then
  raise notice 'no event trigger: schema changes are told by NOTIFY pgrst only';
end
$$;
