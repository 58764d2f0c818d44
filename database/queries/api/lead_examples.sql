-- :one (ids uuid[]) -> (examples jsonb)
select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'business_name', s.business_name,
  'status', s.status, 'created_at', s.created_at) order by array_position($1, s.id)), '[]')
from public.submissions s where s.id = any ($1)
