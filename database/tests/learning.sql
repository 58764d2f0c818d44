-- Facts as they were, who may train and choose, and what a training leaves behind.
begin;
\ir kit/people.sql

create temp table wrong (what text) on commit drop;
create function pg_temp.same(p_what text, p_got text, p_wanted text) returns void language plpgsql as $$
begin
  if p_got is distinct from p_wanted then
    insert into wrong values (format('%s: wanted %s, got %s', p_what, p_wanted, p_got));
  end if;
end
$$;

-- A lead's facts before each change are kept; what is no fact changes nothing.
create temp table lead_of (id uuid) on commit drop;
insert into lead_of select pg_temp.lead('one', 'JM-01', 'rep');
update public.submissions set interest_level = 9, form_data = '{"floor": 2, "nested": {"a": 1}}'
where id = (select id from lead_of);
update public.submissions set last_activity_at = now() where id = (select id from lead_of);
select pg_temp.same('one version before', (select count(*)::text from flash.lead_facts), '1');
select pg_temp.same('facts now', (select concat_ws(' ', f ->> 'interest_level', f ->> 'form.floor',
    f ? 'form.nested', f ? 'owner_id', f ? 'status')
  from public.submissions s cross join flash.lead_features(s) f
  where s.id = (select id from lead_of)), '9 2 f f f');
select pg_temp.same('no queue without a model', (select count(*)::text from flash.score_queue), '0');

-- Managers and admins train, nobody else; one training at a time.
select pg_temp.same('rep trains', pg_temp.try('rep', 'select public.start_training()'), 'denied');
select pg_temp.same('viewer trains', pg_temp.try('viewer', 'select public.start_training()'), 'denied');
select pg_temp.same('forged trains', left(pg_temp.try('forged', 'select public.start_training()'), 5),
  'PT403');
select pg_temp.same('manager trains', pg_temp.try('manager', 'select public.start_training()', true), '1');
select pg_temp.same('admin joins', pg_temp.try('admin', 'select public.start_training()', true), '1');
select pg_temp.same('one job', (select count(*)::text from flash.jobs where kind = 'train_model'), '1');
select pg_temp.same('who asked', (select payload ->> 'requested_by' from flash.jobs
  where kind = 'train_model'), pg_temp.person('manager')::text);
select pg_temp.same('rep reads jobs', pg_temp.try('rep', 'select flash.model_state()'), 'denied');
select pg_temp.same('manager reads jobs', pg_temp.try('manager', 'select flash.model_state()', true), '1');
-- The next training, claimed by a node.
create function pg_temp.job() returns bigint language sql as $$
  select flash.enqueue_job('train_model', 'model');
  select (flash.jobs_claim('n', '{"train_model": 1}', 60) -> 0 ->> 'id')::bigint $$;
create function pg_temp.ended() returns void language sql as $$
  update flash.jobs set state = 'done', finished_at = now(), locked_by = null, locked_until = null
  where state = 'running' $$;

-- The gate's word puts a model in force; the one before can be brought back, others cannot.
create temp table made (id uuid, what text) on commit drop;
insert into made select flash.training_done(pg_temp.job(), 1, '{"stage": "lr", "seed": 1, "leads": 50, "won": 20,
  "code": "superior", "reason": "x", "promote": true, "report": {},
  "sha256": "0000000000000000000000000000000000000000000000000000000000000000"}', '\x00'), 'first';
select pg_temp.same('open leads wait for a score', (select string_agg((payload ->> 'model' =
    (select id::text from made))::text, ' ') from flash.jobs where kind = 'score_leads'), 'true');
select pg_temp.ended();
insert into made select flash.training_done(pg_temp.job(), 1, '{"stage": "lr", "seed": 2, "leads": 50, "won": 20,
  "code": "superior", "reason": "x", "promote": true, "report": {},
  "sha256": "0000000000000000000000000000000000000000000000000000000000000001"}', '\x00'), 'second';
select pg_temp.ended();
insert into made select flash.training_done(pg_temp.job(), 1, '{"seed": 3, "leads": 5, "won": 2,
  "code": "too_few", "reason": "x", "promote": false, "report": {}}', null), 'refused';
create function pg_temp.statuses() returns text language sql as $$
  select string_agg(d.what || ' ' || m.status, ', ' order by d.what)
  from made d join public.models m on m.id = d.id $$;
select pg_temp.same('statuses', pg_temp.statuses(),
  'first retired, refused refused, second champion');
select pg_temp.same('rep rolls back', pg_temp.try('rep', format('select public.promote_model(%L)',
  (select id from made where what = 'first'))), 'denied');
select pg_temp.same('a refused one', left(pg_temp.try('manager',
  format('select public.promote_model(%L)', (select id from made where what = 'refused'))), 5),
  'PT409');
select pg_temp.same('rolled back', pg_temp.try('manager', format('select public.promote_model(%L)',
  (select id from made where what = 'first')), true), '1');
select pg_temp.same('statuses after', pg_temp.statuses(),
  'first champion, refused refused, second retired');
select pg_temp.same('who did it', (select promoted_by = pg_temp.person('manager')
  from public.models where status = 'champion')::text, 'true');

-- New and changed leads queue, once; scoring takes them out and writes.
delete from flash.score_queue;
insert into lead_of select pg_temp.lead('two', 'JM-01', 'rep');
update public.submissions set interest_level = 3 where id in (select id from lead_of);
select pg_temp.same('both wait', (select count(*)::text from flash.score_queue), '2');
select pg_temp.same('taken', jsonb_array_length(flash.claim_scores(10))::text, '2');
select pg_temp.same('none left', (select count(*)::text from flash.score_queue), '0');
select pg_temp.same('written', flash.write_scores((select id from made where what = 'first'),
  (select jsonb_agg(jsonb_build_object('id', l.id, 'score', 40, 'probability', 0.4, 'low', 0.3,
    'high', 0.5, 'badge', 'undecided')) from lead_of l))::text, '2');
select pg_temp.same('the rep sees them', pg_temp.try('rep', 'select from public.lead_scores'), '2');
select pg_temp.same('another country not', pg_temp.try('rep_ky', 'select from public.lead_scores'), '0');
select pg_temp.same('bytes of a model', pg_temp.try('manager', 'select model from public.models'), 'denied');

-- A training begins by itself when enough leads have closed, and not twice a day.
delete from flash.jobs;
select pg_temp.same('nothing new', flash.queue_model_work()::text, 'false');
select set_config('flash.via', 'import', true);
select pg_temp.lead('closed ' || i, 'JM-01', 'rep') from generate_series(1, 102) i;
update public.submissions set status = 'disqualified', status_reason = 'no_need'
where business_name like '%closed%' or owner_name like '%closed%';
select pg_temp.same('102 more', flash.training_due()::text, 'true');
select pg_temp.same('begins', flash.queue_model_work()::text, 'true');
select pg_temp.same('waits', (select state from flash.jobs where kind = 'train_model'), 'queued');
select pg_temp.same('claimed', (pg_temp.job() is not null)::text, 'true');
select pg_temp.ended();
select pg_temp.same('not twice a day', flash.training_due()::text, 'false');
update flash.jobs set created_at = now() - interval '2 days';
update public.models set leads = 102;
select pg_temp.same('nothing since', flash.training_due()::text, 'false');
update public.models set created_at = now() - interval '8 days';
select pg_temp.same('a week', flash.training_due()::text, 'true');

-- A training that is cancelled leaves nothing, neither does one that another node has by now.
create temp table last_job (id bigint) on commit drop;
insert into last_job select pg_temp.job();
select pg_temp.same('a rep cancels', pg_temp.try('rep',
  format('select public.cancel_training(%s)', (select id from last_job))), 'denied');
select pg_temp.same('another attempt', (select flash.training_done(id, 2, '{}', null)::text
  from last_job), null);
select pg_temp.same('cancelled', pg_temp.try('manager', format('select public.cancel_training(%s)',
  (select id from last_job)), true), '1');
select pg_temp.same('hears of it', (select flash.jobs_beat('n', jsonb_build_array(jsonb_build_object(
  'id', id, 'attempt', 1, 'progress', 50, 'words', 'fit')), 60)::text from last_job),
  (select format('[%s]', id) from last_job));
select pg_temp.same('leaves nothing', (select flash.training_done(id, 1, '{}', null)::text
  from last_job), null);
select pg_temp.same('other jobs are not theirs', left(pg_temp.try('manager',
  format('select public.cancel_training(%s)', flash.enqueue_job('other'))), 5), 'PT404');

-- How far new leads are from old ones: nothing below 100, little where nothing changed, much where it did.
delete from public.submissions;
create function pg_temp.arrive(p_n int, p_days_ago int, p_interest int) returns void language sql as $$
  insert into public.submissions (created_at, business_name, owner_name, email, country, business_type, interest_level, status,
    processed_at, territory_id)
  select now() - make_interval(days => p_days_ago, mins => i), 'Shop ' || i, 'Owner',
    format('o%s-%s@shop.example', p_days_ago, i), 'JM', 'retail', least(10, p_interest + i % 5), 'new', now(),
    flash.home_territory('JM', null)
  from generate_series(1, p_n) i $$;
select pg_temp.arrive(200, 200, 1);
select pg_temp.arrive(99, 5, 1);
create function pg_temp.drift(p_field text) returns text language sql as $$
  select case when d.psi < 0.1 then 'same' when d.psi > 0.25 then 'other' else 'between' end || ' ' || d.leads
  from flash.facts_drift(now() - interval '300 days', now() - interval '100 days') d where d.field = p_field $$;
select pg_temp.same('too few', pg_temp.drift('interest_level'), null);
select pg_temp.arrive(1, 4, 1);
select pg_temp.same('as before', pg_temp.drift('interest_level'), 'same 100');
select pg_temp.arrive(150, 3, 6);
select pg_temp.same('another crowd', pg_temp.drift('interest_level'), 'other 250');
select pg_temp.same('one country', pg_temp.drift('country'), 'same 250');
update public.models set leads_from = now() - interval '300 days', leads_to = now() - interval '100 days'
where status = 'champion';
select pg_temp.same('measured', (flash.watch_model() > 5)::text, 'true');
select pg_temp.same('stored', exists (select from public.model_drift d
  where d.field = 'interest_level' and d.psi > 0.25 and d.day = current_date)::text, 'true');
select pg_temp.same('again the same day', (flash.watch_model() > 5)::text, 'true');
select pg_temp.same('a rep sees none', pg_temp.try('rep', 'select from public.model_drift'), 'denied');
select pg_temp.same('watched by itself', (select count(*) > 0 from (select flash.queue_model_work()) q
  where exists (select from flash.jobs where kind = 'watch_model'))::text, 'true');
-- Old and open without a deal counts as lost, won as won, spam not at all.
update public.submissions set status = 'disqualified', status_reason = 'spam' where email like 'o3-%';
select pg_temp.same('closed', (select concat_ws(' ', leads, won) from flash.closed_leads()), '200 0');

do $$
begin
  if exists (select from wrong) then
    raise exception E'%', (select string_agg(what, E'\n') from wrong);
  end if;
end
$$;
rollback;
