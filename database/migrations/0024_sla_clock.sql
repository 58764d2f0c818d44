-- When a lead that nobody has answered needs attention next: three quarters of its time, its end, and
-- for hot ones twice its time.
-- On a live system: creates a table and fills it from the unanswered leads whose time is not over.
create table flash.sla_clock (
  -- Without a foreign key, which every new lead would pay for: a clock whose lead is gone, answered
  -- or closed is thrown away when it rings.
  submission_id uuid primary key,
  ring_at timestamptz not null,
  stage smallint not null default 0 check (stage between 0 and 2)   -- what it rings for
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02);
create index sla_clock_ring_at on flash.sla_clock (ring_at);
alter table flash.sla_clock enable row level security;

insert into flash.sla_clock (submission_id, ring_at, stage)
select s.id, s.first_response_due_at, 1 from public.submissions s
where s.status = 'new' and s.first_response_at is null and s.deleted_at is null
  and s.first_response_due_at > now();
