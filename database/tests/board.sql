-- The board: cards with their next step, and sums that are those of the cards one sees.
begin;
\ir kit/people.sql

create temp table made on commit drop as
select pg_temp.lead('Own', 'JM-01', 'rep') as own, pg_temp.lead('Next door', 'JM-02') as next_door,
  pg_temp.lead('Cayman', 'KY-GT', 'rep_ky') as cayman, pg_temp.lead('Closed', 'JM-01', 'rep') as done;
insert into public.deals (submission_id, territory_id, owner_id, title, value, currency, rate_date)
select m.id, 1, s.owner_id, s.business_name, v.value, v.currency, current_date
from made, lateral (values (own, 1000.00, 'KYD'), (next_door, 500, 'USD'), (cayman, 200, 'USD'),
  (done, 70, 'USD')) as v(id, value, currency), lateral (select v.id) m
join public.submissions s on s.id = m.id;
update public.deals set stage = 'closed', outcome = 'won', close_date = flash.today_in(territory_id)
where title = 'Closed';
update public.deals set stage = 'proposal' where title = 'Own';
insert into public.activities (submission_id, kind, subject, due_at, completed_at)
select own, 'task', t.subject, now() + t.due, case when t.done then now() end
from made, (values ('Later', interval '2 days', false), ('Next', interval '1 day', false),
  ('Done', interval '1 hour', true)) t(subject, due, done);

select pg_temp.is(pg_temp.ask('rep', 'select string_agg(title || '' '' || stage || '' '' ||
  coalesce(next_step, ''-''), '', '' order by title) from public.deal_cards'),
  'Closed closed -, Own proposal Next', 'the earliest open task');
select pg_temp.is(pg_temp.ask(who, 'select string_agg(title, '', '' order by title)
  from public.deal_cards'), wanted, who)
from (values ('admin', 'Cayman, Closed, Next door, Own'), ('manager', 'Closed, Next door, Own'),
  ('viewer', 'Closed, Next door, Own'), ('rep_ky', 'Cayman'), ('gone', null), ('forged', null),
  ('no_profile', null), ('anon', 'denied'), ('stranger', 'denied')) v(who, wanted);

create function pg_temp.sums(p_name text, p_args text) returns text language sql as $$
  select pg_temp.ask(p_name, format('select (select string_agg(concat_ws('' '', c ->> ''stage'',
      c ->> ''deals'', c ->> ''usd'', c ->> ''weighted_usd''), '', '' order by c ->> ''stage'')
    from jsonb_array_elements(t -> ''columns'') c) || '' won '' || (t #>> ''{won,deals}'') || '' ''
    || (t #>> ''{won,usd}'') from public.board_totals(%s) t', p_args))
$$;
select pg_temp.is(pg_temp.sums('manager', ''),
  'new 1 500.00 25.00, proposal 1 1200.00 720.00 won 1 70.00', 'all of a manager''s');
select pg_temp.is(pg_temp.sums('manager', format('%s', pg_temp.place('JM-02'))),
  'new 1 500.00 25.00 won 0 0', 'a territory');
select pg_temp.is(pg_temp.sums('manager', format('null, %L', pg_temp.person('rep'))),
  'proposal 1 1200.00 720.00 won 1 70.00', 'a person');
select pg_temp.is(pg_temp.sums('rep_ky', ''), 'new 1 200.00 10.00 won 0 0', 'nothing of others');
select pg_temp.is(pg_temp.ask('manager_ky', format('select public.board_totals(%s) -> ''columns''',
  pg_temp.place('JM'))), '[]', 'another''s territory is empty');
select pg_temp.is(pg_temp.sums('anon', ''), 'denied', 'nobody');
rollback;
