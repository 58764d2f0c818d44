-- The demo, once loaded: it adds up, it broke no rule, and it stays in the past. Run by run.sh.
begin;
create temp table faults (what text);
create function pg_temp.expect(p_holds bool, p_what text) returns void language plpgsql as $$
begin
  if p_holds is not true then
    insert into faults values (p_what);
  end if;
end
$$;
select pg_temp.expect((select count(*) from public.submissions) = 400, '400 leads');
select pg_temp.expect((select count(*) from public.deals) between 90 and 180, 'some 120 deals');
select pg_temp.expect((select count(*) from public.deals where outcome = 'won'
  and close_date >= now() - interval '31 days') >= 5, 'deals won this month');
select pg_temp.expect((select count(*) from public.submissions where status in ('new', 'contacted',
  'qualified', 'nurture') and lead_score >= 80) >= 3, 'hot leads to call');
select pg_temp.expect((select count(*) from public.submissions where tags <> '{}') between 30 and 120, 'tags');
select pg_temp.expect((select count(*) from public.saved_views) = 3, 'views of the team');
select pg_temp.expect((select count(*) from public.submissions d join public.submissions s on s.id = d.duplicate_of
  where s.email = d.email and s.phone = d.phone) >= 4, 'who came twice');
select pg_temp.expect((select count(distinct status) from public.submissions) = 7, 'every status');
select pg_temp.expect(not exists (select from public.submissions s
  where s.lead_score <> s.score_adjustment + (select sum((f ->> 'points')::int)
      from jsonb_array_elements(s.score_factors) f)
    or jsonb_array_length(s.score_factors) <> 7
    or exists (select from jsonb_array_elements(s.score_factors) f
      where (f ->> 'points')::int > (f ->> 'max')::int)), 'scores add up');
-- Every change of status was open to the one who made it, or to the deal that led.
select pg_temp.expect(not exists (
  select from public.activities a left join public.profiles p on p.id = a.actor_id
  where a.kind = 'status_change' and a.deal_id is null and not exists (
    select from flash.legal_transition l
    where l.from_status = a.data ->> 'from' and l.to_status = a.data ->> 'to'
      and (p.role::text = any (l.actors) or 'deal' = any (l.actors) and exists (
        select from public.deals d where d.submission_id = a.submission_id)))), 'legal steps only');
select pg_temp.expect(not exists (select from public.deals d where d.deleted_at is null
    and d.submission_id is not null and not exists (select from public.submissions s
    where s.id = d.submission_id and (d.stage = 'closed' or s.status
      = flash.lead_status_of(d.stage, d.outcome, d.next_contact_at)))), 'leads follow open deals');
select pg_temp.expect(not exists (
  select from public.submissions where greatest(created_at, updated_at, scored_at,
    status_changed_at, last_activity_at, first_response_at) > now()
  union all select from public.activities where greatest(created_at, completed_at) > now()
  union all select from public.deals where greatest(created_at, stage_changed_at) > now()
  union all select from public.assignments where created_at > now()
  union all select from public.audit_log where at > now()), 'nothing lies ahead');
select pg_temp.expect(not exists (select from public.submissions
  where first_response_at < created_at or processed_at is null), 'answered after it came');
select pg_temp.expect(not exists (select from flash.jobs), 'no work left over');
select pg_temp.expect(not exists (select from public.submissions s where s.email !~ '\.example$'),
  'nobody''s address');
select pg_temp.expect((select count(*) = count(distinct (business_key, country))
  from public.submissions), 'no business twice');
select pg_temp.expect(not exists (select from public.profiles p where p.role = 'rep'
  and p.capacity <= (
  select count(*) from public.submissions s where s.owner_id = p.id
    and s.status in ('new', 'contacted', 'qualified', 'nurture'))), 'everybody has room');
select pg_temp.expect(not exists (select from public.assignments a where a.source = 'rules'
  and a.profile_id is not null and not exists (select from jsonb_array_elements(a.candidates) c
    where (c ->> 'chosen')::bool and (c ->> 'profile_id')::uuid = a.profile_id
      and (c ->> 'open')::int < (c ->> 'capacity')::int)), 'the chosen had room');
select pg_temp.expect((select count(*) from auth.users where encrypted_password is null
  and email_confirmed_at is not null) = 7, 'seven people without a password');
select pg_temp.expect((select bool_and(u.raw_app_meta_data ->> 'role' = p.role) from auth.users u
  join public.profiles p using (id)), 'roles in tokens');
do $$
declare
  who record;
  holds bool;
begin
  for who in select p.id, p.role, u.email from public.profiles p join auth.users u using (id) loop
    perform set_config('request.jwt.claims', json_build_object('sub', who.id)::text, true);
    execute 'set local role flash_' || who.role;
    if who.email like 'viewer%' then
      holds := (select bool_and(country = 'CW') and count(*) > 30 from public.submissions);
    elsif who.email like 'rep.kemar%' then
      holds := (select bool_and(country = 'JM') from public.submissions)
        and (public.dashboard_stats() -> 'new_leads' ->> 'value')::int > 5;
    else
      holds := (select count(*) > 10 from public.submissions);
    end if;
    reset role;
    perform pg_temp.expect(holds, who.email || ' sees his own');
  end loop;
end
$$;
do $$
declare
  report text := (select string_agg(what, ', ') from faults);
begin
  if report is not null then
    raise exception 'the demo fails: %', report;
  end if;
end
$$;
rollback;
\ir ../../seeds/demo.sql
do $$
begin
  if (select count(*) from public.submissions) <> 400 then
    raise exception 'the demo loaded twice';
  end if;
end
$$;
