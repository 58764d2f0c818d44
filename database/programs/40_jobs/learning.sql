-- Trainings and models: what people ask for, what the learner reads and writes, what the servers
-- take. Called by /api/models, by flash-learn (src/trainer) and by worker::Models.

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

-- Asks for a training; the one that is under way, if there is one.
create or replace function public.start_training() returns public.model_runs
language plpgsql volatile security definer set search_path = '' as $$
declare
  who constant uuid := flash.must_manage();
  run public.model_runs;
begin
  insert into public.model_runs (requested_by) values (who) on conflict do nothing
  returning * into run;
  if run.id is null then
    select * into run from public.model_runs r where r.finished_at is null;
  end if;
  perform flash.tell_models();
  return run;
end
$$;

create or replace function public.cancel_training(p_run uuid) returns public.model_runs
language plpgsql volatile security definer set search_path = '' as $$
declare
  run public.model_runs;
begin
  perform flash.must_manage();
  update public.model_runs r
  set cancel_requested = true,
      state = case when r.state = 'queued' then 'canceled' else r.state end,
      finished_at = case when r.state = 'queued' then now() end
  where r.id = p_run and r.finished_at is null
  returning * into run;
  if not found then
    raise exception 'not_found' using errcode = 'PT404', detail = 'No such training is under way.';
  end if;
  return run;
end
$$;

-- Every open lead is scored anew.
create or replace function flash.queue_open_leads() returns void
language sql volatile security definer set search_path = '' as $$
  insert into flash.score_queue (submission_id)
  select s.id from public.submissions s
  where s.deleted_at is null and s.status in ('new', 'contacted', 'qualified', 'nurture')
  on conflict do nothing
$$;

create or replace function flash.install_model(p_model uuid, p_by uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.models m set status = 'retired' where m.status = 'champion' and m.id <> p_model;
  update public.models m set status = 'champion', promoted_at = now(), promoted_by = p_by
  where m.id = p_model;
  perform flash.queue_open_leads();
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
  if exists (select from public.model_runs r where r.created_at > now() - interval '1 day') then
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

-- The queued training, now this server's; trainings that nobody has heard of are over.
create or replace function flash.claim_training() returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  run uuid;
begin
  update public.model_runs r set state = 'failed', finished_at = now(),
    error = 'the learner was not heard of for ten minutes'
  where r.state = 'running' and r.heard_at < now() - interval '10 minutes';
  if flash.training_due() then
    insert into public.model_runs default values on conflict do nothing;
  end if;
  update public.model_runs r set state = 'running', step = 'start', heard_at = now()
  where r.state = 'queued' and r.id = (
    select q.id from public.model_runs q where q.state = 'queued' limit 1 for update skip locked)
  returning r.id into run;
  return run;
end
$$;

-- Notes how far it is; true: go on.
create or replace function flash.training_step(p_run uuid, p_progress real, p_step text)
returns bool
language sql volatile security definer set search_path = '' as $$
  update public.model_runs r set progress = least(greatest(p_progress, 0), 1),
    step = left(p_step, 60), heard_at = now()
  where r.id = p_run and r.state = 'running'
  returning not r.cancel_requested
$$;

create or replace function flash.training_failed(p_run uuid, p_state text, p_error text)
returns void
language sql volatile security definer set search_path = '' as $$
  update public.model_runs r set state = p_state, error = left(p_error, 1000), finished_at = now()
  where r.id = p_run and r.finished_at is null
$$;

-- The end of a training: the model with its verdict, in force at once where the gate lets it pass.
-- p_facts: {stage, sha256, seed, leads, won, from, to, code, reason, promote, report}; p_file null:
-- the data were refused. A training that was cancelled meanwhile leaves nothing.
create or replace function flash.training_done(p_run uuid, p_facts jsonb, p_file bytea)
returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  made uuid;
  promote constant bool := (p_facts ->> 'promote')::bool;
begin
  perform from public.model_runs r
  where r.id = p_run and r.state = 'running' and not r.cancel_requested for update;
  if not found then
    perform flash.training_failed(p_run, 'canceled', 'cancelled');
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
  update public.model_runs r set state = 'done', progress = 1, step = 'done', model_id = made,
    finished_at = now()
  where r.id = p_run;
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
  flash.queue_open_leads(), flash.install_model(uuid, uuid), flash.claim_training(),
  flash.training_due(),
  flash.training_step(uuid, real, text), flash.training_failed(uuid, text, text),
  flash.training_done(uuid, jsonb, bytea), flash.claim_scores(int),
  flash.write_scores(uuid, jsonb), flash.model_serves(),
  flash.lead_features(public.submissions), public.start_training(),
  public.cancel_training(uuid), public.promote_model(uuid) from public;
grant execute on function public.start_training(), public.cancel_training(uuid),
  public.promote_model(uuid) to flash_manager, flash_admin;
grant execute on function flash.lead_features(public.submissions)
  to flash_rep, flash_manager, flash_viewer, flash_admin, service_role, flash_worker;
grant execute on function flash.claim_training(), flash.training_step(uuid, real, text),
  flash.training_failed(uuid, text, text), flash.training_done(uuid, jsonb, bytea),
  flash.claim_scores(int), flash.write_scores(uuid, jsonb), flash.model_serves() to flash_worker;
