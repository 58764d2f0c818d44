-- Intake, the part that writes: the decisions of a batch, all rows of a kind in one statement.
-- Called by the server's worker::Intake and worker::LateLeads, after flash.intake_context() in the
-- same transaction. `p` is a document of arrays, one a table (src/worker/record.cpp); every id
-- comes from the server. Times are microseconds since 1970.
-- Exact: a double holds the microseconds of the next two centuries. Adding an interval would be
-- only stable, so the function would be called a dozen times a lead instead of being inlined.
create or replace function flash.instant(p_us bigint) returns timestamptz
language sql immutable parallel safe
return to_timestamp(p_us / 1000000.0::float8);

create or replace function flash.intake_write_people(p jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into public.organizations (id, created_at, territory_id, country, name, name_key,
    business_type)
  select o.id, flash.instant(o.at_us), o.territory_id, o.country, o.name, o.name_key,
    o.business_type
  from jsonb_to_recordset(p -> 'organizations') as o(id uuid, at_us bigint, territory_id int,
    country text, name text, name_key text, business_type text);
  insert into public.contacts (id, created_at, territory_id, organization_id, full_name, email,
    preferred_language, consent_marketing)
  select c.id, flash.instant(c.at_us), c.territory_id, c.organization_id, c.full_name, c.email,
    c.preferred_language, c.consent_marketing
  from jsonb_to_recordset(p -> 'contacts') as c(id uuid, at_us bigint, territory_id int,
    organization_id uuid, full_name text, email text, preferred_language text,
    consent_marketing bool);
  if p ? 'contact_phones' then
    insert into public.contact_phones (contact_id, number, label, is_primary)
    select h.contact_id, h.number, h.label, h.is_primary
    from jsonb_to_recordset(p -> 'contact_phones') as h(contact_id uuid, number text, label text,
      is_primary bool);
  end if;
end
$$;

-- New rows, complete: flash.submission_arrives() leaves them alone. Their clocks go with them, so that
-- the rows are unpacked once.
create or replace function flash.intake_write_new(p_rows json) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  with rows as materialized (
    select r.*
    from json_to_recordset(p_rows) as r(id uuid, reference text, at_us bigint,
      territory_id int, owner_id uuid, status text, status_reason text, lead_score smallint,
      basic_score smallint, score_band text, score_model text, score_factors jsonb,
      score_adjustment smallint, completeness real, confidence real, business_name text,
      business_key text, owner_name text,
      email text, phone text, country text, sub_area_id int, postal_code text, address text,
      business_type text, monthly_revenue_band text, employee_band text, monthly_transactions int,
      average_ticket numeric, currency text, year_established int, pain_points text[],
      current_processor text, interest_level smallint, decision_makers text[],
      specific_needs text, package_seen bool, signed_up bool, preferred_language text,
      consent_contact bool, consent_version text, consent_marketing bool, stated_value numeric,
      form_data jsonb, channel text, duplicate_of uuid, previous_id uuid, previous_customer bool,
      flags text[], territory_source text, territory_confidence real, contact_id uuid,
      organization_id uuid)),
  -- Once for a territory and a band: the leads of a batch lie milliseconds apart.
  due as materialized (
    select x.territory_id, x.score_band,
      flash.first_response_due(x.territory_id, flash.instant(min(x.at_us)), x.score_band) as due,
      flash.response_moment(x.territory_id, flash.instant(min(x.at_us)), x.score_band, 0.75)
        as warn
    from rows x where x.status = 'new'
    group by x.territory_id, x.score_band),
  clocks as (
    insert into flash.sla_clock (submission_id, ring_at)
    select x.id, d.warn
    from rows x join due d on (d.territory_id, d.score_band) = (x.territory_id, x.score_band)
    where x.status = 'new')
  insert into public.submissions (id, reference, created_at, first_response_due_at,
    territory_id, owner_id, status, status_reason, lead_score, basic_score, score_band,
    score_model, score_factors, score_adjustment, completeness, confidence, scored_at,
    business_name, business_key, owner_name, email, phone,
    country, sub_area_id, postal_code, address, business_type, monthly_revenue_band,
    employee_band, monthly_transactions, average_ticket, currency, year_established, pain_points,
    current_processor, interest_level, decision_makers, specific_needs, package_seen, signed_up,
    preferred_language, consent_contact, consent_at, consent_version, consent_marketing,
    stated_value, form_data, channel, duplicate_of, previous_id, previous_customer, flags,
    territory_source, territory_confidence, contact_id, organization_id, processed_at)
  select s.id,
    -- The server's draw; in a table of a million, one in some seven hundred is taken already.
    case when (select true from public.submissions t where t.reference = s.reference limit 1)
      then flash.new_reference() else s.reference end,
    flash.instant(s.at_us), d.due, s.territory_id, s.owner_id, s.status, s.status_reason,
    s.lead_score, s.basic_score, s.score_band, s.score_model, s.score_factors,
    s.score_adjustment, s.completeness, s.confidence,
    case when s.lead_score is not null then flash.instant(s.at_us) end,
    s.business_name, s.business_key, s.owner_name, flash.tidy_email(s.email), s.phone, s.country,
    s.sub_area_id, s.postal_code, s.address, s.business_type, s.monthly_revenue_band, s.employee_band,
    s.monthly_transactions, s.average_ticket, s.currency, s.year_established, s.pain_points,
    s.current_processor, s.interest_level, s.decision_makers, s.specific_needs, s.package_seen,
    s.signed_up, s.preferred_language, s.consent_contact,
    case when s.consent_contact then flash.instant(s.at_us) end, s.consent_version,
    s.consent_marketing, s.stated_value, s.form_data, s.channel, s.duplicate_of, s.previous_id,
    s.previous_customer, s.flags, s.territory_source, s.territory_confidence, s.contact_id,
    s.organization_id, flash.instant(s.at_us)
  from rows s
  left join due d on (d.territory_id, d.score_band) = (s.territory_id, s.score_band)
    and s.status = 'new';
end
$$;

-- Rows that came by another door get what the pipeline finds out, and keep what the door wrote.
create or replace function flash.intake_write_late(p_rows json) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  with rows as materialized (
    select r.*
    from json_to_recordset(p_rows) as r(id uuid, at_us bigint, territory_id int,
      owner_id uuid, status text, status_reason text, lead_score smallint, basic_score smallint,
      score_band text, score_model text, score_factors jsonb, score_adjustment smallint,
      completeness real, confidence real, currency text, duplicate_of uuid, previous_id uuid,
      previous_customer bool, flags text[], territory_source text, territory_confidence real,
      contact_id uuid, organization_id uuid))
  update public.submissions t
  set territory_id = s.territory_id, owner_id = coalesce(t.owner_id, s.owner_id),
    status = case when t.status = 'new' then s.status::flash.submission_status else t.status end,
    status_reason = case when t.status = 'new' then s.status_reason else t.status_reason end,
    lead_score = s.lead_score, basic_score = s.basic_score, score_band = s.score_band,
    score_model = s.score_model, score_factors = s.score_factors,
    score_adjustment = s.score_adjustment, completeness = s.completeness,
    confidence = s.confidence, scored_at = flash.instant(s.at_us),
    currency = coalesce(t.currency, s.currency), duplicate_of = s.duplicate_of,
    previous_id = coalesce(t.previous_id, s.previous_id),
    previous_customer = s.previous_customer, flags = s.flags,
    territory_source = s.territory_source, territory_confidence = s.territory_confidence,
    contact_id = coalesce(t.contact_id, s.contact_id),
    organization_id = coalesce(t.organization_id, s.organization_id),
    processed_at = flash.instant(s.at_us)
  from rows s
  where t.id = s.id and t.processed_at is null;
end
$$;

create or replace function flash.intake_write_history(p jsonb, p_assignments json,
  p_activities json) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if p ? 'phones' then
    insert into public.submission_phones (submission_id, number, label, is_primary)
    select h.submission_id, h.number, h.label, h.is_primary
    from jsonb_to_recordset(p -> 'phones') as h(submission_id uuid, number text, label text,
      is_primary bool)
    on conflict do nothing;
  end if;
  with sets as (
    select x.place - 1 as n, md5(x.rules::text) as id, x.rules
    from jsonb_array_elements(p -> 'rule_sets') with ordinality as x(rules, place)),
  kept as (
    insert into flash.rule_sets (id, rules)
    select s.id, s.rules from sets s
    where not exists (select from flash.rule_sets r where r.id = s.id)
    on conflict do nothing)
  insert into public.assignments (id, created_at, submission_id, profile_id, actor_id, source,
    rule_priority, rule_kind, strategy, confidence, reason, inputs, rule_set, candidates,
    territory_id, owner_id)
  select a.id, flash.instant(a.at_us), a.submission_id, a.profile_id, a.actor_id, a.source,
    a.rule_priority, a.rule_kind, a.strategy, a.confidence, a.reason, a.inputs,
    (select s.id from sets s where s.n = a.rule_set), a.candidates, a.territory_id, a.profile_id
  from json_to_recordset(p_assignments) as a(id uuid, at_us bigint, submission_id uuid,
    profile_id uuid, actor_id uuid, source text, rule_priority smallint, rule_kind text,
    strategy text, confidence real, reason text, inputs jsonb, rule_set int, candidates jsonb,
    territory_id int);
  -- Held until the next shift: the rules choose an owner then (worker::LateLeads).
  if (p ->> 'held')::bool then
    perform flash.enqueue_job('assign_submission', a.submission_id::text, '{}',
      flash.next_shift(a.territory_id))
    from json_to_recordset(p_assignments) as a(submission_id uuid, territory_id int,
      held bool)
    where a.held;
  end if;
  if p ? 'deals' then
    insert into public.deals (id, created_at, submission_id, organization_id, contact_id,
      territory_id, owner_id, title, value, currency, lead_score)
    select d.id, flash.instant(d.at_us), d.submission_id, d.organization_id, d.contact_id,
      d.territory_id, d.owner_id, d.title, d.value, d.currency, d.lead_score
    from jsonb_to_recordset(p -> 'deals') as d(id uuid, at_us bigint, submission_id uuid,
      organization_id uuid, contact_id uuid, territory_id int, owner_id uuid, title text,
      value numeric, currency text, lead_score smallint)
    on conflict do nothing;
  end if;
  insert into public.activities (id, created_at, submission_id, actor_id, kind, subject, data,
    completed_at, territory_id, owner_id)
  select a.id, flash.instant(a.at_us), a.submission_id, a.actor_id, a.kind, a.subject, a.data,
    flash.instant(a.at_us), a.territory_id, a.owner_id
  from json_to_recordset(p_activities) as a(id uuid, at_us bigint, submission_id uuid,
    actor_id uuid, kind text, subject text, data jsonb, territory_id int, owner_id uuid);
end
$$;

-- Whose turn it was, and how often a country was served.
create or replace function flash.intake_write_turns(p jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.profiles t set last_assigned_at = flash.instant(o.at_us)
  from (select o.profile_id, max(o.at_us) as at_us
        from jsonb_to_recordset(p -> 'turns') as o(profile_id uuid, at_us bigint)
        group by o.profile_id) o
  where t.id = o.profile_id;
  insert into flash.assignment_turns as t (territory_id, profile_id, last_assigned_at)
  select o.territory_id, o.profile_id, flash.instant(max(o.at_us))
  from jsonb_to_recordset(p -> 'turns') as o(profile_id uuid, territory_id int, at_us bigint)
  group by o.territory_id, o.profile_id
  order by o.territory_id, o.profile_id
  on conflict (territory_id, profile_id) do update set last_assigned_at = excluded.last_assigned_at;
end
$$;

-- Notices merge with the same one of the last ten minutes; only a fresh one goes by e-mail too.
create or replace function flash.intake_write_notices(p jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.notifications o set dedupe_key = null
  from jsonb_to_recordset(p -> 'notices') as n(user_id uuid, dedupe_key text)
  where o.user_id = n.user_id and o.dedupe_key = n.dedupe_key
    and o.created_at <= now() - interval '10 minutes';
  with said as (
    insert into public.notifications as o (id, user_id, type, title_key, params, entity_type,
      entity_id, priority, dedupe_key, count)
    select n.id, n.user_id, n.type, 'notice.' || n.type, n.params, 'submission', n.submission_id,
      n.priority, n.dedupe_key, n.count
    from jsonb_to_recordset(p -> 'notices') as n(id uuid, user_id uuid, type text,
      submission_id uuid, params jsonb, priority text, dedupe_key text, count int)
    where not exists (select from public.notification_prefs f
                      where f.user_id = n.user_id and f.type = n.type and not f.in_app)
    order by n.user_id, n.dedupe_key
    on conflict (user_id, dedupe_key) where dedupe_key is not null do update
      set count = o.count + excluded.count, read_at = null, params = excluded.params,
          entity_id = excluded.entity_id
    returning o.id)
  insert into flash.outbox (kind, payload, dedupe_key)
  select 'email', jsonb_build_object('template', 'notice.' || n.type, 'user_id', n.user_id,
    'notification_id', n.id, 'params', n.params), 'notice:' || n.id
  from jsonb_to_recordset(p -> 'notices') as n(id uuid, user_id uuid, type text, params jsonb,
    email bool)
  where n.email and not exists (select from public.notification_prefs f
      where f.user_id = n.user_id and f.type = n.type and not f.email)
    and (exists (select from said where said.id = n.id)
      or exists (select from public.notification_prefs f
        where f.user_id = n.user_id and f.type = n.type and not f.in_app));
end
$$;

-- The answers, remembered under their keys, and the prospects' confirmations. Returns
-- [{n, response}]: a person's response holds the new row, an anonymous one only the reference.
create or replace function flash.intake_answer(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  answers jsonb;
begin
  insert into flash.outbox (kind, payload, dedupe_key)
  select 'email', jsonb_build_object('template', 'lead_received', 'to', s.email,
    'name', s.owner_name, 'reference', s.reference, 'business_name', s.business_name,
    'language', coalesce(s.preferred_language::text, 'en')), 'received:' || s.id
  from jsonb_to_recordset(p -> 'answers') as a(id uuid, confirm bool)
  cross join lateral (select x.* from public.submissions x where x.id = a.id offset 0) s
  where a.confirm;
  select jsonb_agg(jsonb_build_object('n', a.n, 'scope', a.scope, 'key', a.key, 'hash', a.hash,
    'id', a.id, 'response', case when a.person then jsonb_build_object('reference', l.reference,
      'submission', to_jsonb(l.lead), 'score', a.score, 'assignment', a.assignment)
    else jsonb_build_object('reference', l.reference) end))
  into answers
  from jsonb_to_recordset(p -> 'answers') as a(n int, id uuid, person bool, score jsonb,
    assignment jsonb, scope text, key text, hash text)
  cross join lateral (
    select s.reference, s as lead from public.submissions s where s.id = a.id offset 0) l;
  -- Whoever came with the same key meanwhile fails here, and is told this answer when he tries again.
  insert into flash.idempotency_keys (scope, key, request_hash, status, response, submission_id)
  select a.scope, a.key, a.hash, 201, a.response, a.id
  from jsonb_to_recordset(answers) as a(id uuid, scope text, key text, hash text, response jsonb)
  where a.key is not null
  order by a.scope, a.key;
  return answers;
end
$$;

-- What has most of the bytes is read as text: a third of the time.
create or replace function flash.intake_write(p jsonb, p_submissions json, p_assignments json,
  p_activities json) returns jsonb
language plpgsql volatile security definer
set search_path = '' set enable_seqscan = off set jit = off
set plan_cache_mode = force_generic_plan as $$
begin
  perform flash.intake_write_people(p);
  if (p ->> 'late')::bool then
    perform flash.intake_write_late(p_submissions);
  else
    perform flash.intake_write_new(p_submissions);
  end if;
  perform flash.intake_write_history(p, p_assignments, p_activities);
  if p ? 'turns' then
    perform flash.intake_write_turns(p);
  end if;
  if p ? 'notices' then
    perform flash.intake_write_notices(p);
  end if;
  return flash.intake_answer(p);
end
$$;

-- Owners for leads that were held until their territory works again: as for intake_write, with
-- assignments, activities, turns and notices only.
create or replace function flash.intake_write_release(p jsonb, p_assignments json,
  p_activities json) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  wanted int;
  done int;
begin
  select count(*) into wanted
  from json_to_recordset(p_assignments) as a(profile_id uuid) where a.profile_id is not null;
  update public.submissions s set owner_id = a.profile_id
  from json_to_recordset(p_assignments) as a(submission_id uuid, profile_id uuid)
  where s.id = a.submission_id and a.profile_id is not null
    and s.owner_id is null and s.status = 'new' and s.deleted_at is null;
  get diagnostics done = row_count;
  if done <> wanted then
    raise exception 'somebody took a lead meanwhile' using errcode = '40001';
  end if;
  perform flash.intake_write_history(p, p_assignments, p_activities), flash.intake_write_turns(p),
    flash.intake_write_notices(p);
end
$$;

-- New scores of rows whose facts changed: [{id, at_us, score, basic_score, band, model, factors,
-- adjustment, completeness, confidence}]. History is kept when a score moves by one or more; it begins
-- with the score that a lead had until then.
create or replace function flash.intake_rescore(p jsonb) returns void
language plpgsql volatile security definer
set search_path = '' set enable_seqscan = off set jit = off as $$
begin
  insert into public.score_history (submission_id, created_at, score, band, model, factors,
    adjustment, territory_id)
  select s.id, s.scored_at, s.lead_score, s.score_band, s.score_model, s.score_factors,
    s.score_adjustment, s.territory_id
  from jsonb_to_recordset(p) as n(id uuid, score smallint)
  join public.submissions s on s.id = n.id
  where n.score <> s.lead_score and s.score_factors is not null and s.score_model is not null
    and not exists (select from public.score_history h where h.submission_id = s.id);
  insert into public.score_history (submission_id, created_at, score, previous_score, band, model,
    factors, adjustment, territory_id)
  select s.id, flash.instant(n.at_us), n.score, s.lead_score, n.band, n.model, n.factors,
    n.adjustment, s.territory_id
  from jsonb_to_recordset(p) as n(id uuid, at_us bigint, score smallint, band text, model text,
    factors jsonb, adjustment smallint)
  join public.submissions s on s.id = n.id
  where n.score is distinct from s.lead_score;
  -- Nobody is told of his own act.
  perform flash.notify(s.owner_id, 'score_changed', 'submission', s.id, jsonb_build_object(
      'business_name', s.business_name, 'from', s.lead_score, 'to', n.score), 'normal',
      'score_changed:' || s.id)
  from jsonb_to_recordset(p) as n(id uuid, score smallint)
  join public.submissions s on s.id = n.id
  where abs(n.score - s.lead_score) >= 10 and s.owner_id is distinct from auth.uid()
    and s.owner_id is not null;
  perform flash.notify(u.id, 'hot_lead', 'submission', s.id, jsonb_build_object(
      'business_name', s.business_name, 'score', n.score), 'urgent', 'hot_lead:' || s.id)
  from jsonb_to_recordset(p) as n(id uuid, score smallint)
  join public.submissions s on s.id = n.id
  cross join lateral (
    select s.owner_id as id where s.owner_id is not null
    union
    select a.profile_id from flash.profile_access a
    where a.active and a.role = 'manager' and s.territory_id = any (a.territory_ids)) u
  where n.score >= 80 and u.id is distinct from auth.uid()
    and not exists (select from public.score_history h
                    where h.submission_id = s.id and h.band = 'hot'
                      and h.previous_score is distinct from s.lead_score);
  update public.submissions s
  set lead_score = n.score, basic_score = n.basic_score, score_band = n.band,
    score_model = n.model, score_factors = n.factors, score_adjustment = n.adjustment,
    completeness = n.completeness, confidence = n.confidence, scored_at = flash.instant(n.at_us)
  from jsonb_to_recordset(p) as n(id uuid, at_us bigint, score smallint, basic_score smallint,
    band text, model text, factors jsonb, adjustment smallint, completeness real,
    confidence real)
  where s.id = n.id;
  update flash.jobs j set state = 'done', finished_at = now(), locked_by = null,
    locked_until = null
  from jsonb_to_recordset(p) as n(id uuid)
  where j.kind = 'rescore_submission' and j.key = n.id::text and j.finished_at is null;
end
$$;

revoke execute on function flash.intake_write_people(jsonb), flash.intake_write_new(json),
  flash.intake_write_late(json), flash.intake_write_history(jsonb, json, json),
  flash.intake_write_turns(jsonb), flash.intake_write_notices(jsonb),
  flash.intake_answer(jsonb), flash.intake_write(jsonb, json, json, json),
  flash.intake_write_release(jsonb, json, json), flash.intake_rescore(jsonb) from public;
grant execute on function flash.instant(bigint) to flash_worker, flash_intake;
grant execute on function flash.intake_write(jsonb, json, json, json) to flash_intake, flash_worker;
grant execute on function flash.intake_rescore(jsonb), flash.intake_write_release(jsonb, json, json)
  to flash_worker;
