-- The audit log tells of exports too.
-- On a live system: the new check is read over the whole log under a lock that writers wait for; it is
-- made in two steps so that the reading does not block.
alter table public.audit_log drop constraint audit_log_op_check;
alter table public.audit_log add constraint audit_log_op_check
  check (op in ('insert', 'update', 'delete', 'export')) not valid;
alter table public.audit_log validate constraint audit_log_op_check;
