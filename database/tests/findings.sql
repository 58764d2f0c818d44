-- Facts from outside: who waits to be asked about, what is kept, and what a person does with them.
begin;
\ir kit/people.sql
delete from flash.enrich_waiting;
create temp table probe (id uuid) on commit drop;
insert into probe values (pg_temp.lead('Probe', 'JM-01', 'rep'));
grant select on probe to public;
create function pg_temp.probe() returns public.submissions language sql as
  'select s.* from public.submissions s, probe p where s.id = p.id';

-- A statement leaves one row, whatever it writes; a change one when what is asked about changed.
select pg_temp.is((select count(*)::text from flash.enrich_waiting), '1', 'one statement, one row');
insert into public.submissions (territory_id, country, business_name, owner_name, email, business_type,
  interest_level, processed_at)
select pg_temp.place('JM-01'), 'JM', 'Bulk ' || n, 'Owner', 'bulk' || n || '@lead.example', 'retail', 5,
  now() from generate_series(1, 3) n;
select pg_temp.is((select string_agg(cardinality(submission_ids)::text, ' ' order by id)
  from flash.enrich_waiting), '1 3', 'three leads in one statement');
update public.submissions s set specific_needs = 'A till' from probe p where s.id = p.id;
select pg_temp.is((select count(*)::text from flash.enrich_waiting), '2', 'nothing that is asked about');
update public.submissions s set phone = '+18765551234' from probe p where s.id = p.id;
select pg_temp.is((select count(*)::text from flash.enrich_waiting), '3', 'another number');

-- The housework makes the job, once.
select flash.housework(500);
select flash.housework(500);
select pg_temp.is((select string_agg(kind || ' ' || key || ' ' || state, ', ') from flash.jobs
  where kind like 'enrich%'), 'enrich_leads arrivals queued', 'one job');

-- Each lead once; nobody asks about spam, repeats and what is deleted.
update public.submissions s set deleted_at = now() where s.business_name = 'Bulk 1';
update public.submissions s set status = 'disqualified', status_reason = 'spam' where s.business_name = 'Bulk 2';
create temp table claimed as select flash.enrich_claim(10) as leads;
select pg_temp.is((select string_agg(x ->> 'business_name', ', ' order by x ->> 'business_name')
  from claimed, jsonb_array_elements(leads) x), 'Bulk 3, Probe', 'claimed');
select pg_temp.is((select count(*)::text from flash.enrich_waiting), '0', 'taken apart');
select pg_temp.is((select string_agg(s.business_name, ', ' order by 1) from flash.enrich_queue q
  join public.submissions s on s.id = q.submission_id), 'Bulk 3, Probe', 'the others left the queue');

-- What is found is kept beside the lead and changes nothing of it; what was asked is known for a week.
create function pg_temp.write(p_found text, p_without text default '{}', p_again int default null)
returns void language sql as $$
  select flash.enrich_write((pg_temp.probe()).id, (select q.queued_at from flash.enrich_queue q, probe p
    where q.submission_id = p.id), p_found::jsonb, p_without::text[], p_again)
$$;
create temp table before as select (pg_temp.probe()).*;
select pg_temp.write('[{"source":"mail","subject":"lead.example","state":"found","keep":true,
    "facts":[{"name":"accepts_mail","value":"yes","sure":95}]},
  {"source":"places","subject":"Probe, JM","state":"found","keep":true,"facts":[
    {"name":"address","value":"1 King Street","sure":90,"field":"address"},
    {"name":"phone","value":"+18765559876","sure":90,"field":"phone"},
    {"name":"year","value":"1999","sure":90,"field":"year_established"},
    {"name":"number","value":"C-1","sure":90,"field":"form.business_registration_number"},
    {"name":"owner","value":"x","sure":90,"field":"owner_id"},
    {"name":"website","value":"probe.example","sure":90}]}]', p_again => 600);
select pg_temp.is((select (b.* is not distinct from pg_temp.probe())::text from before b), 'true',
  'nothing of the lead');
select pg_temp.is((select format('%s %s', q.attempts, q.run_at = now() + interval '600 s')
  from flash.enrich_queue q, probe p where q.submission_id = p.id), '1 t', 'asked again');
select pg_temp.is(flash.known_answers('[{"source":"mail","subject":"lead.example"},
  {"source":"mail","subject":"other.example"}]') #>> '{0,answer,facts,0,value}', 'yes', 'known');
update flash.source_answers set asked_at = now() - interval '8 days' where source = 'mail';
select pg_temp.is(flash.known_answers('[{"source":"mail","subject":"lead.example"}]')::text, '[]', 'a week');
select flash.housework(500);
select pg_temp.is((select string_agg(source, ' ') from flash.source_answers), 'places', 'swept');

-- A source that is away leaves what it said of the same subject, but not of another one.
select pg_temp.write('[{"source":"mail","subject":"lead.example","state":"failed","reason":"timed_out","facts":[]}]');
select pg_temp.is((select f.state from public.lead_findings f where f.source = 'mail'), 'found', 'stays');
select pg_temp.write('[{"source":"mail","subject":"new.example","state":"failed","reason":"timed_out","facts":[]}]');
select pg_temp.is((select f.state || ' ' || f.subject from public.lead_findings f where f.source = 'mail'),
  'failed new.example', 'of another subject');
select pg_temp.write('[]', '{mail}');
select pg_temp.is((select string_agg(f.source, ' ') from public.lead_findings f), 'places', 'no e-mail any more');
-- A request that came while the lead was asked about is not lost.
insert into flash.enrich_queue (submission_id) select id from probe;
select flash.enrich_write((pg_temp.probe()).id, now() - interval '1 hour', '[]', '{}', null);
select pg_temp.is((select count(*)::text from flash.enrich_queue q, probe p where q.submission_id = p.id), '1',
  'a later request');

-- Taken into a field by who may change the lead, and by nobody else.
create function pg_temp.take(p_who text, p_name text, p_value text, p_version int default null)
returns text language plpgsql as $$
begin
  return pg_temp.ask(p_who, format('select coalesce(address, ''-'') || '' '' || phone || '' '' ||
    coalesce(year_established, 0) || '' '' || coalesce(form_data ->> ''business_registration_number'', ''-'')
    from public.take_finding(%L, %s, ''places'', %L, %L)', (select id from probe),
    coalesce(p_version, (pg_temp.probe()).version), p_name, p_value));
end
$$;
create function pg_temp.untake(p_who text, p_field text) returns text language plpgsql as $$
begin
  return pg_temp.ask(p_who, format('select coalesce(address, ''-'') || '' '' || phone || '' '' ||
    coalesce(year_established, 0) || '' '' || coalesce(form_data ->> ''business_registration_number'', ''-'')
    from public.untake_finding(%L, %L)', (select id from probe), p_field));
end
$$;
select pg_temp.is(pg_temp.take('viewer', 'address', '1 King Street'), 'denied', 'a viewer');
select pg_temp.is(pg_temp.take('colleague', 'address', '1 King Street'), 'PT403 not_allowed', 'a colleague');
select pg_temp.is(pg_temp.take('rep_ky', 'address', '1 King Street'), 'PT404 not_found', 'elsewhere');
select pg_temp.is(pg_temp.take('rep', 'address', '1 King Street', 0), 'PT409 version_conflict', 'old');
select pg_temp.is(pg_temp.take('rep', 'address', 'Another'), 'PT404 no_such_fact', 'not what it says');
select pg_temp.is(pg_temp.take('rep', 'website', 'probe.example'), 'PT422 not_a_field', 'no field');
select pg_temp.is(pg_temp.take('rep', 'owner', 'x'), 'PT422 not_a_field', 'not any column');
select pg_temp.is(pg_temp.take('rep', 'address', '1 King Street'), '1 King Street +18765551234 0 -', 'address');
select pg_temp.is(pg_temp.take('manager', 'phone', '+18765559876'), '1 King Street +18765559876 0 -', 'phone');
select pg_temp.is(pg_temp.take('rep', 'year', '1999'), '1 King Street +18765559876 1999 -', 'year');
select pg_temp.is(pg_temp.take('admin', 'number', 'C-1'), '1 King Street +18765559876 1999 C-1', 'number');
select pg_temp.is((select string_agg(t.field || ' ' || coalesce(t.before #>> '{}', 'null'), ', ' order by t.field)
  from public.taken_findings t), 'address null, form.business_registration_number null, '
  'phone +18765551234, year_established null', 'what stood there');
select pg_temp.is((select string_agg(distinct l.changed #>> '{address,1}', ' ') from public.audit_log l
  where l.row_id = (select id::text from probe) and l.actor_id = pg_temp.person('rep')), '1 King Street',
  'audited');

-- And back, unless somebody has typed something since.
select pg_temp.is(pg_temp.untake('colleague', 'address'), 'PT403 not_allowed', 'not a colleague');
select pg_temp.is(pg_temp.untake('rep', 'form.business_registration_number'),
  '1 King Street +18765559876 1999 -', 'number back');
select pg_temp.is(pg_temp.untake('rep', 'phone'), '1 King Street +18765551234 1999 -', 'phone back');
select pg_temp.is(pg_temp.untake('rep', 'phone'), 'PT404 not_taken', 'once');
update public.submissions s set address = 'Typed by hand' from probe p where s.id = p.id;
select pg_temp.is(pg_temp.untake('rep', 'address'), 'PT409 changed_since', 'what was typed stays');
select pg_temp.is((pg_temp.probe()).address, 'Typed by hand', 'typed');

-- Asking anew: a job of its own, once a minute.
update public.lead_findings set asked_at = now() - interval '1 hour';
delete from flash.enrich_queue;
select pg_temp.is(pg_temp.ask('viewer', format('select public.refresh_findings(%L)', (select id from probe))),
  'denied', 'a viewer asks nobody');
select pg_temp.is(pg_temp.ask('rep', format('select public.refresh_findings(%L)', (select id from probe))),
  'true', 'asked');
select pg_temp.is(pg_temp.ask('rep', format('select public.refresh_findings(%L)', (select id from probe))),
  'false', 'asked already');
select pg_temp.is((select string_agg((j.key = p.id::text)::text, ' ') from flash.jobs j, probe p
  where j.kind = 'enrich_lead'), 'true', 'its job');
select pg_temp.is((select x ->> 'fresh' from jsonb_array_elements(flash.enrich_claim(10, (pg_temp.probe()).id)) x),
  'true', 'past the cache');

-- Which sources are on.
select flash.tell_sources('[{"source":"phone","place":0},{"source":"places","place":2,"reason":"no_key"}]');
select flash.tell_sources('[{"source":"places","place":2}]');
select pg_temp.is((select string_agg(source || ' ' || active, ', ' order by place) from public.fact_sources),
  'phone true, places true', 'told anew');
rollback;
