-- How territories and people did: counted under the rights of the asker, and null where too few would say it.
begin;
\ir kit/people.sql
select set_config('flash.via', 'import', true);
insert into public.submissions (territory_id, country, owner_id, business_name, owner_name, email, business_type, interest_level,
  processed_at, created_at, status, status_reason, status_changed_at, first_response_at)
select pg_temp.place(v.node), left(v.node, 2), pg_temp.person(v.owner), v.node || ' ' || i, 'Owner', v.node || i || '@lead.example',
  'retail', 5, now(), now() - interval '30 days', case when i <= v.won then 'converted' else 'disqualified' end,
  case when i > v.won then 'no_need' end, now() - make_interval(days => 30 - i), now() - interval '29 days 23 hours'
from (values ('JM-01', 'rep', 12, 6), ('JM-02', 'colleague', 4, 1), ('KY-GT', 'rep_ky', 10, 0)) as v(node, owner, n, won)
cross join lateral generate_series(1, v.n) i;
insert into public.deals (territory_id, owner_id, title, value, currency, stage, outcome, close_date)
values (pg_temp.place('JM-01'), pg_temp.person('rep'), 'Terminals', 1000, 'USD', 'closed', 'won', current_date - 2);
select set_config('flash.via', '', true);

create function pg_temp.of(p_who text, p_by text, p_what text) returns text language sql as $$
  select pg_temp.ask(p_who, format('select string_agg(coalesce(%s, ''-''), '', '' order by r ->> ''closed'') from
    jsonb_array_elements(flash.performance_json(%L, null, 90)) r', p_what, p_by)) $$;
select pg_temp.is(pg_temp.of('admin', 'territory', 'r ->> ''name'''), 'Cayman Islands, Jamaica', 'all see countries');
select pg_temp.is(pg_temp.of('admin', 'territory', '(r ->> ''won'') || ''/'' || (r ->> ''closed'')'), '0/10, 7/16', 'won of closed');
select pg_temp.is(pg_temp.of('manager_ky', 'territory', '(r ->> ''won'') || ''/'' || (r ->> ''closed'')'), '0/10', 'only what he sees');
select pg_temp.is(pg_temp.of('manager', 'rep', '(r ->> ''conversion'') || '' '' || (r ->> ''interval80'')'),
  '0.5000 [0.3265, 0.6735], -', 'four closed leads say no share');
select pg_temp.is(pg_temp.of('manager', 'rep', 'r #>> ''{reasons,conversion}'''), '-, 4 closed, 10 are needed', 'and why');
select pg_temp.is(pg_temp.of('manager', 'rep', 'r ->> ''median_days'''), '3.5, -', 'days to win, at the middle');
select pg_temp.is(pg_temp.of('manager', 'rep', 'r ->> ''response_minutes'''), '60, -', 'minutes to the first answer');
select pg_temp.is(pg_temp.of('manager', 'rep', 'r ->> ''won_usd'''), '1000.00, 0.00', 'what was won');
select pg_temp.is(pg_temp.of('manager', 'rep', 'r ->> ''profile_id'''),
  pg_temp.person('rep') || ', ' || pg_temp.person('colleague'), 'a manager sees who');
select pg_temp.is(pg_temp.of('colleague', 'rep', 'r ->> ''profile_id'''), '-, ' || pg_temp.person('colleague'),
  'a rep sees the others without their names');
select pg_temp.is(pg_temp.of('anon', 'rep', 'r ->> ''closed'''), 'denied', 'nobody');
select pg_temp.is(flash.share_interval(0, 10)::text, '[0.0000, 0.1411]', 'none of ten');
select pg_temp.is(flash.share_interval(10, 10)::text, '[0.8589, 1.0000]', 'ten of ten');
rollback;
