-- Imports: whose they are, their bounds, what rows come to, writing row by row, and the way back.
begin;
\ir kit/people.sql
create function pg_temp.begin_as(p_name text, p_bytes bigint) returns text language sql as $$
  select pg_temp.ask(p_name, format('select (public.begin_import(''a.csv'', %s)).id', p_bytes))
$$;
select pg_temp.is(pg_temp.begin_as(who, bytes), wanted, who || bytes)
from (values ('viewer', 1, 'denied'), ('anon', 1, 'denied'), ('gone', 1, 'PT403 not_allowed'),
  ('rep', 67108865, 'PT422 file_too_large'), ('rep', 0, 'PT422 file_too_large')) v(who, bytes, wanted);
create temp table it on commit drop as select pg_temp.begin_as('manager', 6)::uuid as id, pg_temp.begin_as('rep', 67108864)::uuid as other;
grant select on it to public;

-- Pieces: the owner's, of so many bytes, all of them before the check.
select pg_temp.is(pg_temp.try(who, format('select public.add_import_part(%L, %s, %L)', id, part, bytes), keep), wanted, who || part)
from it, (values ('rep', 0, 'eHl6', false, 'PT404 not_found'), ('manager', 0, 'eHl6', true, '1'), ('manager', 0, 'eHl6', true, '1'),
  ('manager', 1, 'eHl6eHl6', false, 'PT422 file_too_large'),
  ('manager', 256, 'eA==', false, '23514 new row for relation "import_parts" violates check constraint "import_parts_part_check"'))
  v(who, part, bytes, keep, wanted);
select pg_temp.is(pg_temp.try('rep', format('select public.add_import_part(%L, 0, repeat(''AAAA'', 349527))', other)), 'PT422 part_too_large', 'one over') from it;
select pg_temp.is(pg_temp.try('rep', format('select public.add_import_part(%L, 0, repeat(''AAAA'', 349525))', other)), '1', 'at the limit') from it;
select pg_temp.is(pg_temp.try('manager', format('select public.check_import(%L)', id)), 'PT409 file_incomplete', 'a piece is missing') from it;
select pg_temp.try('manager', format('select public.add_import_part(%L, 1, ''eHl6'')', id), true) from it;
select pg_temp.is(pg_temp.try('manager', format('select public.run_import(%L)', id)), 'PT409 wrong_state', 'not before the check') from it;
select pg_temp.try('manager', format('select public.check_import(%L)', id), true) from it;
select pg_temp.is((select string_agg(j.kind || j.key, ',') from flash.jobs j, it where j.key = it.id::text), 'import_check' || id, 'a job') from it;
select pg_temp.is(flash.import_part(id, 1), '78797a', 'the piece') from it;
select pg_temp.is((flash.import_began(id, '{"header": ["A"], "guess": {"columns": ["email"], "defaults": {}}, "encoding": "UTF-8",
  "separator": ","}') -> 'columns')::text, '["email"]', 'guessed') from it;

-- Rows: new, changes of a lead of his, repeats of a lead and of each other, errors.
create temp table lead on commit drop as select pg_temp.lead('Known', 'JM-01', 'rep') as known, pg_temp.lead('Far', 'KY-GT', 'rep_ky') as far;
select pg_temp.is(flash.import_judge(it.id, jsonb_agg(jsonb_build_object('line', r.line, 'cells', array['c'], 'reason', r.reason,
  'reference', r.reference, 'facts', r.facts::jsonb)), 50, 3)::text, 'true', 'judged')
from it, lead, lateral (values
  (2, '', '', '{"business_name": "One", "owner_name": "Ann", "email": "one@x.example", "country": "JM", "sub_area": "JM-01", "business_type": "other", "interest_level": 5, "tags": ["expo"]}'),
  (3, '', '', '{"business_name": "Two", "owner_name": "Bob", "email": "ONE@x.example", "country": "JM", "business_type": "other", "interest_level": 5}'),
  (4, '', '', '{"business_name": "Three", "owner_name": "Cat", "email": "known@lead.example", "country": "JM", "business_type": "other", "interest_level": 5}'),
  (5, '', '', '{"business_name": "Four", "owner_name": "Dan", "email": "far@lead.example", "country": "JM", "business_type": "other", "interest_level": 5}'),
  (6, '', '', '{"business_name": "Five", "owner_name": "Eve", "email": "five@x.example", "country": "KY", "business_type": "other", "interest_level": 5}'),
  (7, 'E-mail: missing', '', '{}'),
  (8, '', (select s.reference from public.submissions s where s.id = lead.known), '{"interest_level": 9, "current_processor": "Lynk"}'),
  (9, '', (select s.reference from public.submissions s where s.id = lead.far), '{"interest_level": 9}'),
  (10, '', '', '{"business_name": "Bad", "owner_name": "Fay", "email": "bad@x.example", "country": "JM", "business_type": "nonsense", "interest_level": 5}'))
  r(line, reason, reference, facts) group by it.id;
select pg_temp.is((select string_agg(r.line || ' ' || r.verdict || coalesce(' ' || r.reason, ''), '; ' order by r.line) from flash.import_rows r),
  '2 new; 3 duplicate The same e-mail or phone as line 2; 4 duplicate The same e-mail or phone as ' || (select reference from public.submissions s, lead where s.id = lead.known)
  || '; 5 new; 6 error Country: it lies outside your territories; 7 error E-mail: missing; 8 update; 9 error Reference: no lead of yours is called '
  || (select reference from public.submissions s, lead where s.id = lead.far) || '; 10 new', 'what each came to');
select pg_temp.is((select concat_ws(' ', total, fresh, updates, duplicates, errors, odd_bytes) from public.imports i, it where i.id = it.id), '9 3 1 2 3 3', 'counted');
select flash.import_ended(id, 'checked') from it;
select pg_temp.is((select count(*) from public.submissions s where s.channel = 'import')::text, '0', 'nothing is written');

-- Written row by row: one that is refused says why; the pipeline gets the rest.
create temp table before on commit drop as select to_jsonb(s) - '{version,updated_at}'::text[] as row from public.submissions s, lead where s.id = lead.known;
select pg_temp.try('manager', format('select public.run_import(%L)', id), true) from it;
select pg_temp.is(flash.import_apply(id, 2)::text || flash.import_apply(id, 50) || flash.import_apply(id, 50), 'truetruefalse', 'in portions') from it;
select flash.import_ended(id, 'done') from it;
select pg_temp.is((select concat_ws(' ', state, written, refused) from public.imports i, it where i.id = it.id), 'done 3 1', 'told');
select pg_temp.is((select string_agg(concat_ws(' ', business_name, channel, tags, processed_at is null), '; ' order by business_name)
  from public.submissions s where s.channel = 'import'), 'Four import {} t; One import {expo} t', 'they wait for the pipeline');
select pg_temp.is((select concat_ws(' ', interest_level, current_processor) from public.submissions s, lead where s.id = lead.known), '9 Lynk', 'changed');
select pg_temp.is((select string_agg(distinct a.actor_id::text, '') from public.audit_log a, public.submissions s
  where a.row_id = s.id::text and s.channel = 'import'), pg_temp.person('manager')::text, 'in his name');
select pg_temp.is(pg_temp.ask('manager', format('select string_agg(line::text, '','') from public.import_problems(%L)', id)), '3,4,6,7,9,10', 'problems') from it;
select pg_temp.is(pg_temp.ask('rep', format('select count(*) from public.import_problems(%L)', id)), 'PT404 not_found', 'his own only') from it;
select pg_temp.is((select count(*) from flash.import_parts p, it where p.import_id = it.id)::text, '0', 'the file is thrown away');

-- Back: what nobody touched.
insert into public.activities (submission_id, actor_id, kind, territory_id)
select s.id, pg_temp.person('rep'), 'note', 1 from public.submissions s where s.business_name = 'Four';
select pg_temp.try('manager', format('select public.undo_import(%L)', id), true) from it;
select flash.import_unapply(id, 50), flash.import_unapply(id, 50) from it;
select flash.import_ended(id, 'undone') from it;
select pg_temp.is((select string_agg(business_name, ',') from public.submissions s where s.channel = 'import' and s.deleted_at is null), 'Four', 'somebody noted on it');
select pg_temp.is((to_jsonb(s) - '{version,updated_at}'::text[])::text, before.row::text, 'as it was') from public.submissions s, lead, before where s.id = lead.known;
select pg_temp.is((select concat_ws(' ', state, refused) from public.imports i, it where i.id = it.id), 'undone 1', 'told');
-- Five at once; what nobody ends is ended, and its bytes go.
select pg_temp.begin_as('rep', 1), pg_temp.begin_as('rep', 1), pg_temp.begin_as('rep', 1), pg_temp.begin_as('rep', 1);
select pg_temp.is(pg_temp.begin_as('rep', 1), 'PT409 too_many_imports', 'five are open');
update public.imports i set created_at = now() - interval '8 days' from it where i.id = it.other;
insert into flash.import_parts (import_id, part, bytes) select other, 9, 'x' from it;
update public.imports i set state = 'checking' from it where i.id = it.id;
update flash.jobs j set state = 'dead', finished_at = now() from it where j.key = it.id::text;
select flash.imports_tidy();
select pg_temp.is((select i.state || ' ' || (select count(*) from flash.import_parts p where p.import_id = i.id)
  from public.imports i, it where i.id = it.other), 'cancelled 0', 'nobody ran it');
select pg_temp.is((select i.state from public.imports i, it where i.id = it.id), 'failed', 'its job has died');
rollback;
