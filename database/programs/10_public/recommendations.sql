-- The next steps that follow from where a lead stands. Called by /api/leads/{id}/recommendations, as
-- the caller: what he does not see does not count.

create or replace function flash.recommendation_decided() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.decided_by := auth.uid();
  new.decided_at := now();
  return new;
end
$$;
drop trigger if exists recommendation_states_10_decided on public.recommendation_states;
create trigger recommendation_states_10_decided before insert or update
  on public.recommendation_states
  for each row execute function flash.recommendation_decided();

-- When somebody last was in touch with the lead. What is only planned is no contact.
create or replace function flash.last_contact(p_lead uuid) returns timestamptz
language sql stable set search_path = '' as $$
  select max(a.completed_at) from public.activities a
  where a.submission_id = p_lead and a.deleted_at is null
    and a.kind in ('call', 'email', 'meeting', 'visit', 'message')
$$;

-- Priority 1 urgent to 4 low; `due` null: no moment follows from the lead. `about` is what the reason
-- says: `days` without contact, `subject` of a task. `field` is the fact of a model that the step
-- would change. A step comes once an entry into a stage, since its key names that moment.
create or replace function flash.recommended_steps(p_lead uuid)
returns table (rule text, of_what text, due timestamptz, priority int, field text, about jsonb)
language sql stable set search_path = '' as $$
  with lead as (
    select s.*, extract(epoch from s.status_changed_at)::bigint::text as entry,
      greatest(s.status_changed_at, flash.last_contact(s.id)) as touched,
      flash.last_contact(s.id) is not null as met,
      s.status in ('new', 'contacted', 'qualified', 'nurture') as is_open
    from public.submissions s where s.id = p_lead),
  timed as (
    select l.*, floor(extract(epoch from now() - l.touched) / 86400)::int as idle from lead l),
  deal as (
    select d.stage, extract(epoch from d.stage_changed_at)::bigint::text as entry,
      floor(extract(epoch from now() - greatest(d.stage_changed_at, l.touched)) / 86400)::int as idle
    from public.deals d cross join lead l
    where d.submission_id = p_lead and d.deleted_at is null and d.stage <> 'closed'
    order by d.created_at desc limit 1)
  select case when l.first_response_due_at < now() then 'late_answer' else 'first_contact' end,
    l.entry, l.first_response_due_at,
    case when l.first_response_due_at < now() then 1 else case l.score_band
      when 'hot' then 1 when 'cool' then 3 when 'cold' then 4 else 2 end end,
    null, jsonb_build_object('days', l.idle)
  from timed l where l.status = 'new' and not l.met
  union all
  select 'overdue_task', a.id::text, a.due_at, 1, null, jsonb_build_object('subject', a.subject)
  from public.activities a cross join lead l
  where a.submission_id = p_lead and a.kind = 'task' and a.completed_at is null
    and a.deleted_at is null and a.due_at < now() and l.is_open
  union all
  select 'discovery_call', l.entry, null, 1, null, jsonb_build_object('days', l.idle) from timed l
  where l.status = 'contacted' and l.idle >= 3
  union all
  select 'demo', l.entry, l.status_changed_at + interval '48 hours', 1, null,
    jsonb_build_object('days', l.idle)
  from timed l where l.status = 'qualified' and l.idle >= 2
  union all
  select 'call_interested', l.entry, null, 2, null,
    jsonb_build_object('days', l.idle, 'interest', l.interest_level)
  from timed l where l.status = 'nurture' and l.interest_level >= 8 and l.idle >= 3
  union all
  select 'ask_budget', l.entry, null, 2, 'stated_value', '{}' from lead l
  where l.status = 'contacted' and l.stated_value is null
  union all
  select 'ask_decider', l.entry, null, 2, 'decision_makers', '{}' from lead l
  where l.status = 'contacted' and cardinality(l.decision_makers) = 0
  union all
  select 'ask_phone', l.entry, null, 3, 'has_phone', '{}' from lead l
  where l.is_open and l.phone is null
  union all
  select 'ask_email', l.entry, null, 3, 'has_email', '{}' from lead l
  where l.is_open and l.email is null
  union all
  select 'send_package', l.entry, l.status_changed_at + interval '2 days', 3, 'package_seen', '{}'
  from lead l where l.is_open and l.status <> 'nurture' and not l.package_seen
  union all
  select 'stakeholders', l.entry, l.status_changed_at + interval '7 days', 3, null,
    jsonb_build_object('n', cardinality(l.decision_makers))
  from lead l where l.status in ('contacted', 'qualified') and cardinality(l.decision_makers) >= 2
  union all
  select 'call_' || d.stage, d.entry, null, 2, null, jsonb_build_object('days', d.idle) from deal d
  where d.stage = 'proposal' and d.idle >= 5 or d.stage = 'negotiation' and d.idle >= 7
  union all
  select 'onboarding', l.entry, l.status_changed_at + interval '1 day', 1, null, '{}' from lead l
  where l.status = 'converted' and l.status_changed_at > now() - interval '30 days'
  union all
  select 'check_30_days', l.entry, l.status_changed_at + interval '30 days', 3, null, '{}'
  from lead l where l.status = 'converted' and l.status_changed_at > now() - interval '60 days'
  union all
  select 'look_in_again', l.entry, l.status_changed_at + interval '90 days', 4, null, '{}'
  from lead l where l.status = 'disqualified' and l.status_reason not in ('spam', 'duplicate')
    and l.status_changed_at > now() - interval '180 days'
$$;

-- The steps with what was decided about them (`state` null: nothing), and under `facts` what was
-- decided about facts that a model names: the server adds those (src/score/advice.h).
create or replace function flash.recommendations(p_lead uuid) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'open', (select s.status in ('new', 'contacted', 'qualified', 'nurture')
      from public.submissions s where s.id = p_lead),
    'steps', coalesce((
      select jsonb_agg(jsonb_build_object('key', t.rule || ':' || t.of_what, 'rule', t.rule,
        'due', t.due, 'priority', t.priority, 'field', t.field, 'about', t.about,
        'state', x.state, 'until', x.until, 'decided_by', x.decided_by,
        'decided_at', x.decided_at) order by t.priority, t.due, t.rule, t.of_what)
      from (select * from flash.recommended_steps(p_lead) limit 50) t
      left join public.recommendation_states x
        on x.submission_id = p_lead and x.key = t.rule || ':' || t.of_what), '[]'),
    'facts', coalesce((
      select jsonb_object_agg(substr(x.key, 6), jsonb_build_object('state', x.state,
        'until', x.until, 'decided_by', x.decided_by, 'decided_at', x.decided_at))
      from public.recommendation_states x
      where x.submission_id = p_lead and x.key like 'fact:%'), '{}'))
$$;

revoke execute on function flash.recommendation_decided(), flash.last_contact(uuid),
  flash.recommended_steps(uuid), flash.recommendations(uuid) from public;
grant execute on function flash.last_contact(uuid), flash.recommended_steps(uuid),
  flash.recommendations(uuid)
  to flash_rep, flash_manager, flash_viewer, flash_admin, service_role;
