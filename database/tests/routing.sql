-- The rules of routing: who sees and saves them, versions, history; what the engine is told.
begin;
\ir kit/people.sql
create function pg_temp.version(p_code text) returns text language sql as $$
  select flash.routing_version(pg_temp.place(p_code))
$$;
create function pg_temp.save(p_who text, p_code text, p_rules text, p_version text default null,
  p_keep bool default true) returns text language sql as $$
  select pg_temp.try(p_who, format('select public.save_routing_rules(%s, %L, %L)',
    coalesce(pg_temp.place(p_code)::text, 'null'), p_rules,
    coalesce(p_version, flash.routing_version(pg_temp.place(p_code)))), p_keep)
$$;
create function pg_temp.desk(p_who text, p_code text) returns jsonb language plpgsql as $$
declare
  out jsonb;
begin
  perform pg_temp.enter(p_who);
  -- Dynamic: a right is asked for when a statement is planned, once for all who run it otherwise.
  execute 'select public.routing_desk($1)' into out using pg_temp.place(p_code);
  perform pg_temp.leave();
  return out;
exception when insufficient_privilege then
  perform pg_temp.leave();
  return '"denied"';
end
$$;

-- Of everywhere, too, a manager is told of nobody whom he does not work with.
select pg_temp.is((select count(*)::text from jsonb_array_elements(
    pg_temp.desk('manager', 'nowhere') -> 'people') p
  where not (p ->> 'id')::uuid = any (array(
    select o.profile_id from flash.profile_access m join flash.profile_access o on o.territory_ids && m.territory_ids
    where m.profile_id = pg_temp.person('manager')))), '0', 'nobody else''s people');
select pg_temp.is(((jsonb_array_length(pg_temp.desk('admin', 'nowhere') -> 'people')
  > jsonb_array_length(pg_temp.desk('manager', 'nowhere') -> 'people')))::text, 'true', 'an admin sees all');

-- Who sees a territory's rules: its managers and admins; of everywhere, every manager.
select pg_temp.is(concat_ws(' ', pg_temp.desk(who, code) ->> 'may_edit',
  coalesce(nullif(jsonb_typeof(pg_temp.desk(who, code)), 'object'), '')), wanted, who || ' ' || code)
from (values ('admin', 'JM', 'true '), ('admin', 'nowhere', 'true '), ('manager', 'JM-01', 'true '),
  ('manager', 'nowhere', 'false '), ('manager', 'KY', ''), ('manager_ky', 'KY', 'true '),
  ('rep', 'JM-01', 'string'), ('viewer', 'JM', 'string'), ('forged', 'JM', ''),
  ('anon', 'JM', 'string')) as v(who, code, wanted);
select pg_temp.is((select count(*)::text from jsonb_array_elements(
  pg_temp.desk('manager', 'JM-01') -> 'rules')), '7', 'the seven are inherited');
select pg_temp.is((select string_agg(p ->> 'name', ',' order by p ->> 'name') from
  jsonb_array_elements(pg_temp.desk('manager', 'JM-01') -> 'people') p), 'Colleague,Rep',
  'the people of Kingston, and nobody who is gone');
select pg_temp.is((select string_agg(p ->> 'name', ',') from
  jsonb_array_elements(pg_temp.desk('manager_ky', 'KY') -> 'people') p), 'Rep_Ky', 'of Cayman');

-- Saving: whole, by version, only where one is a manager.
select pg_temp.is(pg_temp.save('manager', 'JM-01', '[{"priority": 15, "kind": "territory",
  "name": "Hot first", "enabled": true, "condition": {"==": [{"var": "score_band"}, "hot"]},
  "params": {"strategy": "round_robin"}}, {"priority": 16, "kind": "queue", "name": "Wait",
  "enabled": true}]'), '1', 'a manager saves');
select pg_temp.is((select string_agg(priority || name || coalesce(condition::text, '-'), ' '
  order by priority) from public.routing_rules where territory_id = pg_temp.place('JM-01')),
  '15Hot first{"==": [{"var": "score_band"}, "hot"]} 16Wait-', 'as he wrote it');
select pg_temp.is(left(pg_temp.save('manager', 'JM-01', '[]', md5('old')), 22),
  'PT409 version_conflict', 'somebody was faster');
select pg_temp.is(pg_temp.save('manager_ky', 'JM-01', '[]', null, false),
  '42501 These rules are not yours to change.', 'another''s territory');
select pg_temp.is(pg_temp.save('manager', 'nowhere', '[]', null, false),
  '42501 These rules are not yours to change.', 'everywhere is the admin''s');
select pg_temp.is(pg_temp.save('rep', 'JM-01', '[]', null, false), 'denied', 'a rep');
select pg_temp.is(pg_temp.save('forged', 'JM-01', '[]', null, false),
  '42501 These rules are not yours to change.', 'a rep who claims more');
-- Two rules change places in one statement; what does not change is not touched.
create temp table ids on commit drop as
select r.id, r.priority from public.routing_rules r where r.territory_id = pg_temp.place('JM-01');
select pg_temp.is(pg_temp.save('manager', 'JM-01', (select jsonb_agg(jsonb_build_object('id', r.id,
  'priority', 31 - r.priority, 'kind', r.kind, 'name', r.name, 'enabled', r.enabled, 'condition',
  r.condition, 'params', r.params))::text from public.routing_rules r
  where r.territory_id = pg_temp.place('JM-01'))), '1', 'they change places');
select pg_temp.is((select bool_and(r.priority = 31 - i.priority)::text from ids i
  join public.routing_rules r using (id)), 'true', 'and keep their ids');
select pg_temp.is(pg_temp.save('manager', 'JM-01', '[{"priority": 5, "kind": "queue", "name": "a",
  "enabled": true}, {"priority": 5, "kind": "queue", "name": "b", "enabled": true}]', null, false),
  '23505 duplicate key value violates unique constraint "routing_rules_place"', 'a priority twice');
select pg_temp.is(pg_temp.save('manager', 'JM-01', (select jsonb_build_array(jsonb_build_object(
  'id', r.id, 'priority', 20, 'kind', 'queue', 'name', 'stolen', 'enabled', true))::text
  from public.routing_rules r where r.territory_id is null limit 1)), '1', 'with the id of another');
select pg_temp.is((select count(*)::text from public.routing_rules where territory_id is null
  and name <> 'stolen'), '7', 'no rule of elsewhere is taken');

-- The history names the rule, also one that is gone, and what changed.
select pg_temp.is(pg_temp.ask('manager', format($$select string_agg(h.op || ' ' || h.rule, ', '
  order by h.op, h.rule collate "C") from public.routing_history(%s) h$$, pg_temp.place('JM-01'))),
  'delete Hot first, delete Wait, insert Hot first, insert Wait, insert stolen, update Hot first, '
  'update Wait', 'the history');
select pg_temp.is(pg_temp.ask('manager', format($$select string_agg(distinct h.actor, ',')
  from public.routing_history(%s) h$$, pg_temp.place('JM-01'))), 'Manager', 'by whom');
select pg_temp.is(pg_temp.ask('manager_ky', format($$select count(*)
  from public.routing_history(%s) h$$, pg_temp.place('JM-01'))), '0', 'not another''s');

-- Bounds of the table.
select pg_temp.is(split_part(pg_temp.try('admin', format('insert into public.routing_rules (priority,
  kind, name, condition) values (300, ''queue'', ''x'', %L)', condition)), ' ', 1), wanted, wanted)
from (values ('{"==": [1, 1]}', '1'), ('true', '1'), ('[]', '23514'), ('"x"', '23514'),
  (jsonb_build_object('or', repeat('x', 16400))::text, '23514')) as v(condition, wanted);
-- What the engine hears: all rules, those that are off as well, for they hide others.
update public.routing_rules set enabled = false where priority = 20 and territory_id is not null;
select pg_temp.is((select string_agg(r ->> 'enabled', ',') from jsonb_array_elements(
  flash.intake_places() -> 'rules') r where r ? 'enabled'), 'false', 'only what is off says so');
-- Hours of one's own; whoever has none goes by the territory's.
update public.profiles set work_days = '{1,2,3,4,5,6,7}', work_start = '00:00', work_end = '23:59:59'
where id = pg_temp.person('rep');
select pg_temp.is((select string_agg(coalesce(r ->> 'at_work', 'null'), ',' order by r ->> 'name')
  from jsonb_array_elements(flash.intake_reps(array[pg_temp.place('JM')])) r), 'null,true', 'hours');
rollback;
