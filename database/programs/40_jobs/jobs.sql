-- The queue of background work. Called by the server's jobs::Runner, as flash_worker; who wants work
-- done calls flash.enqueue_job. A claim is a lease that its node prolongs: when the node dies, the
-- lease ends and another takes the job. `attempts` grows with each claim and so tells a run from
-- those before it: whoever lost his lease changes nothing any more.

-- After n failures: 1 s, 2 s, 4 s ... at most an hour.
create or replace function flash.job_delay(p_failures int) returns interval
language sql immutable parallel safe
return least(interval '1 hour', interval '1 second' * (2 ^ least(greatest(p_failures, 1) - 1, 20)));

-- The change stream tells the servers with the commit which kind of work there is, each once a
-- transaction.
create or replace function flash.tell_jobs(p_kind text) returns void
language plpgsql volatile set search_path = '' as $$
declare
  told text := coalesce(current_setting('flash.jobs_told', true), '');
begin
  if strpos(told, '|' || p_kind || '|') = 0 then
    perform set_config('flash.jobs_told', told || '|' || p_kind || '|', true),
      pg_logical_emit_message(true, 'flash.jobs', p_kind);
  end if;
end
$$;

-- One live job a (kind, key); returns its id, also when it was there before.
create or replace function flash.enqueue_job(
  p_kind text, p_key text default null, p_payload jsonb default '{}',
  p_run_at timestamptz default now(), p_priority int default 0, p_max_attempts int default 10)
returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
  job bigint;
begin
  insert into flash.jobs (kind, key, payload, run_at, priority, max_attempts)
  values (p_kind, p_key, p_payload, p_run_at, p_priority, p_max_attempts)
  on conflict (kind, key) where finished_at is null and key is not null do nothing
  returning id into job;
  if job is null then
    select j.id into job from flash.jobs j
    where j.kind = p_kind and j.key = p_key and j.finished_at is null;
  end if;
  perform flash.tell_jobs(p_kind);
  return job;
end
$$;

-- A waiting job ends here; a running one is told at its node's next beat. False: it had ended.
create or replace function flash.cancel_job(p_id bigint) returns bool
language plpgsql volatile security definer set search_path = '' as $$
declare
  seen text;
begin
  update flash.jobs j
  set cancel_requested = true,
      state = case j.state when 'queued' then 'cancelled' else j.state end,
      finished_at = case j.state when 'queued' then now() end
  where j.id = p_id and j.state in ('queued', 'running')
  returning j.state into seen;
  return seen is not null;
end
$$;

-- p_wanted: {kind: how many}. Returns [{id, kind, key, payload, attempt}].
create or replace function flash.jobs_claim(p_node text, p_wanted jsonb, p_lease_s int)
returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  claimed jsonb;
begin
  -- Whose node is gone: again, or never again.
  update flash.jobs j
  set state = case when j.cancel_requested then 'cancelled'
        when j.attempts >= j.max_attempts then 'dead' else 'queued' end,
      finished_at = case when j.cancel_requested or j.attempts >= j.max_attempts then now() end,
      last_error = 'lease_ended: the node that ran it is gone',
      run_at = now() + flash.job_delay(j.attempts), locked_by = null, locked_until = null
  from (
    select x.id from flash.jobs x
    where x.state = 'running' and x.locked_until < now()
    order by x.locked_until limit 100 for update skip locked) gone
  where j.id = gone.id;
  with due as (
    select d.id from jsonb_each_text(p_wanted) w(kind, most)
    cross join lateral (
      select x.id from flash.jobs x
      where x.kind = w.kind and x.state = 'queued' and x.run_at <= now()
      order by x.priority, x.run_at, x.id
      limit w.most::int for update skip locked) d),
  taken as (
    update flash.jobs j
    set state = 'running', attempts = j.attempts + 1, locked_by = p_node,
        locked_until = now() + make_interval(secs => p_lease_s), progress = 0,
        progress_text = ''
    from due where j.id = due.id
    returning j.id, j.kind, j.key, j.payload, j.attempts)
  select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'key', t.key,
    'payload', t.payload, 'attempt', t.attempts) order by t.id), '[]')
  into claimed from taken t;
  return claimed;
end
$$;

-- p_runs: [{id, attempt, progress, words}]. Prolongs the leases and returns the ids of those that
-- shall stop: cancelled, or somebody else's by now.
create or replace function flash.jobs_beat(p_node text, p_runs jsonb, p_lease_s int)
returns jsonb
language sql volatile security definer set search_path = '' as $$
  with said as (
    select r.* from jsonb_to_recordset(p_runs)
      as r(id bigint, attempt int, progress smallint, words text)),
  kept as (
    update flash.jobs j
    set locked_until = now() + make_interval(secs => p_lease_s), progress = s.progress,
        progress_text = s.words
    from said s
    where j.id = s.id and j.state = 'running' and j.locked_by = p_node
      and j.attempts = s.attempt
    returning j.id, j.cancel_requested)
  select coalesce(jsonb_agg(s.id order by s.id), '[]')
  from said s left join kept k on k.id = s.id
  where k.id is null or k.cancel_requested
$$;

-- p_outcome: done, failed (again later), dead (never again), cancelled, returned (not begun in
-- earnest: the node stops). Returns the new state; null: it is no longer this run's.
create or replace function flash.job_ended(
  p_id bigint, p_node text, p_attempt int, p_outcome text, p_error text, p_result jsonb)
returns text
language sql volatile security definer set search_path = '' as $$
  update flash.jobs j
  set state = n.state, locked_by = null, locked_until = null,
      finished_at = case when n.state <> 'queued' then now() end,
      progress = case n.state when 'done' then 100 else j.progress end,
      result = case n.state when 'done' then p_result end,
      last_error = case when n.state = 'done' then null else left(p_error, 2000) end,
      attempts = j.attempts - case p_outcome when 'returned' then 1 else 0 end,
      run_at = case p_outcome when 'failed' then now() + flash.job_delay(j.attempts)
        when 'returned' then now() else j.run_at end
  from (
    select case p_outcome when 'done' then 'done' when 'dead' then 'dead'
      when 'cancelled' then 'cancelled'
      else case when x.cancel_requested then 'cancelled'
        when p_outcome = 'failed' and x.attempts >= x.max_attempts then 'dead'
        else 'queued' end end as state
    from flash.jobs x where x.id = p_id) n
  where j.id = p_id and j.state = 'running' and j.locked_by = p_node and j.attempts = p_attempt
  returning j.state
$$;

-- Milliseconds until the next of these kinds is due or, when asked for, a lease ends; negative: it is
-- due already; null: nothing is waiting.
create or replace function flash.jobs_next(p_kinds text[], p_leases bool) returns bigint
language sql stable security definer set search_path = '' as $$
  select (extract(epoch from least(
    (select j.run_at from flash.jobs j where j.state = 'queued' and j.kind = any (p_kinds)
     order by j.run_at limit 1),
    (select j.locked_until from flash.jobs j where p_leases and j.state = 'running'
     order by j.locked_until limit 1)) - clock_timestamp()) * 1000)::bigint
$$;

-- What an operator wants to see of the queues.
create or replace function flash.jobs_figures() returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'queued', (select count(*) from flash.jobs j where j.state = 'queued'),
    'running', (select count(*) from flash.jobs j where j.state = 'running'),
    'dead', (select count(*) from flash.jobs j
             where j.finished_at is not null and j.state = 'dead'),
    'mails', (select count(*) from flash.outbox o where o.finished_at is null
              and o.kind = 'email'))
$$;

revoke execute on function flash.job_delay(int), flash.tell_jobs(text),
  flash.enqueue_job(text, text, jsonb, timestamptz, int, int), flash.cancel_job(bigint),
  flash.jobs_claim(text, jsonb, int), flash.jobs_beat(text, jsonb, int),
  flash.job_ended(bigint, text, int, text, text, jsonb), flash.jobs_next(text[], bool),
  flash.jobs_figures() from public;
grant execute on function flash.enqueue_job(text, text, jsonb, timestamptz, int, int),
  flash.cancel_job(bigint) to flash_worker, service_role;
grant execute on function flash.jobs_claim(text, jsonb, int), flash.jobs_beat(text, jsonb, int),
  flash.job_ended(bigint, text, int, text, text, jsonb), flash.jobs_next(text[], bool),
  flash.jobs_figures() to flash_worker;
