-- What a person did: by his own day, his own working days, and nobody else's work.
begin;
\ir kit/people.sql
select set_config('flash.via', 'import', true);
update public.profiles set time_zone = 'America/Curacao' where id = pg_temp.person('rep');
create function pg_temp.did(p_days int, p_kind text default 'call', p_who text default 'rep') returns void
language sql as $$
  insert into public.activities (submission_id, actor_id, kind, territory_id, completed_at)
  select s.id, pg_temp.person(p_who), p_kind, s.territory_id,
    least(now(), ((now() at time zone 'America/Curacao')::date - p_days + time '12:00') at time zone 'America/Curacao')
  from public.submissions s where s.business_name = 'Mine'
$$;
select pg_temp.lead('Mine', 'JM-01', 'rep');
update public.profiles set work_days = '{1,2,3,4,5,6,7}' where id = pg_temp.person('rep');

select pg_temp.is(pg_temp.ask('rep', 'select public.my_day() ->> ''streak'''), '0', 'nothing yet');
select pg_temp.did(1), pg_temp.did(2), pg_temp.did(3, 'visit'), pg_temp.did(5);
select pg_temp.is(pg_temp.ask('rep', 'select public.my_day() ->> ''streak'''), '3',
  'today does not break it before it is over; a day without does');
select pg_temp.did(0, 'email'), pg_temp.did(0, 'call', 'colleague'), pg_temp.did(4, 'note');
select pg_temp.is(pg_temp.ask('rep', 'select concat_ws('' '', public.my_day() ->> ''streak'', public.my_day() ->> ''contacts_today'')'),
  '4 1', 'today counts once; not a note, not another''s call');
-- The day without becomes a day off.
update public.profiles set work_days = array(select d::smallint from generate_series(1, 7) d
  where d <> extract(isodow from (now() at time zone 'America/Curacao')::date - 4)) where id = pg_temp.person('rep');
select pg_temp.is(pg_temp.ask('rep', 'select public.my_day() ->> ''streak'''), '5', 'a day off does not break it');
select pg_temp.is(pg_temp.ask('rep', 'select (public.my_day() ->> ''today'')::date = (now() at time zone ''America/Curacao'')::date'),
  'true', 'his own day');
select pg_temp.is(pg_temp.ask('rep', 'select (select sum(v::int) from jsonb_each_text(public.my_day() -> ''contacts_week'') w(k, v))
    = (select count(*) from public.activities where actor_id = auth.uid() and kind in (''call'', ''email'', ''visit'')
      and (completed_at at time zone ''America/Curacao'')::date >= date_trunc(''week'', now() at time zone ''America/Curacao'')::date)'),
  'true', 'the week is the ISO week');
select pg_temp.is(pg_temp.ask('rep', 'select public.my_day() -> ''contacts_week'' ->> ''email'''), '1', 'by kind');
select pg_temp.is(pg_temp.ask('rep_ky', 'select public.my_day() ->> ''streak'''), '0', 'not his');
select pg_temp.is(pg_temp.ask(who, 'select public.my_day()'), wanted, who)
from (values ('anon', 'denied'), ('stranger', 'denied'), ('no_profile', null)) v(who, wanted);
rollback;
