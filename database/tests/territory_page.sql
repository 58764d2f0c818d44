-- The numbers of a territory's page against plain counts, for several people; and who may ask.
begin;
\ir kit/people.sql
insert into public.submissions (created_at, country, territory_id, owner_id, business_name,
  owner_name, email, business_type, interest_level, processed_at, lead_score, score_band, scored_at,
  first_response_at, first_response_due_at, status, status_reason)
select now() - n * interval '5 hours', t.country, t.id,
  (array[pg_temp.person('rep'), pg_temp.person('colleague'), pg_temp.person('manager'), null])[1 + n % 4],
  'Lead ' || n, 'Owner', 'l' || n || '@x.example', 'retail', 5, now(), s.score,
  case when s.score >= 80 then 'hot' when s.score >= 60 then 'warm' when s.score >= 40 then 'cool'
    else 'cold' end, now(),
  case when n % 5 = 1 then now() - n * interval '4 hours' end,
  case when n % 7 > 0 then now() - n * interval '5 hours' + (n % 40) * interval '3 hours' end,
  case when n % 30 = 0 then 'disqualified' else 'new' end, case when n % 30 = 0 then 'spam' end
from generate_series(1, 300) n
join public.territories t on t.code = (array['JM-01', 'JM-02', 'JM-01', 'JM-03', 'KY-GT'])[1 + n % 5]
cross join lateral (select (n % 101)::smallint as score) s;
select set_config('flash.via', 'import', true);
insert into public.deals (submission_id, territory_id, owner_id, title, value, currency)
select s.id, s.territory_id, s.owner_id, s.business_name, 1000 + s.lead_score,
  (array['JMD', 'KYD', 'XCG', 'USD'])[1 + s.lead_score % 4]
from public.submissions s where s.lead_score > 40 and s.status = 'new' and s.owner_id is not null;
update public.deals set stage = 'closed', outcome = 'won' where lead_score % 4 = 0;
update public.deals set stage = 'closed', outcome = 'lost', lost_reason = 'price' where lead_score % 8 = 2;
select set_config('flash.via', '', true);
insert into public.profile_absences (profile_id, starts_at, ends_at)
values (pg_temp.person('colleague'), now() - interval '1 day', now() + interval '1 day');
update public.profiles set capacity = 3 where id = pg_temp.person('rep');

do $$
declare
  who text;
  node text;
  place int;
  got text;
  want text;
  wrong text := '';
begin
  foreach who in array array['admin', 'manager', 'manager_ky', 'viewer', 'rep'] loop
    foreach node in array array['-', 'JM', 'JM-01', 'KY'] loop
      place := case when node <> '-' then pg_temp.place(node) end;
      -- Whom a manager of another country asks about is nobody.
      perform pg_temp.enter(who);
      create temp table s on commit drop as
      select x.*, t.code from public.submissions x join public.territories t on t.id = x.territory_id
      where node = '-' or x.territory_id in (select descendant_id from flash.territory_paths
        where ancestor_id = place);
      create temp table d on commit drop as
      select x.*, x.value * (select r.usd from public.exchange_rates r
        where r.currency = x.currency order by r.rate_date desc limit 1) as usd
      from public.deals x where node = '-' or x.territory_id in (
        select descendant_id from flash.territory_paths where ancestor_id = place);

      select string_agg(concat_ws('/', week, leads, due, in_time, won, lost, won_usd), ' ' order by week)
      into got from public.territory_trend(place, 6)
      where leads + due + won + lost > 0;
      select string_agg(concat_ws('/', week, l, due, in_time, won, lost, round(usd, 2)), ' ' order by week)
      into want
      from (
        select week, sum(l) as l, coalesce(sum(due), 0) as due, coalesce(sum(in_time), 0) as in_time,
          sum(won) as won, sum(lost) as lost, coalesce(sum(usd), 0) as usd
        from (
          select (local - (extract(isodow from local)::int - 1) * interval '1 day')::date as week, 1 as l,
            (s.first_response_due_at is not null and (s.first_response_due_at <= now()
              or s.first_response_at is not null))::int as due,
            (s.first_response_at <= s.first_response_due_at)::int as in_time, 0 as won, 0 as lost,
            null::numeric as usd
          from s cross join lateral (select s.created_at at time zone 'America/Jamaica' as local) l
          where s.status_reason is distinct from 'spam' and s.duplicate_of is null
          union all
          select close_date - (extract(isodow from close_date)::int - 1), 0, 0, 0,
            (outcome = 'won')::int, (outcome = 'lost')::int, case when outcome = 'won' then usd end
          from d where outcome is not null) both_kinds
        group by 1) g
      where week > flash.my_today() - 35 - extract(isodow from flash.my_today())::int;
      if got is distinct from want then
        wrong := wrong || format(E'\n  trend %s %s:\n wanted %s\n got    %s', who, node, want, got);
      end if;

      if who in ('admin', 'manager') then
        select string_agg(concat_ws('/', profile_id, open_leads, hot_leads, late, due, in_time, deals,
          pipeline_usd, won, closed, won_usd), ' ' order by profile_id) into got
        from public.territory_team(place) where open_leads + deals + closed > 0;
        select string_agg(concat_ws('/', p.id, l.open, l.hot, l.late, l.due, l.in_time, v.deals, v.pipe,
          v.won, v.closed, v.usd), ' ' order by p.id) into want
        from public.profiles p
        cross join lateral (
          select count(*) filter (where status = 'new') as open,
            count(*) filter (where status = 'new' and score_band = 'hot') as hot,
            count(*) filter (where status = 'new' and first_response_at is null
              and first_response_due_at <= now()) as late,
            count(*) filter (where recent and (first_response_at is not null
              or first_response_due_at <= now()) and first_response_due_at is not null) as due,
            count(*) filter (where recent and first_response_at <= first_response_due_at) as in_time
          from (select *, created_at > now() - interval '672 hours'
              and status_reason is distinct from 'spam' as recent from s) s
          where s.owner_id = p.id) l
        cross join lateral (
          select count(*) filter (where outcome is null) as deals,
            round(coalesce(sum(usd) filter (where outcome is null), 0), 2) as pipe,
            count(*) filter (where outcome = 'won') as won,
            count(*) filter (where outcome is not null) as closed,
            round(coalesce(sum(usd) filter (where outcome = 'won'), 0), 2) as usd
          from d where d.owner_id = p.id) v
        where l.open + v.deals + v.closed > 0;
        if got is distinct from want then
          wrong := wrong || format(E'\n  team %s %s:\n wanted %s\n got    %s', who, node, want, got);
        end if;
        select string_agg(concat_ws('/', t.code, open_leads, unowned), ' ' order by t.code) into got
        from public.territory_coverage(place) c join public.territories t on t.id = c.territory_id
        where open_leads > 0;
        select string_agg(concat_ws('/', code, n, free), ' ' order by code) into want from (
          select code, count(*) as n, count(*) filter (where owner_id is null) as free from s
          where status = 'new' group by 1) g;
        if got is distinct from want then
          wrong := wrong || format(E'\n  places %s %s:\n wanted %s\n got    %s', who, node, want, got);
        end if;
      end if;
      drop table s, d;
      perform pg_temp.leave();
    end loop;
  end loop;
  if wrong <> '' then
    raise exception 'territory page:%', left(wrong, 5000);
  end if;
end
$$;

-- rep holds JM-01 with room for three leads; colleague holds JM-SURREY and is away; nobody else.
select pg_temp.is(pg_temp.ask('manager', 'select string_agg(concat_ws('' '', t.code, reps, away, free),
    '', '' order by t.code) from public.territory_coverage(pg_temp.place(''JM'')) c
    join public.territories t on t.id = c.territory_id where t.code in (''JM-01'', ''JM-02'', ''JM-14'')'),
  'JM-01 2 1 0, JM-02 1 1 0, JM-14 0 0 0', 'who covers which place');
update public.profiles set capacity = 1000 where id = pg_temp.person('rep');
select pg_temp.is(pg_temp.ask('manager', 'select string_agg(concat_ws('' '', t.code, reps, away, free),
    '', '' order by t.code) from public.territory_coverage() c
    join public.territories t on t.id = c.territory_id where t.code = ''JM-01'''),
  'JM-01 2 1 1', 'with room again');
select pg_temp.is(pg_temp.ask('manager', 'select concat_ws('' '', capacity, load > 30, away)
    from public.territory_team() where profile_id = pg_temp.person(''colleague'')'), '20 t t', 'load and absence');
select pg_temp.is(pg_temp.ask('manager', 'select sum(open_leads) = (select open_leads from public.territory_tree()
    where code = ''JM'') from public.territory_coverage(pg_temp.place(''JM''))'), 'true', 'the places are the tree');
select pg_temp.is(pg_temp.ask('manager_ky', 'select count(*) from public.territory_coverage(pg_temp.place(''JM''))'),
  '0', 'not of another country');
select pg_temp.is(pg_temp.ask('manager_ky', 'select count(*) from public.territory_team(pg_temp.place(''JM''))'),
  '0', 'nor its people');
select pg_temp.is(pg_temp.ask(who, 'select count(*) from public.territory_team()'), 'denied', who || ' has no team')
from unnest(array['rep', 'viewer', 'anon', 'stranger']) who;
select pg_temp.is(pg_temp.ask(who, 'select count(*) from public.territory_coverage()'), 'denied', who || ' covers nothing')
from unnest(array['rep', 'viewer', 'anon', 'stranger']) who;
select pg_temp.is(pg_temp.ask('manager', 'select count(*) from public.territory_trend(null, ' || w || ')'), n, 'weeks ' || w)
from (values ('null', '1'), ('-5', '1'), ('12', '12'), ('2147483647', '104')) v(w, n);
rollback;
