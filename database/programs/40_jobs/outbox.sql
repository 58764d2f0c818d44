-- Mails that wait for being sent. Called by the server's notify::Outbox, as flash_worker. A claim is
-- a lease, and `attempts` fences it, as with jobs. A mail carries a Message-ID made of its id, so that
-- a receiver can tell the second copy of one that was sent by a server which died before it could say
-- so here.

-- When the quiet hours of a person end, for a type of notice; null: it is not quiet now.
create or replace function flash.quiet_until(p_user uuid, p_type text) returns timestamptz
language sql stable security definer set search_path = '' as $$
  select (case when l.at::time < f.quiet_to then l.at::date else l.at::date + 1 end
          + f.quiet_to) at time zone p.time_zone
  from public.notification_prefs f
  join public.profiles p on p.id = f.user_id
  cross join lateral (select flash.stamp() at time zone p.time_zone as at) l
  where f.user_id = p_user and f.type = p_type and f.quiet_from is not null
    and case when f.quiet_from <= f.quiet_to
      then l.at::time >= f.quiet_from and l.at::time < f.quiet_to
      else l.at::time >= f.quiet_from or l.at::time < f.quiet_to end
$$;

-- Returns [{id, attempt, template, payload, to, name, language, skip}]; `skip` says why it is not to
-- be sent any more. Those whose reader has quiet hours wait for their end.
create or replace function flash.mails_claim(p_limit int, p_lease_s int) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  claimed jsonb;
begin
  with due as (
    select o.id, flash.quiet_until((o.payload ->> 'user_id')::uuid,
      substring(o.payload ->> 'template' from '^notice\.(.*)$')) as quiet
    from flash.outbox o
    where o.kind = 'email' and o.finished_at is null and o.run_at <= now()
      and coalesce(o.locked_until, '-infinity') <= now()
    order by o.run_at, o.id limit p_limit for update of o skip locked),
  taken as (
    update flash.outbox o
    set run_at = coalesce(due.quiet, o.run_at),
        locked_until = case when due.quiet is null
          then now() + make_interval(secs => p_lease_s) end,
        attempts = o.attempts + case when due.quiet is null then 1 else 0 end
    from due where o.id = due.id
    returning o.*)
  select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'attempt', t.attempts,
    'template', t.payload ->> 'template',
    'payload', t.payload || jsonb_strip_nulls(jsonb_build_object('submission_id', n.entity_id)),
    'to', case when t.payload ? 'user_id' then p.email else t.payload ->> 'to' end,
    'name', case when t.payload ? 'user_id' then p.full_name else t.payload ->> 'name' end,
    'language', coalesce(t.payload ->> 'language', p.languages[1], 'en'),
    'skip', case
      when t.payload ? 'user_id' and p.active is not true then 'the reader is not active'
      when t.created_at < now() - interval '3 days' then 'too old to be news' end)
    order by t.id), '[]')
  into claimed
  from taken t
  left join public.profiles p on p.id = (t.payload ->> 'user_id')::uuid
  left join public.notifications n on n.id = (t.payload ->> 'notification_id')::uuid
    and n.entity_type = 'submission'
  where t.locked_until is not null;
  return claimed;
end
$$;

-- p_outcome: sent, failed, skipped, or later: again after 1 s, 2 s, 4 s ... an hour, 30 times at most.
create or replace function flash.mail_ended(
  p_id bigint, p_attempt int, p_outcome text, p_error text) returns text
language sql volatile security definer set search_path = '' as $$
  update flash.outbox o
  set outcome = case when p_outcome <> 'later' then p_outcome
        when o.attempts >= 30 then 'failed' end,
      finished_at = case when p_outcome <> 'later' or o.attempts >= 30 then now() end,
      run_at = case p_outcome when 'later' then now() + flash.job_delay(o.attempts)
        else o.run_at end,
      locked_until = null, last_error = left(p_error, 2000)
  where o.id = p_id and o.attempts = p_attempt and o.finished_at is null
  returning coalesce(o.outcome, 'later')
$$;

-- Milliseconds until the next mail is due; negative: one is; null: none waits.
create or replace function flash.mails_next() returns bigint
language sql stable security definer set search_path = '' as $$
  select (extract(epoch from min(greatest(o.run_at, o.locked_until)) - clock_timestamp())
    * 1000)::bigint
  from (select x.run_at, x.locked_until from flash.outbox x
        where x.kind = 'email' and x.finished_at is null
        order by x.run_at limit 1000) o
$$;

-- Whether any mail waits at all.
create or replace function flash.mails_wait() returns bool
language sql stable security definer set search_path = '' as $$
  select exists (select from flash.outbox o where o.kind = 'email' and o.finished_at is null)
$$;

create or replace function flash.outbox_told() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from fresh) then
    perform flash.tell_jobs('email');
  end if;
  return null;
end
$$;
drop trigger if exists outbox_60_told on flash.outbox;
create trigger outbox_60_told after insert on flash.outbox
  referencing new table as fresh for each statement execute function flash.outbox_told();

revoke execute on function flash.quiet_until(uuid, text), flash.mails_claim(int, int),
  flash.mail_ended(bigint, int, text, text), flash.mails_next(), flash.mails_wait()
  from public;
grant execute on function flash.mails_claim(int, int), flash.mail_ended(bigint, int, text, text),
  flash.mails_next(), flash.mails_wait() to flash_worker;
