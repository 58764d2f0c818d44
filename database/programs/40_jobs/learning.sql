-- Trainings and models: what people ask for, what the learner writes, what the servers take. Called
-- by /api/models, by flash-learn (src/trainer) and by worker::Models. Trainings and the scoring of
-- all open leads are jobs ('train_model', 'score_leads').

create or replace function flash.must_manage() returns uuid
language plpgsql stable security definer set search_path = '' as $$
declare
  who uuid;
begin
  select a.profile_id into who from flash.profile_access a
  where a.profile_id = auth.uid() and a.active and a.role in ('manager', 'admin');
  if who is null then
    raise exception 'not_manager' using errcode = 'PT403',
      detail = 'Managers and admins train and choose models.';
  end if;
  return who;
end
$$;

create or replace function flash.tell_models() returns void
language sql volatile set search_path = '' as $$
  select pg_catalog.pg_logical_emit_message(true, 'flash.models', '')
$$;

-- A job as people see it; p_job null: null. A job's end is 'done', 'dead' (it failed for good) or
-- 'cancelled'.
create or replace function flash.job_document(p_job flash.jobs) returns jsonb
language sql stable set search_path = ''
return case when p_job.id is not null then jsonb_build_object('id', p_job.id::text,
  'kind', p_job.kind, 'state', p_job.state, 'progress', p_job.progress,
  'step', p_job.progress_text, 'attempts', p_job.attempts,
  'cancel_requested', p_job.cancel_requested, 'created_at', p_job.created_at,
  'finished_at', p_job.finished_at, 'requested_by', p_job.payload ->> 'requested_by',
  'result', p_job.result, 'error', p_job.last_error) end;

-- The last training, the last scoring of all open leads, and how many leads could be learned from
-- now, over all territories: a model is one for the organisation.
create or replace function flash.model_state() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform flash.must_manage();
  return (select jsonb_object_agg(k.name, flash.job_document(j))
    from (values ('run', 'train_model'), ('rescore', 'score_leads')) k(name, kind)
    left join lateral (select x.* from flash.jobs x where x.kind = k.kind
      order by x.id desc limit 1) j on true)
    || (select jsonb_build_object('closed', to_jsonb(c)) from flash.closed_leads() c);
end
$$;

-- Asks for a training; the one that is under way, if there is one.
create or replace function public.start_training() returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  who constant uuid := flash.must_manage();
  job constant bigint := flash.enqueue_job('train_model', 'model',
    jsonb_build_object('requested_by', who), p_max_attempts => 3);
begin
  return (select flash.job_document(j) from flash.jobs j where j.id = job);
end
$$;

create or replace function public.cancel_training(p_job bigint) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform flash.must_manage();
  if not exists (select from flash.jobs j where j.id = p_job and j.kind = 'train_model')
      or not flash.cancel_job(p_job) then
    raise exception 'not_found' using errcode = 'PT404', detail = 'No such training is under way.';
  end if;
  return (select flash.job_document(j) from flash.jobs j where j.id = p_job);
end
$$;

create or replace function flash.install_model(p_model uuid, p_by uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.models m set status = 'retired' where m.status = 'champion' and m.id <> p_model;
  update public.models m set status = 'champion', promoted_at = now(), promoted_by = p_by
  where m.id = p_model;
  -- Every open lead is scored anew.
  perform flash.enqueue_job('score_leads', p_model::text, jsonb_build_object('model', p_model),
    p_max_attempts => 20), flash.enqueue_job('watch_model', p_model::text);
  perform flash.tell_models();
end
$$;

-- Back to a model that served before: the only way past the gate.
create or replace function public.promote_model(p_model uuid) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  who constant uuid := flash.must_manage();
  was text;
begin
  select m.status into was from public.models m where m.id = p_model for update;
  if was is null then
    raise exception 'not_found' using errcode = 'PT404', detail = 'No such model.';
  elsif was = 'champion' then
    return p_model;
  elsif was <> 'retired' then
    raise exception 'not_proven' using errcode = 'PT409',
      detail = 'Only a model that has served before can be brought back; others pass the gate.';
  end if;
  perform flash.install_model(p_model, who);
  return p_model;
end
$$;

-- --- for the servers and the learner ---

-- Whether a training should begin by itself: at most one a day, and only when a tenth more leads (50
-- at least) have closed since the last, or it is a week old. Leads that only grew too old count at
-- the next training.
create or replace function flash.training_due() returns bool
language plpgsql stable security definer set search_path = '' as $$
declare
  last record;
  closed int;
begin
  select m.created_at, m.leads into last from public.models m order by m.created_at desc limit 1;
  if exists (select from flash.jobs j where j.kind = 'train_model'
      and j.created_at > now() - interval '1 day') then
    return false;
  end if;
  select count(*) into closed from public.submissions s
  where s.status in ('converted', 'disqualified') and s.deleted_at is null;
  if last is null then
    return closed >= 40;
  end if;
  return closed >= last.leads + greatest(50, last.leads / 10)
    or closed >= 40 and last.created_at < now() - interval '7 days';
end
$$;

-- What nobody has to ask for; servers call it once a minute. True: a training was due.
create or replace function flash.queue_model_work() returns bool
language plpgsql volatile security definer set search_path = '' as $$
declare
  serving uuid;
begin
  select m.id into serving from public.models m where m.status = 'champion';
  if serving is not null and not exists (select from flash.jobs j
      where j.kind = 'watch_model' and j.created_at >= current_date) then
    perform flash.enqueue_job('watch_model', serving::text);
  end if;
  if not flash.training_due() then
    return false;
  end if;
  perform flash.enqueue_job('train_model', 'model', p_max_attempts => 3);
  return true;
end
$$;

-- The end of a training: the model with its verdict, in force at once where the gate lets it pass.
-- p_facts: {stage, sha256, seed, leads, won, from, to, code, reason, promote, report}; p_file null:
-- the data were refused. Null: the training was cancelled meanwhile, or is another's; it leaves
-- nothing.
create or replace function flash.training_done(
  p_job bigint, p_attempt int, p_facts jsonb, p_file bytea)
returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  made uuid;
  promote constant bool := (p_facts ->> 'promote')::bool;
begin
  perform from flash.jobs j
  where j.id = p_job and j.state = 'running' and j.attempts = p_attempt
    and not j.cancel_requested for update;
  if not found then
    return null;
  end if;
  insert into public.models (status, stage, sha256, model, seed, leads, won, leads_from, leads_to,
    code, reason, report)
  values (case when p_file is null then 'refused' else 'rejected' end, p_facts ->> 'stage',
    p_facts ->> 'sha256', p_file, (p_facts ->> 'seed')::bigint, (p_facts ->> 'leads')::int,
    (p_facts ->> 'won')::int, to_timestamp((p_facts ->> 'from')::bigint),
    to_timestamp((p_facts ->> 'to')::bigint), p_facts ->> 'code', left(p_facts ->> 'reason', 1000),
    p_facts -> 'report')
  returning id into made;
  if promote then
    perform flash.install_model(made, null);
  end if;
  return made;
end
$$;

-- Up to p_limit leads to score, taken out of the queue in this transaction.
create or replace function flash.claim_scores(p_limit int) returns jsonb
language sql volatile security definer set search_path = '' as $$
  with due as (
    delete from flash.score_queue q
    where q.submission_id in (select d.submission_id from flash.score_queue d
      order by d.queued_at limit p_limit for update skip locked)
    returning q.submission_id)
  select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'features', flash.lead_features(s))),
    '[]')
  from due d join public.submissions s on s.id = d.submission_id
  where s.deleted_at is null
$$;

-- p_items: [{id, score, probability, low, high, badge}].
create or replace function flash.write_scores(p_model uuid, p_items jsonb) returns int
language sql volatile security definer set search_path = '' as $$
  with written as (
    insert into public.lead_scores (submission_id, model_id, score, probability, low, high, badge)
    select i.id, p_model, i.score, i.probability, i.low, i.high, i.badge
    from jsonb_to_recordset(p_items) as i(id uuid, score smallint, probability real, low real,
      high real, badge text)
    join public.submissions s on s.id = i.id
    order by i.id
    on conflict (submission_id) do update set model_id = excluded.model_id, scored_at = now(),
      score = excluded.score, probability = excluded.probability, low = excluded.low,
      high = excluded.high, badge = excluded.badge
    returning 1)
  select count(*)::int from written
$$;

revoke execute on function flash.must_manage(), flash.tell_models(), flash.tell_scores(),
  flash.job_document(flash.jobs), flash.model_state(), flash.install_model(uuid, uuid),
  flash.training_due(), flash.queue_model_work(),
  flash.training_done(bigint, int, jsonb, bytea), flash.claim_scores(int),
  flash.write_scores(uuid, jsonb), flash.model_serves(),
  flash.lead_features(public.submissions), public.start_training(),
  public.cancel_training(bigint), public.promote_model(uuid) from public;
grant execute on function flash.model_state(), public.start_training(),
  public.cancel_training(bigint), public.promote_model(uuid) to flash_manager, flash_admin;
grant execute on function flash.lead_features(public.submissions)
  to flash_rep, flash_manager, flash_viewer, flash_admin, service_role, flash_worker;
grant execute on function flash.queue_model_work(),
  flash.training_done(bigint, int, jsonb, bytea),
  flash.claim_scores(int), flash.write_scores(uuid, jsonb), flash.model_serves() to flash_worker;
