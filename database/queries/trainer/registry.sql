-- :many () -> (name text, label text, available text, category bool, actionable bool, is_protected bool, vouched bool, monotone int)
select r.name, r.label, r.available, r.category, r.actionable, r.protected, r.vouched,
  r.monotone::int
from public.feature_registry r
