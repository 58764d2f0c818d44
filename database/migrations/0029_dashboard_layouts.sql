-- How a person arranged his dashboard: the widgets in their order, each with its width.
-- On a live system: creates a new table only.
create table public.dashboard_layouts (
  user_id uuid primary key references public.profiles (id) on delete cascade,
  widgets jsonb not null check (jsonb_typeof(widgets) = 'array'
    and jsonb_array_length(widgets) <= 40 and octet_length(widgets::text) <= 4096),
  updated_at timestamptz not null default now()
);
alter table public.dashboard_layouts enable row level security;
