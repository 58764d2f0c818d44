-- The facts of a lead that a model may learn from, and what they were before each change.
-- Read by the learner, by the server when it scores, and by the doors of a lead's score.

-- Bands become their middle, lists their length; what the form of an organisation asks beyond ours
-- is there under 'form.'. Nothing that is written after the outcome.
create or replace function flash.lead_features(s public.submissions) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'business_type', s.business_type, 'country', s.country,
    'territory', (select t.code from public.territories t where t.id = s.territory_id),
    'monthly_revenue', case s.monthly_revenue_band when '0-10k' then 5000
      when '10k-50k' then 30000 when '50k-100k' then 75000 when '100k-250k' then 175000
      when '250k+' then 250000 end,
    'employees', case s.employee_band when '1-5' then 3 when '6-20' then 13 when '21-50' then 35.5
      when '51-100' then 75.5 when '100+' then 100 end,
    'monthly_transactions', s.monthly_transactions, 'average_ticket', s.average_ticket,
    'business_age', extract(year from s.created_at)::int - s.year_established,
    'interest_level', s.interest_level, 'pain_points', cardinality(s.pain_points),
    'pain_high_fees', 'high_fees' = any (s.pain_points),
    'processor_named', s.current_processor is not null,
    'decision_makers', cardinality(s.decision_makers),
    'needs_length', length(coalesce(s.specific_needs, '')), 'package_seen', s.package_seen,
    'preferred_language', s.preferred_language, 'consent_marketing', s.consent_marketing,
    'stated_value', s.stated_value, 'channel', s.channel,
    'previous_customer', s.previous_customer, 'has_email', s.email is not null,
    'has_phone', s.phone is not null))
  || coalesce((select jsonb_object_agg('form.' || f.key, f.value)
    from (select e.key, e.value from jsonb_each(s.form_data) e
          where jsonb_typeof(e.value) in ('string', 'number', 'boolean')
            and length(e.key) <= 60 and length(e.value::text) <= 100
          order by e.key limit 64) f), '{}')
$$;

create or replace function flash.model_serves() returns bool
language sql stable security definer set search_path = '' as $$
  select exists (select from public.models m where m.status = 'champion')
$$;

-- Tells the servers, with the commit, that there are leads to score; once is enough.
create or replace function flash.tell_scores() returns void
language plpgsql set search_path = '' as $$
begin
  if current_setting('flash.scores_told', true) is distinct from 'on' then
    perform set_config('flash.scores_told', 'on', true),
      pg_catalog.pg_logical_emit_message(true, 'flash.models', '');
  end if;
end
$$;

-- Keeps what the facts were, and has the lead scored anew where a model serves.
create or replace function flash.lead_facts_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into flash.lead_facts (submission_id, until, features)
  values (old.id, flash.stamp(), flash.lead_features(old))
  on conflict do nothing;
  if flash.model_serves() then
    insert into flash.score_queue (submission_id) values (new.id) on conflict do nothing;
    perform flash.tell_scores();
  end if;
  return null;
end
$$;

drop trigger if exists submissions_70_facts on public.submissions;
create trigger submissions_70_facts after update on public.submissions
  for each row when (
    (new.business_type, new.country, new.territory_id, new.monthly_revenue_band, new.employee_band,
     new.monthly_transactions, new.average_ticket, new.year_established, new.interest_level,
     new.pain_points, new.current_processor, new.decision_makers, new.specific_needs,
     new.package_seen, new.preferred_language, new.consent_marketing, new.stated_value,
     new.previous_customer, new.email, new.phone, new.form_data)
    is distinct from
    (old.business_type, old.country, old.territory_id, old.monthly_revenue_band, old.employee_band,
     old.monthly_transactions, old.average_ticket, old.year_established, old.interest_level,
     old.pain_points, old.current_processor, old.decision_makers, old.specific_needs,
     old.package_seen, old.preferred_language, old.consent_marketing, old.stated_value,
     old.previous_customer, old.email, old.phone, old.form_data))
  execute function flash.lead_facts_changed();

create or replace function flash.leads_to_score() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if flash.model_serves() then
    insert into flash.score_queue (submission_id) select n.id from new_rows n
    on conflict do nothing;
    perform flash.tell_scores();
  end if;
  return null;
end
$$;

drop trigger if exists submissions_70_score on public.submissions;
create trigger submissions_70_score after insert on public.submissions
  referencing new table as new_rows
  for each statement execute function flash.leads_to_score();
