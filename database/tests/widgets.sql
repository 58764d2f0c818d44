-- The numbers of the further widgets against plain counts, for several people.
begin;
\ir kit/people.sql
insert into public.submissions (created_at, country, territory_id, owner_id, business_name,
  owner_name, email, business_type, interest_level, channel, processed_at, lead_score, score_band,
  scored_at, first_response_at, first_response_due_at, status, status_reason)
select now() - n * interval '7 hours', t.country, t.id, case n % 3 when 0 then pg_temp.person('rep') end,
  'Lead ' || n, 'Owner', 'l' || n || '@x.example', (array['retail', 'restaurant', 'other'])[1 + n % 3],
  1 + n % 10, (array['public_form', 'api'])[1 + n % 2], now(), s.score,
  case when s.score >= 80 then 'hot' when s.score >= 60 then 'warm' when s.score >= 40 then 'cool'
    when s.score is not null then 'cold' end, case when s.score is not null then now() end,
  case when n % 4 = 1 then now() end,
  case when n % 5 > 0 then now() + (n % 9 - 4) * interval '100 minutes' end,
  case when n % 20 = 0 then 'disqualified' else 'new' end, case when n % 20 = 0 then 'spam' end
from generate_series(1, 400) n
join public.territories t on t.code = (array['JM-01', 'JM-02', 'KY-GT', 'CW-WIL'])[1 + n % 4]
cross join lateral (select case when n % 6 > 0 then n % 101 end::smallint as score) s;
select set_config('flash.via', 'import', true);
insert into public.deals (submission_id, territory_id, owner_id, title, value, currency)
select s.id, s.territory_id, (array[pg_temp.person('rep'), pg_temp.person('colleague'),
    pg_temp.person('rep_ky')])[1 + s.lead_score % 3], s.business_name,
  1000 + s.lead_score, (array['JMD', 'KYD', 'XCG', 'USD'])[1 + s.lead_score % 4]
from public.submissions s where s.lead_score > 40 and s.status = 'new';
select set_config('flash.at', (now() + interval '36 hours')::text, true);
update public.deals set stage = 'qualified' where lead_score % 2 = 0;
select set_config('flash.at', (now() + interval '96 hours')::text, true);
update public.deals set stage = 'closed', outcome = 'won' where lead_score % 4 = 0;
update public.deals set stage = 'closed', outcome = 'lost', lost_reason = 'price'
where lead_score % 8 = 2;
select set_config('flash.at', '', true), set_config('flash.via', '', true);

do $$
declare
  who text;
  node text;
  by_what text;
  got text;
  want text;
  wrong text := '';
begin
  foreach who in array array['admin', 'manager', 'rep', 'colleague', 'viewer', 'rep_ky', 'gone'] loop
    foreach node in array array['-', 'JM-01', 'KY', 'CARIB'] loop
      perform pg_temp.enter(who);
      create temp table s on commit drop as
      select x.*, t.code from public.submissions x join public.territories t on t.id = x.territory_id
      where node = '-' or x.territory_id in (select descendant_id from flash.territory_paths
        where ancestor_id = pg_temp.place(node));
      create temp table d on commit drop as
      select x.*, x.value * (select r.usd from public.exchange_rates r
        where r.currency = x.currency order by r.rate_date desc limit 1) as usd
      from public.deals x where node = '-' or x.territory_id in (
        select descendant_id from flash.territory_paths where ancestor_id = pg_temp.place(node));

      foreach by_what in array array['score', 'band', 'interest', 'channel', 'business_type'] loop
        select string_agg(key || '=' || leads, ' ' order by key) into got
        from public.open_breakdown(case when node <> '-' then pg_temp.place(node) end, by_what);
        select string_agg(k || '=' || n, ' ' order by k) into want from (
          select coalesce(case by_what when 'score' then case when lead_score >= 90 then '90'
              when lead_score < 10 then '0' else substr(lead_score::text, 1, 1) || '0' end
            when 'band' then score_band when 'interest' then interest_level::text
            when 'channel' then channel else business_type end, 'none') as k, count(*) as n
          from s where status = 'new' or status = 'contacted' or status = 'qualified' or status = 'nurture'
          group by 1) g;
        if got is distinct from want then
          wrong := wrong || format(E'\n  %s %s %s: wanted %s, got %s', who, node, by_what, want, got);
        end if;
        continue when by_what in ('score', 'interest');
        select string_agg(concat_ws('/', key, leads, won, lost, open), ' ' order by key) into got
        from public.lead_conversion(case when node <> '-' then pg_temp.place(node) end, by_what, 30);
        select string_agg(concat_ws('/', k, n, won, lost, n - won - lost), ' ' order by k) into want from (
          select coalesce(case by_what when 'band' then score_band when 'channel' then channel
            else business_type end, 'none') as k, count(*) as n,
            sum((status = 'converted')::int) as won,
            sum((status in ('disqualified', 'archived'))::int) as lost
          from s where duplicate_of is null and status_reason is distinct from 'spam'
            and created_at > now() - interval '720 hours' group by 1) g;
        if got is distinct from want then
          wrong := wrong || format(E'\n  conversion %s %s %s: wanted %s, got %s', who, node, by_what, want, got);
        end if;
      end loop;

      select string_agg(concat_ws('/', t.code, w.week, w.leads), ' ' order by t.code, w.week) into got
      from public.territory_weeks(case when node <> '-' then pg_temp.place(node) end, 6) w
      join public.territories t on t.id = w.territory_id;
      select string_agg(concat_ws('/', code, week, n), ' ' order by code, week) into want from (
        select s.code, (local - (extract(isodow from local)::int - 1) * interval '1 day')::date as week,
          count(*) as n
        from s cross join lateral (select s.created_at at time zone case s.country when 'CW'
          then 'America/Curacao' else 'America/Jamaica' end as local) l
        where duplicate_of is null and status_reason is distinct from 'spam' group by 1, 2) g
      where week > (now() at time zone case left(code, 2) when 'CW' then 'America/Curacao'
        else 'America/Jamaica' end)::date - 42 - extract(isodow from now() at time zone case left(code, 2)
          when 'CW' then 'America/Curacao' else 'America/Jamaica' end)::int + 1;
      if got is distinct from want then
        wrong := wrong || format(E'\n  weeks %s %s: wanted %s, got %s', who, node, want, got);
      end if;

      select string_agg(concat_ws('/', rank, coalesce(profile_id::text, '?'), is_me, won_usd, won, closed), ' '
        order by rank, won, closed, profile_id) into got
      from public.leaderboard(case when node <> '-' then pg_temp.place(node) end, current_date - 3);
      select string_agg(concat_ws('/', place, shown, me, usd, won, n), ' ' order by place, won, n, shown) into want
      from (select g.*, (select count(*) from (select coalesce(sum(usd) filter (where outcome = 'won'), 0) as u
          from d where outcome is not null group by owner_id) o where round(u, 2) > g.usd) + 1 as place
        from (select case when who in ('rep', 'colleague', 'rep_ky') and owner_id <> auth.uid()
            then '?' else owner_id::text end as shown, owner_id = auth.uid() as me,
            coalesce(round(sum(usd) filter (where outcome = 'won'), 2), 0) as usd,
            sum((outcome = 'won')::int) as won, count(*) as n
          from d where outcome is not null group by owner_id) g) r;
      if got is distinct from want then
        wrong := wrong || format(E'\n  leaders %s %s: wanted %s, got %s', who, node, want, got);
      end if;

      select string_agg(concat_ws('/', state, band, leads), ' ' order by state, band) into got
      from public.sla_state(case when node <> '-' then pg_temp.place(node) end);
      select string_agg(concat_ws('/', state, band, n), ' ' order by state, band) into want from (
        select case when first_response_due_at is null then 'none'
          when extract(epoch from first_response_due_at - now()) <= 0 then 'late'
          when extract(epoch from first_response_due_at - now()) <= 14400 then 'soon'
          else 'later' end as state, coalesce(score_band, 'none') as band, count(*) as n
        from s where status in ('new', 'contacted', 'qualified', 'nurture')
          and first_response_at is null group by 1, 2) g;
      if got is distinct from want then
        wrong := wrong || format(E'\n  sla %s %s: wanted %s, got %s', who, node, want, got);
      end if;
      drop table s, d;
      perform pg_temp.leave();
    end loop;
  end loop;
  if wrong <> '' then
    raise exception 'widgets:%', left(wrong, 5000);
  end if;
end
$$;
select pg_temp.is(pg_temp.ask('admin', 'select sum(leads) > 200 from public.open_breakdown(null, ''score'')'),
  'true', 'there is something to count');
select pg_temp.is(pg_temp.ask('admin', 'select count(*) >= 3 and sum(won) > 5 and sum(closed) > sum(won)
  from public.leaderboard(null, current_date - 3)'), 'true', 'and somebody leads');
select pg_temp.is(pg_temp.ask('admin', 'select string_agg(concat_ws('' '', stage, n > 0, median_days), '', '')
  from public.deal_velocity()'),
  'new t 1.5, contacted f, qualified t 2.5, proposal f, negotiation f, cycle t 4.0', 'from history');
select pg_temp.is(pg_temp.ask('rep_ky', 'select sum(n) from public.deal_velocity()'),
  pg_temp.ask('rep_ky', 'select count(*) + count(*) filter (where outcome = ''won'')
    from public.deal_stage_history where from_stage is not null'), 'of what he sees');
select pg_temp.is(pg_temp.ask(who, 'select count(*) from public.sla_state()'), wanted, who)
from (values ('no_profile', '0'), ('anon', 'denied'), ('stranger', 'denied')) v(who, wanted);
rollback;
