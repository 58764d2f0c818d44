-- Jobs that tell how far they are, can be cancelled, and leave a result.
-- On a live system: the table of jobs is short; it is locked for the moment its constraints take.
alter table flash.jobs
  add column progress smallint not null default 0 check (progress between 0 and 100),
  add column progress_text text not null default '' check (length(progress_text) <= 200),
  add column cancel_requested bool not null default false,
  add column result jsonb check (jsonb_typeof(result) = 'object'),
  drop constraint jobs_state_check,
  drop constraint jobs_finished,
  add constraint jobs_state_check
    check (state in ('queued', 'running', 'done', 'dead', 'cancelled')),
  add constraint jobs_finished
    check ((state in ('done', 'dead', 'cancelled')) = (finished_at is not null)),
  add constraint jobs_result check (result is null or state = 'done');

-- When the next one is due, which a runner sleeps until.
create index jobs_run_at on flash.jobs (run_at) where state = 'queued';
