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
select pg_temp.same('one run', (select count(*)::text from public.model_runs), '1');
select pg_temp.same('claimed', (flash.claim_training() is not null)::text, 'true');
select pg_temp.same('claimed once', (flash.claim_training() is null)::text, 'true');

-- The gate's word puts a model in force; the one before can be brought back, others cannot.
create temp table made (id uuid, what text) on commit drop;
insert into made select flash.training_done(r.id, '{"stage": "lr", "seed": 1, "leads": 50, "won": 20,
  "code": "superior", "reason": "x", "promote": true, "report": {},
  "sha256": "0000000000000000000000000000000000000000000000000000000000000000"}', '\x00'), 'first'
from public.model_runs r;
select pg_temp.same('open leads wait for a score', (select count(*)::text from flash.score_queue), '1');
insert into public.model_runs (state) values ('running');
insert into made select flash.training_done(r.id, '{"stage": "lr", "seed": 2, "leads": 50, "won": 20,
  "code": "superior", "reason": "x", "promote": true, "report": {},
  "sha256": "0000000000000000000000000000000000000000000000000000000000000001"}', '\x00'), 'second'
from public.model_runs r where r.state = 'running';
insert into public.model_runs (state) values ('running');
insert into made select flash.training_done(r.id, '{"seed": 3, "leads": 5, "won": 2,
  "code": "too_few", "reason": "x", "promote": false, "report": {}}', null), 'refused'
from public.model_runs r where r.state = 'running';
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
delete from public.model_runs;
select pg_temp.same('nothing new', flash.training_due()::text, 'false');
select set_config('flash.via', 'import', true);
select pg_temp.lead('closed ' || i, 'JM-01', 'rep') from generate_series(1, 102) i;
update public.submissions set status = 'disqualified', status_reason = 'no_need'
where business_name like '%closed%' or owner_name like '%closed%';
select pg_temp.same('102 more', flash.training_due()::text, 'true');
select pg_temp.same('begins', (flash.claim_training() is not null)::text, 'true');
update public.model_runs set state = 'done', finished_at = now();
select pg_temp.same('not twice a day', flash.training_due()::text, 'false');
update public.model_runs set created_at = now() - interval '2 days';
update public.models set leads = 102;
select pg_temp.same('nothing since', flash.training_due()::text, 'false');
update public.models set created_at = now() - interval '8 days';
select pg_temp.same('a week', flash.training_due()::text, 'true');

-- A training that is cancelled leaves nothing; one that fell silent is over.
insert into public.model_runs (state) values ('running');
select pg_temp.same('cancelled', pg_temp.try('manager', format('select public.cancel_training(%L)',
  (select id from public.model_runs where state = 'running')), true), '1');
select pg_temp.same('hears of it', (select flash.training_step(id, 0.5, 'fit')::text
  from public.model_runs where state = 'running'), 'false');
select pg_temp.same('leaves nothing', (select flash.training_done(id, '{}', null)::text
  from public.model_runs where state = 'running'), null);
select pg_temp.same('is canceled', (select state from public.model_runs
  where cancel_requested), 'canceled');
insert into public.model_runs (state, heard_at) values ('running', now() - interval '1 hour');
select pg_temp.same('nothing to claim', flash.claim_training()::text, null);
select pg_temp.same('silent is failed', (select count(*)::text from public.model_runs
  where state = 'failed'), '1');

do $$
begin
  if exists (select from wrong) then
    raise exception E'%', (select string_agg(what, E'\n') from wrong);
  end if;
end
$$;
rollback;
