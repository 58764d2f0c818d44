-- Which steps follow from where a lead stands, and what is decided about them.
begin;
\ir kit/people.sql

create temp table made on commit drop as select pg_temp.lead('Papine Cafe', 'JM-01', 'rep') as lead;
grant select on made to public;
create function pg_temp.rules(p_who text default 'rep') returns text language sql as $$
  select pg_temp.ask(p_who, format($q$select string_agg(r ->> 'rule' || coalesce(' ' || (r ->> 'state'), ''),
    ', ' order by r ->> 'rule') from jsonb_array_elements(flash.recommendations(%L) -> 'steps') r$q$,
    (select lead from made))) $$;
create function pg_temp.step(p_rule text) returns jsonb language sql as $$
  select r from jsonb_array_elements(flash.recommendations((select lead from made)) -> 'steps') r
  where r ->> 'rule' = p_rule $$;
create function pg_temp.call(p_at timestamptz, p_done timestamptz) returns void language sql as $$
  insert into public.activities (submission_id, kind, territory_id, actor_id, created_at, completed_at)
  select s.id, 'call', s.territory_id, pg_temp.person('rep'), p_at, p_done
  from public.submissions s join made on made.lead = s.id $$;
create function pg_temp.change(p_set text) returns void language plpgsql as $$
begin
  execute format('update public.submissions set %s where id = %L', p_set, (select lead from made));
end
$$;

select pg_temp.change('phone = ''+18765551234'', first_response_due_at = now() + interval ''1 hour''');
select pg_temp.is(pg_temp.rules(), 'first_contact, send_package', 'a new lead');
select pg_temp.change('first_response_due_at = now() - interval ''1 hour'', phone = null');
select pg_temp.is(pg_temp.rules(), 'ask_phone, late_answer, send_package', 'nobody answered in time');
select pg_temp.is(pg_temp.step('late_answer') ->> 'priority', '1', 'which is urgent');
select pg_temp.change('first_response_due_at = null');
select pg_temp.is(pg_temp.step('first_contact') ->> 'due', null, 'no moment is made up');
select pg_temp.call(now(), null);
select pg_temp.is(pg_temp.rules(), 'ask_phone, first_contact, send_package', 'a planned call is no contact');
select pg_temp.call(now() - interval '4 days', now() - interval '4 days');
select pg_temp.change('status = ''contacted''');
select pg_temp.change('status_changed_at = now() - interval ''4 days''');
select pg_temp.is(pg_temp.rules(), 'ask_budget, ask_decider, ask_phone, discovery_call, send_package',
  'idle for four days');
select pg_temp.is(pg_temp.step('discovery_call') #>> '{about,days}', '4', 'the days of its reason');
select pg_temp.is(pg_temp.step('ask_decider') ->> 'field', 'decision_makers', 'the fact it would change');
select pg_temp.call(now(), now());
select pg_temp.is(pg_temp.rules(), 'ask_budget, ask_decider, ask_phone, send_package', 'after a call');
insert into public.activities (submission_id, kind, subject, territory_id, actor_id, due_at)
select s.id, 'task', 'Send the offer', s.territory_id, pg_temp.person('rep'), now() - interval '1 day'
from public.submissions s join made on made.lead = s.id;
select pg_temp.is(pg_temp.step('overdue_task') #>> '{about,subject}', 'Send the offer', 'a task too late');
update public.activities set completed_at = now() where kind = 'task';

-- Decided, and taken back; it is told by whom.
create function pg_temp.decide(p_who text, p_rule text, p_state text, p_until text default null)
returns text language sql as $$
  select pg_temp.try(p_who, format('insert into public.recommendation_states (submission_id, key, state, until)
    values (%L, %L, %L, %L) on conflict (submission_id, key) do update
    set state = excluded.state, until = excluded.until',
    (select lead from made), pg_temp.step(p_rule) ->> 'key', p_state, p_until), true) $$;
select pg_temp.is(pg_temp.decide('rep', 'ask_budget', 'done'), '1', 'the owner');
select pg_temp.is(pg_temp.decide('colleague', 'ask_decider', 'done'), 'check', 'a colleague');
select pg_temp.is(pg_temp.decide('viewer', 'ask_budget', 'done'), 'denied', 'a viewer');
select pg_temp.is(pg_temp.rules(), 'ask_budget done, ask_decider, ask_phone, send_package', 'is done');
select pg_temp.is(pg_temp.rules('viewer'), pg_temp.rules(), 'a viewer sees it');
select pg_temp.is(pg_temp.rules('rep_ky'), null, 'who does not see the lead gets no steps');
select pg_temp.is(pg_temp.step('ask_budget') ->> 'decided_by', pg_temp.person('rep')::text, 'by whom');
select pg_temp.is(pg_temp.decide('manager', 'ask_budget', 'snoozed', 'tomorrow'), '1', 'over it');
select pg_temp.is(pg_temp.rules(), 'ask_budget snoozed, ask_decider, ask_phone, send_package', 'is snoozed');
select pg_temp.is(left(pg_temp.decide('rep', 'ask_decider', 'snoozed'), 5), '23514', 'until when?');
select pg_temp.is(pg_temp.try('rep', 'delete from public.recommendation_states', true), '1', 'taken back');
select pg_temp.is(pg_temp.rules(), 'ask_budget, ask_decider, ask_phone, send_package', 'open again');

-- What is decided about a fact that a model names lies beside the steps.
select pg_temp.is(pg_temp.try('rep', format('insert into public.recommendation_states
  (submission_id, key, state) values (%L, ''fact:interest_level'', ''dismissed'')',
  (select lead from made)), true), '1', 'a fact');
select pg_temp.is(flash.recommendations((select lead from made)) #>> '{facts,interest_level,state}',
  'dismissed', 'under its name');

-- A later stage asks anew; a lead that is lost asks for nothing now.
select pg_temp.decide('rep', 'ask_phone', 'dismissed');
select pg_temp.change('status = ''qualified'', status_reason = ''a budget''');
select pg_temp.change('status_changed_at = now() - interval ''3 days'', decision_makers = ''{A B,C D}''');
update public.activities set completed_at = now() - interval '5 days' where kind = 'call';
select pg_temp.is(pg_temp.rules(), 'ask_phone, demo, send_package, stakeholders', 'qualified');
insert into public.deals (submission_id, territory_id, owner_id, title, stage)
select s.id, s.territory_id, s.owner_id, 'Terminals', 'proposal'
from public.submissions s join made on made.lead = s.id;
update public.deals set stage_changed_at = now() - interval '6 days';
select pg_temp.change('status_changed_at = now() - interval ''6 days''');
select pg_temp.is(pg_temp.step('call_proposal') #>> '{about,days}', '5', 'a proposal without a word');
update public.deals set stage = 'closed', outcome = 'lost', lost_reason = 'price';
select pg_temp.is((select s.status::text from public.submissions s join made on made.lead = s.id),
  'disqualified', 'the deal takes its lead along');
select pg_temp.is(pg_temp.rules(), 'look_in_again', 'lost');
select pg_temp.is(flash.recommendations((select lead from made)) ->> 'open', 'false', 'and closed');
rollback;
