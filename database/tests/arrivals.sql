-- Rows that come by another door than intake: a screen's insert, the secret key, plain SQL.
begin;
\ir kit/people.sql
insert into cast_of (name, db_role) values ('owner', current_user);
create function pg_temp.add(p_name text, p_columns text, p_values text, p_keep bool default true)
returns text language sql as $$
  select pg_temp.try(p_name, format('insert into public.submissions (country, business_name,
    owner_name, business_type, interest_level%s) values (''JM'', ''Café Ö Ltd.'', ''An Owner'',
    ''retail'', 7%s)', p_columns, p_values), p_keep)
$$;

select pg_temp.is(pg_temp.add('rep', ', territory_id, email, phone, consent_contact',
  format(', %s, ''Ann@Example.Example'', ''+18765551234'', true', pg_temp.place('JM-01'))), '1',
    'a rep adds');
select pg_temp.is((select concat_ws(' ', status, channel, version, business_key, email,
    processed_at is null, lead_score is null, consent_at is not null, owner_id is null,
    reference ~ '^FL-[2-9A-HJ-NP-Z]{6}$', substr(id::text, 15, 1))
  from public.submissions), 'new api 1 cafe o Ann@example.example t t t t t 7',
    'what the server keeps');
select pg_temp.is((select concat_ws(' ', kind, key = s.id::text, state, payload ->> 'submission_id'
    = s.id::text) from flash.jobs, public.submissions s), 'process_submission t queued t',
  'the pipeline will look, from the same transaction');
select pg_temp.is((select concat_ws(' ', number, is_primary) from public.submission_phones),
  '+18765551234 t', 'its number is on the list');
select pg_temp.is((select concat_ws(' ', op, actor_role, actor_id = pg_temp.person('rep'))
  from public.audit_log where table_name = 'submissions'), 'insert flash_rep t', 'audited');
delete from public.submissions;
delete from flash.jobs;

select pg_temp.is(pg_temp.add('rep', ', email', ', ''a@b.example''', false), 'check',
  'without a territory it would lie at the country, which is not his');
select pg_temp.is(pg_temp.add('rep', ', email, sub_area_id', format(', ''a@b.example'', %s',
  pg_temp.place('JM-01')), false), '1', 'the sub-area is');
select pg_temp.is(pg_temp.add('manager', ', email', ', ''a@b.example''', false), '1', 'a manager');
select pg_temp.is(pg_temp.add(v.who, ', territory_id, email', format(', %s, ''a@b.example''',
  pg_temp.place(v.node)), false), v.answer, v.who || ' adds in ' || v.node)
from (values ('rep', 'JM-02', 'check'), ('rep', 'CARIB', 'check'), ('manager', 'KY', 'check'),
  ('admin', 'KY', '1'), ('viewer', 'JM-01', 'denied'), ('anon', 'JM-01', 'denied'),
  ('stranger', 'JM-01', 'denied'), ('no_profile', 'JM-01', 'check'), ('gone', 'JM-01', 'check'),
  ('service', 'KY', '1'), ('intake', 'JM', 'denied')) v(who, node, answer);

-- Wrong input leaves nothing behind and says what is wrong.
select pg_temp.is(left(pg_temp.add('owner', v.columns, v.vals, false), 5), v.answer,
  v.columns || v.vals)
from (values
  ('', '', '23514'),                                             -- neither address nor number
  (', phone', ', ''8765551234''', '23514'), (', phone', ', ''+1 876 555 1234''', '23514'),
  (', email, stated_value', ', ''a@b.example'', -1', '23514'),
  (', email, currency', ', ''a@b.example'', ''ANG''', '23514'),
  (', email, pain_points', ', ''a@b.example'', ''{boredom}''', '23514'),
  (', email, monthly_revenue_band', ', ''a@b.example'', ''much''', '23514'),
  (', email, year_established', ', ''a@b.example'', 1492', '23514'),
  (', email, preferred_language', ', ''a@b.example'', ''de''', '23514'),
  (', email, specific_needs', ', ''a@b.example'', repeat(''x'', 2001)', '23514'),
  (', email, form_data', ', ''a@b.example'', ''[]''', '23514'),
  (', email, form_data', ', ''a@b.example'', jsonb_build_object(''x'', repeat(''x'', 20000))',
    '23514'),
  (', email, lead_score', ', ''a@b.example'', 50', '23514'),     -- a score without its time
  (', email, lead_score, scored_at, score_band', ', ''a@b.example'', 50, now(), ''hot''', '23514'),
  (', email, reference', ', ''a@b.example'', ''X''', '23514'),
  (', email, sub_area_id', ', ''a@b.example'', 999999', '1')) v(columns, vals, answer);
select pg_temp.is(left(pg_temp.try('owner', 'insert into public.submissions (country, business_name,
  owner_name, email, business_type, interest_level) values (''JM'', ''!!!'', ''An Owner'',
  ''a@b.example'', ''retail'', 7)'), 5), '23514', 'a name of punctuation');

-- Where it lies until the pipeline looks.
select pg_temp.is(pg_temp.add('owner', ', email, sub_area_id', format(', ''a@b.example'', %s',
  pg_temp.place('KY-GT'))), '1', 'a sub-area of another country');
select pg_temp.is((select concat_ws(' ', t.code, s.sub_area_id is null, s.flags, s.channel)
  from public.submissions s join public.territories t on t.id = s.territory_id),
  'JM t {sub_area_dropped} sql', 'is dropped, the country kept');
update public.submissions set email = 'New.One@SHOUT.example', business_name = 'Kòrsou N.V.';
select pg_temp.is((select concat_ws(' ', email, business_key, version) from public.submissions),
  'New.One@shout.example korsou 2', 'kept tidy on update');
select pg_temp.is(pg_temp.try('owner', 'insert into public.submissions (country, business_name,
  owner_name, email, business_type, interest_level) values (''DE'', ''Far away'', ''An Owner'',
  ''x@b.example'', ''retail'', 7)', true), '1', 'a country we do not know');
select pg_temp.is((select t.kind from public.submissions s join public.territories t
  on t.id = s.territory_id where s.country = 'DE'), 'root', 'is unrouted');

-- Facts the score is made of, changed without a new score, ask for one; once.
update public.submissions set processed_at = now();
delete from flash.jobs;
update public.submissions set interest_level = 9 where country = 'JM';
update public.submissions set interest_level = 8 where country = 'JM';
update public.submissions set specific_needs = 'x' where country = 'JM';
select pg_temp.is((select string_agg(kind, ',') from flash.jobs), 'rescore_submission', 'one job');
delete from flash.jobs;
update public.submissions set interest_level = 7, lead_score = 41, score_band = 'cool',
  scored_at = now()
where country = 'JM';
select pg_temp.is((select count(*)::text from flash.jobs), '0', 'none when the score came along');
-- A number that becomes the primary one.
update public.submissions set phone = '+18765550000' where country = 'JM';
update public.submissions set phone = '+18765551111' where country = 'JM';
select pg_temp.is((select string_agg(number || ' ' || is_primary, ',' order by number)
  from public.submission_phones), '+18765550000 false,+18765551111 true', 'one is primary');
-- The response is due by working time of the place, and only while nobody answered.
select pg_temp.is((select (first_response_due_at
    = flash.first_response_due(territory_id, created_at, 'cool'))::text
  from public.submissions where country = 'JM'), 'true', 'due');

-- A bad transaction takes the job with it.
do $$ begin
  insert into public.submissions (country, business_name, owner_name, email, business_type,
    interest_level) values ('JM', 'Rolled back', 'An Owner', 'r@b.example', 'retail', 5);
  raise exception using errcode = 'ZZ000';
exception when sqlstate 'ZZ000' then null; end $$;
select pg_temp.is((select count(*)::text from flash.jobs), '0', 'no job without its lead');

-- A job is finished exactly when it says so, and runs exactly while somebody holds it.
select pg_temp.is(left(pg_temp.try('owner', sql), 5), answer, sql) from (values
  ('insert into flash.jobs (kind, state) values (''x'', ''done'')', '23514'),
  ('insert into flash.jobs (kind, finished_at) values (''x'', now())', '23514'),
  ('insert into flash.jobs (kind, state) values (''x'', ''running'')', '23514'),
  ('insert into flash.jobs (kind, locked_by) values (''x'', ''me'')', '1'),
  ('insert into flash.jobs (kind, key) values (''x'', ''1''), (''x'', ''1'')', '23505'),
  ('insert into flash.jobs (kind, key, state, finished_at) values (''x'', ''1'', ''done'', now()),
    (''x'', ''1'', ''done'', now())', '2'),
  ('insert into flash.outbox (kind, payload, finished_at) values (''email'', ''{}'', now())',
    '23514'),
  ('insert into flash.outbox (kind, payload) values (''pigeon'', ''{}'')', '23514')) as v(sql,
    answer);
rollback;
