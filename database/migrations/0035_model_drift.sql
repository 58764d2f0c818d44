-- How far the leads that come now are from those that the model in force learned from, field by
-- field and day by day.
-- On a live system: creates a new table only.
create table public.model_drift (
  model_id uuid not null references public.models (id) on delete cascade,
  day date not null,
  field text collate "C" not null check (length(field) between 1 and 100),
  -- Population stability index: below .10 the same, from .25 on another population.
  psi real not null check (psi >= 0),
  leads int not null check (leads >= 0),  -- that came in the last 30 days
  primary key (model_id, day, field)
);
alter table public.model_drift enable row level security;
