-- Deals: stages, outcomes, reopening, and how an open deal leads its lead.
begin;
\ir kit/people.sql
insert into cast_of (name, db_role) values ('owner', current_user);
create temp table probe (id uuid, deal uuid) on commit drop;
grant select on probe to public;
insert into probe (id) values (pg_temp.lead('Probe', 'JM-01', 'rep'));

-- Opening one.
select pg_temp.is(pg_temp.try('colleague', format('insert into public.deals (submission_id, title)
  values (%L, ''x'')', (select id from probe))), 'check', 'a deal on a colleague''s lead');
select pg_temp.is(pg_temp.try('rep_ky', format('insert into public.deals (submission_id, title)
  values (%L, ''x'')', (select id from probe))), '23503 no such lead', 'a deal on a hidden lead');
select pg_temp.is(pg_temp.try('rep', format('insert into public.deals (submission_id, title, stage)
  values (%L, ''x'', ''closed'')', (select id from probe))), 'denied', 'no stage at the start');
select pg_temp.is(pg_temp.try('rep', format('insert into public.deals (submission_id, title,
  territory_id, value, currency) values (%L, ''Deal'', %s, 1000, ''JMD'')', (select id from probe),
  pg_temp.place('KY')), true), '1', 'open');
update probe set deal = (select d.id from public.deals d where d.submission_id = probe.id);
select pg_temp.is((select concat_ws(' ', t.code, d.stage, d.probability,
    d.owner_id = pg_temp.person('rep')) from public.deals d
  join public.territories t on t.id = d.territory_id where d.id = (select deal from probe)),
  'JM-01 new 5 t', 'it lies where its lead lies, whatever the insert said');
select pg_temp.is(left(pg_temp.try('rep', format('insert into public.deals (submission_id, title)
  values (%L, ''second'')', (select id from probe))), 5), '23505', 'one open deal a lead');

create function pg_temp.move(p_name text, p_set text, p_keep bool default true) returns text
language sql as $$
  select pg_temp.try(p_name, format('update public.deals set %s where id = %L', p_set,
    (select deal from probe)), p_keep)
$$;
create function pg_temp.state() returns text language sql as $$
  select concat_ws(' ', d.stage, d.outcome, d.probability, s.status, s.status_reason)
  from public.deals d join public.submissions s on s.id = d.submission_id
  where d.id = (select deal from probe)
$$;
select pg_temp.is(pg_temp.move('colleague', 'stage = ''contacted'''), '0', 'a colleague''s deal');
select pg_temp.is(pg_temp.move('viewer', 'stage = ''contacted'''), 'denied', 'a viewer');
select pg_temp.is(pg_temp.move('rep', 'stage = ''contacted'''), '1', 'one step');
select pg_temp.is(pg_temp.state(), 'contacted 15 contacted', 'the lead follows');
select pg_temp.is(pg_temp.move('rep', 'stage = ''negotiation'''), '1', 'several steps');
select pg_temp.is(pg_temp.state(), 'negotiation 80 qualified', 'the lead is qualified');
select pg_temp.is(pg_temp.move('rep', 'probability = 55'), '1', 'by hand');
select pg_temp.is(pg_temp.move('rep', 'stage = ''qualified'''), '1', 'and back');
select pg_temp.is(pg_temp.state(), 'qualified 55 qualified', 'a hand-set chance is kept');
-- A direct change of a lead that a deal leads, by everybody.
select pg_temp.is(pg_temp.try(who, format('update public.submissions set status = ''nurture'',
  next_contact_at = now() + interval ''1 day'' where id = %L', (select id from probe))),
  'PT409 deal_governs_status', 'directly by ' || who)
from unnest(array['rep', 'manager', 'admin', 'owner']) who;

-- Closing.
select pg_temp.is(pg_temp.move('rep', 'stage = ''closed'''), 'PT422 reason_required', 'no outcome');
select pg_temp.is(pg_temp.move('rep', 'stage = ''closed'', outcome = ''lost'''),
  'PT422 reason_required', 'lost without a reason');
select pg_temp.is(left(pg_temp.move('rep', 'stage = ''closed'', outcome = ''lost'',
  lost_reason = ''other'''), 5), '23514', 'other without a note');
select pg_temp.is(pg_temp.move('rep', 'stage = ''closed'', outcome = ''won'', value = 0'),
  'PT422 value_required', 'won for nothing');
select pg_temp.is(pg_temp.move('rep',
  'stage = ''closed'', outcome = ''won'', close_date = flash.today_in(territory_id) + 1'),
  'PT422 close_date_in_future', 'won the day after tomorrow');
select pg_temp.is(left(pg_temp.move('rep', 'outcome = ''won'''), 5), '23514', 'won while open');
select pg_temp.is(pg_temp.move('rep',
  'stage = ''closed'', outcome = ''lost'', lost_reason = ''timing'',
  next_contact_at = now() + interval ''30 days''', false), '1', 'lost, try later');
select pg_temp.is(pg_temp.move('rep', 'stage = ''closed'', outcome = ''won'''), '1', 'won');
select pg_temp.is(pg_temp.state(), 'closed won 100 converted', 'the lead is converted');
select pg_temp.is((select (close_date = flash.today_in(territory_id))::text from public.deals
  where id = (select deal from probe)), 'true', 'today, in Jamaica');
select pg_temp.is(pg_temp.ask('manager',
  'select string_agg(type, '','') from public.notifications'),
  'deal_won', 'the team is told');
select pg_temp.is(pg_temp.ask('rep', 'select count(*) from public.notifications'), '0',
  'nobody is told of his own act');
select pg_temp.is(pg_temp.ask('rep',
  'select public.dashboard_stats() -> ''won_month_usd'' ->> ''value'''),
  '6.30', 'J$1000 in US dollars');

-- Reopening.
select pg_temp.is(pg_temp.move('rep', 'stage = ''negotiation'', stage_reason = ''x'''),
  'PT409 illegal_transition', 'a rep does not reopen');
select pg_temp.is(pg_temp.move('manager', 'stage = ''new'', stage_reason = ''x'''),
  'PT409 illegal_transition', 'only into negotiation');
select pg_temp.is(pg_temp.move('manager', 'stage = ''negotiation'''), 'PT422 reason_required',
  'why');
select pg_temp.is(pg_temp.move('manager', 'outcome = ''lost'', lost_reason = ''price'''),
  'PT409 illegal_transition', 'an outcome is not exchanged');
select pg_temp.is(pg_temp.move('manager', 'stage = ''negotiation'', stage_reason = ''paid back'''),
  '1',
  'reopened');
select pg_temp.is(pg_temp.state(), 'negotiation 80 qualified', 'the lead is qualified again');
select pg_temp.is(pg_temp.ask('rep', 'select type || count from public.notifications'),
  'deal_stage_changed1', 'the owner is told');
select pg_temp.is(pg_temp.move('rep',
  'stage = ''closed'', outcome = ''lost'', lost_reason = ''price'''),
  '1', 'lost');
select pg_temp.is(pg_temp.state(), 'closed lost 0 disqualified deal_lost', 'the lead is out');
update public.deals set close_date = close_date - 91 where id = (select deal from probe);
select pg_temp.is(pg_temp.move('manager', 'stage = ''negotiation'', stage_reason = ''late'''),
  'PT409 illegal_transition', 'after 90 days');
select pg_temp.is((select string_agg(concat_ws('>', from_stage, to_stage, outcome), ' '
    order by id) from public.deal_stage_history where deal_id = (select deal from probe)),
  'new new>contacted contacted>negotiation negotiation>qualified qualified>closed>won '
  'closed>negotiation negotiation>closed>lost', 'each move is in the history');
select pg_temp.is((select concat_ws(' ', count(*), count(distinct actor_id)) from
  public.deal_stage_history where deal_id = (select deal from probe)), '7 2',
    'and names who did it');

select pg_temp.is((select count(*)::text from public.activities a where a.kind = 'status_change'
  and a.submission_id = (select id from probe) and a.deal_id is null), '0',
  'the deal''s notes are enough');

-- A deal opened on a lead already qualified begins there and does not throw it back.
insert into probe values (pg_temp.lead('Second', 'JM-01', 'rep'), null);
delete from probe where deal is not null;
update public.submissions set status = 'qualified',
  status_reason = 'bant' where id = (select id from probe);
select pg_temp.is(pg_temp.try('rep', format('insert into public.deals (submission_id, title)
  values (%L, ''Late'')', (select id from probe)), true), '1', 'open late');
update probe set deal = (select d.id from public.deals d where d.submission_id = probe.id);
select pg_temp.is(pg_temp.state(), 'qualified 35 qualified bant', 'where the lead is');
-- A new score of the lead shows on the deal and leaves its version alone.
update public.submissions set lead_score = 81, score_band = 'hot', scored_at = now()
where id = (select id from probe);
select pg_temp.is((select concat_ws(' ', lead_score, version) from public.deals
  where id = (select deal from probe)), '81 1', 'the score follows');
rollback;
