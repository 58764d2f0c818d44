-- Leads that come by another door than intake wait for the worker, in the same transaction.
-- Fires on inserts into submissions, and when a fact changes that the score is made of.
create or replace function flash.queue_submission() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into flash.jobs (kind, key, payload)
  values (tg_argv[0], new.id::text, jsonb_build_object('submission_id', new.id))
  on conflict do nothing;
  perform flash.tell_jobs(tg_argv[0]);
  return null;
end
$$;

drop trigger if exists submissions_60_process on public.submissions;
create trigger submissions_60_process after insert on public.submissions
  for each row when (new.processed_at is null)
  execute function flash.queue_submission('process_submission');

-- Whoever changes facts and writes the new score in the same update needs no job.
drop trigger if exists submissions_60_rescore on public.submissions;
create trigger submissions_60_rescore after update on public.submissions
  for each row when (
    new.processed_at is not null and new.scored_at is not distinct from old.scored_at
    and (new.business_type, new.monthly_revenue_band, new.employee_band,
         new.monthly_transactions, new.year_established, new.pain_points, new.interest_level,
         new.current_processor, new.package_seen, new.signed_up, new.territory_id)
      is distinct from
        (old.business_type, old.monthly_revenue_band, old.employee_band,
         old.monthly_transactions, old.year_established, old.pain_points, old.interest_level,
         old.current_processor, old.package_seen, old.signed_up, old.territory_id))
  execute function flash.queue_submission('rescore_submission');
