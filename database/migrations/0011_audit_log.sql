-- Who changed what. Appended by triggers, never changed.
-- On a live system: creates a new table only.
create table public.audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_id uuid,                           -- no foreign key: history outlives the person
  actor_role text collate "C" not null check (length(actor_role) <= 63),
  table_name text collate "C" not null check (length(table_name) <= 63),
  row_id text collate "C" not null check (length(row_id) <= 80),
  op text collate "C" not null check (op in ('insert', 'update', 'delete')),
  territory_id int,
  owner_id uuid,
  old_status text check (length(old_status) <= 40),
  new_status text check (length(new_status) <= 40),
  changed jsonb                            -- column -> [before, after]
);
create index audit_log_row on public.audit_log (row_id, at desc);
create index audit_log_territory on public.audit_log (territory_id, at desc, id desc);
create index audit_log_at on public.audit_log using brin (at);

alter table public.audit_log enable row level security;
