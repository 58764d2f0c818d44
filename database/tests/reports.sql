-- Every number of the dashboard against a plain count of the rows, for several people.
begin;
\ir kit/people.sql
-- 600 leads over 40 days in four places, half scored, a third answered; some spam and repeats.
insert into public.submissions (created_at, country, territory_id, owner_id, business_name,
  owner_name, email, business_type, interest_level, processed_at, lead_score, score_band, scored_at,
  first_response_at, status, status_reason)
select now() - n * interval '97 minutes', t.country, t.id,
  case n % 3 when 0 then pg_temp.person('rep') end,
  'Lead ' || n, 'Owner', 'l' || n || '@x.example', 'retail', 5, now(), s.score,
  case when s.score >= 80 then 'hot' when s.score >= 60 then 'warm' when s.score >= 40 then 'cool'
    when s.score is not null then 'cold' end, case when s.score is not null then now() end,
  case when n % 3 = 1 then now() - n * interval '97 minutes' + (n % 900) * interval '1 minute' end,
  case when n % 20 = 0 then 'disqualified' else 'new' end, case when n % 20 = 0 then 'spam' end
from generate_series(1, 600) n
join public.territories t on t.code = (array['JM-01', 'JM-02', 'KY-GT', 'CW-WIL'])[1 + n % 4]
cross join lateral (select case when n % 2 = 0 then n % 101 end::smallint as score) s;
update public.submissions s set duplicate_of = (select id from public.submissions
  where business_name = 'Lead 1') where s.business_name in ('Lead 7', 'Lead 9');
insert into public.deals (submission_id, territory_id, owner_id, title, value, currency)
select s.id, s.territory_id, s.owner_id, s.business_name, 1000 + s.lead_score,
  (array['JMD', 'KYD', 'XCG', 'USD'])[1 + s.lead_score % 4]
from public.submissions s where s.lead_score > 70 and s.status = 'new' and s.duplicate_of is null;
update public.deals set stage = 'closed', outcome = 'won'
where id in (select id from public.deals order by title limit 20);

do $$
declare
  who text;
  node text;
  stats jsonb;
  want jsonb;
  wrong text := '';
  days int;
begin
  foreach who in array array['admin', 'manager', 'rep', 'colleague', 'viewer', 'rep_ky'] loop
    foreach node in array array['-', 'JM', 'JM-01', 'KY', 'CARIB'] loop
      foreach days in array array[1, 7, 30] loop
        perform pg_temp.enter(who);
        stats := public.dashboard_stats(case when node <> '-' then pg_temp.place(node) end, days);
        -- The same, said another way.
        with s as (
          select x.*, x.created_at > now() - days * interval '1 day' as young,
            x.first_response_at is not null or x.first_response_due_at <= now() as judged
          from public.submissions x
          where node = '-' or x.territory_id in (select descendant_id from flash.territory_paths
            where ancestor_id = pg_temp.place(node))),
        real_leads as (select * from s where duplicate_of is null
          and coalesce(status_reason, '') <> 'spam'),
        d as (select x.*, x.value * (select r.usd from public.exchange_rates r
            where r.currency = x.currency order by r.rate_date desc limit 1) as usd
          from public.deals x where node = '-' or x.territory_id in (
            select descendant_id from flash.territory_paths where ancestor_id
              = pg_temp.place(node)))
        select jsonb_build_object(
          'new_leads', jsonb_build_object('value', (select count(*) from real_leads where young),
            'previous', (select count(*) from real_leads where not young
              and created_at >= now() - 2 * days * interval '1 day')),
          'open_leads', jsonb_build_object('value', (select count(*) from s where
            status in ('new', 'contacted', 'qualified', 'nurture'))),
          'hot_leads', jsonb_build_object('value', (select count(*) from s where
            status in ('new', 'contacted', 'qualified', 'nurture') and score_band = 'hot')),
          'due', (select count(*) from real_leads where young and judged
            and first_response_due_at is not null),
          'in_sla', (select round(100.0 * count(*) filter (where first_response_at
              <= first_response_due_at) / nullif(count(*), 0)) from real_leads
            where young and judged and first_response_due_at is not null),
          'answered', (select count(*) from real_leads where young and first_response_at
            is not null),
          'pipeline', (select coalesce(round(sum(usd), 2), 0) from d where outcome is null),
          'won', (select coalesce(round(sum(usd), 2), 0) from d where outcome = 'won'))
        into want;
        perform pg_temp.leave();
        stats := jsonb_build_object('new_leads', stats -> 'new_leads', 'open_leads',
          stats -> 'open_leads', 'hot_leads', stats -> 'hot_leads',
          'due', stats -> 'contacted_in_sla' -> 'due', 'in_sla',
            stats -> 'contacted_in_sla' -> 'value',
          'answered', stats -> 'median_first_response_minutes' -> 'n',
          'pipeline', stats -> 'open_pipeline_usd' -> 'value', 'won',
            stats -> 'won_month_usd' -> 'value');
        if stats is distinct from want then
          wrong := wrong || format(E'\n  %s %s %s: wanted %s, got %s', who, node, days, want,
            stats);
        end if;
      end loop;
    end loop;
  end loop;
  if wrong <> '' then
    raise exception 'dashboard_stats:%', wrong;
  end if;
end
$$;
select pg_temp.is(pg_temp.ask('admin',
  'select public.dashboard_stats() -> ''new_leads'' ->> ''value'''),
  '96', 'and it counts something');
select pg_temp.is(pg_temp.ask('rep', 'select sum(leads) from public.lead_funnel(null, 7)'),
  pg_temp.ask('rep', 'select public.dashboard_stats() -> ''new_leads'' ->> ''value'''),
  'the funnel and the card agree');
select pg_temp.is(pg_temp.ask('manager',
  'select string_agg(status, '','') from public.lead_funnel()'),
  'new,contacted,qualified,nurture,converted,disqualified,archived', 'all seven, in order');
select pg_temp.is(pg_temp.ask('admin', 'select string_agg(distinct country, '','' order by country)
  || '' '' || count(distinct day) from public.leads_per_day(null, 28)'), 'CW,JM,KY 28', '28 days');
select pg_temp.is(pg_temp.ask('admin', 'select sum(leads) from public.leads_per_day(null, 28)'),
  (select count(*)::text from public.submissions s join flash.territory_effective e
    using (territory_id) where duplicate_of is null and status <> 'disqualified'
    and (created_at at time zone time_zone)::date > (now() at time zone time_zone)::date - 28),
  'by the day of the place');
select pg_temp.is(pg_temp.ask('rep_ky',
  'select count(distinct country) from public.leads_per_day()'),
  '1', 'of his own');
select pg_temp.is(pg_temp.ask('manager', 'select open_leads from public.territory_tree()
  where code = ''JM'''), pg_temp.ask('manager', 'select public.dashboard_stats()
  -> ''open_leads'' ->> ''value'''), 'the tree and the card agree');
select pg_temp.is(pg_temp.ask('manager',
  'select count(*) from public.dashboard_stats(null, ' || d || ')'),
  '1', 'any number of days') from unnest(array['null', '-5', '0', '2147483647']) d;

-- The rates of the demo are examples until somebody enters a newer one.
select pg_temp.is(pg_temp.ask('rep', 'select public.dashboard_stats() ->> ''example_rates'''),
  'false', 'no demo, no examples');
insert into flash.meta (key, value) values ('demo_loaded', now()::text);
insert into public.exchange_rates (currency, rate_date, usd) values ('JMD', current_date - 9, 0.0062);
select pg_temp.is(pg_temp.ask('rep', 'select public.dashboard_stats() ->> ''example_rates'''),
  'true', 'the demo''s own rates');
insert into public.exchange_rates (currency, rate_date, usd, created_at)
values ('JMD', current_date - 8, 0.0061, now() + interval '1 second');
select pg_temp.is(pg_temp.ask('rep', 'select public.dashboard_stats() ->> ''example_rates'''),
  'false', 'a rate of the owner''s own');
rollback;
