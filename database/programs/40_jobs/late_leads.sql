-- Leads that came by another door, and leads whose facts changed: claimed, decided and finished in
-- one transaction by the server's worker::LateLeads. A crash releases the claim.

-- Up to p_limit due jobs of a kind, locked until the transaction ends; whoever comes meanwhile gets
-- others. Returns [{job, submission: row, phones, sub_area}].
create or replace function flash.late_claim(p_kind text, p_limit int, p_only bigint default null)
returns jsonb
language sql volatile security definer set search_path = '' as $$
  with due as (
    select j.id, j.key from flash.jobs j
    where j.kind = p_kind and j.state = 'queued' and (j.run_at <= now() or j.id = p_only)
      and (p_only is null or j.id = p_only)
    order by j.priority, j.run_at, j.id
    limit p_limit for update skip locked)
  select coalesce(jsonb_agg(jsonb_build_object('job', d.id, 'submission', to_jsonb(s),
    'sub_area', t.code, 'phones',
    (select jsonb_agg(jsonb_build_object('number', h.number, 'label', h.label,
       'primary', h.is_primary) order by h.is_primary desc, h.number)
     from public.submission_phones h where h.submission_id = s.id)) order by d.id), '[]')
  from due d
  left join public.submissions s on s.id = d.key::uuid
  left join public.territories t on t.id = s.sub_area_id
$$;

create or replace function flash.late_finish(p_jobs bigint[]) returns void
language sql volatile security definer set search_path = '' as $$
  update flash.jobs j set state = 'done', finished_at = now(), attempts = j.attempts + 1,
    last_error = null
  where j.id = any (p_jobs)
$$;

-- Later again: after 1 s, 2 s, 4 s ... at most an hour; after max_attempts it rests as 'dead', where
-- an operator finds it. Returns true when it died.
create or replace function flash.late_failed(p_job bigint, p_error text) returns bool
language sql volatile security definer set search_path = '' as $$
  update flash.jobs j
  set attempts = j.attempts + 1, last_error = left(p_error, 2000),
    run_at = now() + least(interval '1 hour', interval '1 second' * (2 ^ least(j.attempts, 20))),
    state = case when j.attempts + 1 >= j.max_attempts then 'dead' else 'queued' end,
    finished_at = case when j.attempts + 1 >= j.max_attempts then now() end
  where j.id = p_job and j.state = 'queued'
  returning j.state = 'dead'
$$;

revoke execute on function flash.late_claim(text, int, bigint), flash.late_finish(bigint[]),
  flash.late_failed(bigint, text) from public;
grant execute on function flash.late_claim(text, int, bigint), flash.late_finish(bigint[]),
  flash.late_failed(bigint, text) to flash_worker;
