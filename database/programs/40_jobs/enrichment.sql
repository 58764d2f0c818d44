-- Facts about leads from outside: who waits to be asked for, what is known already, what was found.
-- Called by the server's enrich::Enricher, as flash_worker; what a person does with a fact is in
-- 10_public/findings.sql. Nothing here writes a column of a lead.

-- A lead that arrives pays for one row a statement, without an index but the key; it is taken apart
-- by flash.enrich_claim, long after the commit.
create or replace function flash.enrich_arrive() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into flash.enrich_waiting (submission_ids)
  select array_agg(n.id) from new_rows n having count(*) > 0;
  return null;
end
$$;

create or replace function flash.enrich_change() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into flash.enrich_waiting (submission_ids) values (array[new.id]);
  return null;
end
$$;

create or replace trigger submissions_80_enrich after insert on public.submissions
  referencing new table as new_rows for each statement execute function flash.enrich_arrive();
create or replace trigger submissions_80_enrich_changed
  after update of phone, email, business_name, country on public.submissions
  for each row when ((old.phone, old.email, old.business_name, old.country)
    is distinct from (new.phone, new.email, new.business_name, new.country))
  execute function flash.enrich_change();

-- Makes the job when somebody waits. By flash.housework, so within ten seconds.
create or replace function flash.enrich_due() returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if exists (select from flash.enrich_waiting)
     or exists (select from flash.enrich_queue q where q.run_at <= now()) then
    perform flash.enqueue_job('enrich_leads', 'arrivals', p_priority => 10);
  end if;
  delete from flash.source_answers a where a.asked_at < now() - interval '7 days';
end
$$;

-- The leads of the last statements go into the queue, each once.
create or replace function flash.enrich_unpack() returns void
language sql volatile security definer set search_path = '' as $$
  with taken as (
    delete from flash.enrich_waiting w
    where w.id = any (array(select x.id from flash.enrich_waiting x order by x.id limit 100
                            for update skip locked))
    returning w.submission_ids)
  insert into flash.enrich_queue (submission_id)
  select distinct s.id
  from taken t cross join unnest(t.submission_ids) as u(id)
  join public.submissions s on s.id = u.id
  on conflict (submission_id) do update
  set queued_at = clock_timestamp(), run_at = now(), attempts = 0
$$;

-- The next p_limit leads, or the one named: [{id, stamp, attempts, fresh, phone, email,
-- business_name, country}]. Nobody is asked about spam, repeats and what is deleted.
create or replace function flash.enrich_claim(p_limit int, p_only uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  claimed jsonb;
begin
  perform flash.enrich_unpack();
  delete from flash.enrich_queue q
  using public.submissions s
  where q.submission_id in (select x.submission_id from flash.enrich_queue x
      where x.run_at <= now() and (p_only is null or x.submission_id = p_only)
      order by x.run_at limit p_limit)
    and s.id = q.submission_id and not q.fresh
    and (s.deleted_at is not null or s.status = 'disqualified' or s.duplicate_of is not null);
  select coalesce(jsonb_agg(jsonb_build_object('id', d.submission_id, 'stamp', d.queued_at,
    'attempts', d.attempts, 'fresh', d.fresh, 'phone', d.phone, 'email', d.email,
    'business_name', d.business_name, 'country', d.country) order by d.run_at), '[]')
  into claimed
  from (select q.*, s.phone, s.email, s.business_name, s.country
    from flash.enrich_queue q join public.submissions s on s.id = q.submission_id
    where q.run_at <= now() and (p_only is null or q.submission_id = p_only)
      and s.deleted_at is null
    order by q.run_at limit p_limit) d;
  return claimed;
end
$$;

-- p_asked: [{source, subject}]. What sources said of them within seven days:
-- [{source, subject, asked_at, answer}].
create or replace function flash.known_answers(p_asked jsonb) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('source', a.source, 'subject', a.subject,
    'asked_at', a.asked_at, 'answer', a.answer)), '[]')
  from (select distinct r.source, r.subject
        from jsonb_to_recordset(p_asked) as r(source text, subject text)) k
  join flash.source_answers a using (source, subject)
  where a.asked_at > now() - interval '7 days'
$$;

-- One lead: p_found is [{source, subject, asked_at, state, reason, facts, keep}]; an asked_at of null
-- is now, and `keep` puts the answer into the cache. Sources of p_without have nothing to ask about
-- any more, so what they said goes. p_again_s: the lead waits that long and is asked for again;
-- null: it is done, unless it was queued anew meanwhile.
create or replace function flash.enrich_write(p_lead uuid, p_stamp timestamptz, p_found jsonb,
  p_without text[], p_again_s int) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into flash.source_answers (source, subject, asked_at, answer)
  select f.source, f.subject, now(),
    jsonb_build_object('state', f.state, 'facts', f.facts)
  from jsonb_to_recordset(p_found) as f(source text, subject text, state text, facts jsonb, keep bool)
  where f.keep
  on conflict (source, subject) do update
  set asked_at = excluded.asked_at, answer = excluded.answer;
  delete from public.lead_findings f where f.submission_id = p_lead and f.source = any (p_without);
  -- A source that is away says nothing against what it said before of the same subject.
  insert into public.lead_findings as old (submission_id, source, subject, asked_at, state, reason, facts)
  select s.id, f.source, f.subject, coalesce(f.asked_at, now()), f.state, f.reason, f.facts
  from jsonb_to_recordset(p_found) as f(source text, subject text, asked_at timestamptz, state text,
    reason text, facts jsonb)
  join public.submissions s on s.id = p_lead
  on conflict (submission_id, source) do update
  set subject = excluded.subject, asked_at = excluded.asked_at, state = excluded.state,
      reason = excluded.reason, facts = excluded.facts
  where not (excluded.state = 'failed' and old.state <> 'failed' and old.subject = excluded.subject);
  if p_again_s is null then
    delete from flash.enrich_queue q where q.submission_id = p_lead and q.queued_at = p_stamp;
  else
    update flash.enrich_queue q
    set run_at = now() + make_interval(secs => p_again_s), attempts = q.attempts + 1, fresh = false
    where q.submission_id = p_lead and q.queued_at = p_stamp;
  end if;
end
$$;

-- p_sources: [{source, place, reason}], in the order in which they are shown; no reason: it is on.
create or replace function flash.tell_sources(p_sources jsonb) returns void
language sql volatile security definer set search_path = '' as $$
  insert into public.fact_sources as old (source, place, active, reason)
  select s.source, s.place, s.reason is null, s.reason
  from jsonb_to_recordset(p_sources) as s(source text, place smallint, reason text)
  on conflict (source) do update
  set place = excluded.place, active = excluded.active, reason = excluded.reason, told_at = now()
  where (old.place, old.active, old.reason) is distinct from
    (excluded.place, excluded.active, excluded.reason)
$$;

revoke execute on function flash.enrich_due(), flash.enrich_unpack(), flash.enrich_claim(int, uuid),
  flash.known_answers(jsonb), flash.enrich_write(uuid, timestamptz, jsonb, text[], int),
  flash.tell_sources(jsonb) from public;
grant execute on function flash.enrich_claim(int, uuid), flash.known_answers(jsonb),
  flash.enrich_write(uuid, timestamptz, jsonb, text[], int), flash.tell_sources(jsonb)
  to flash_worker;
