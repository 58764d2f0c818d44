-- :one (lead uuid, ids uuid[]) -> (examples jsonb)
-- The five that the caller may see, of the lead's own territory first, then nearest first: the
-- nearest stand in the middle of the list.
select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'business_name', n.business_name,
  'status', n.status, 'created_at', n.created_at, 'same_territory', n.same) order by n.same desc,
  n.far), '[]')
from (
  select s.id, s.business_name, s.status, s.created_at,
    s.territory_id is not distinct from
      (select l.territory_id from public.submissions l where l.id = $1) as same,
    abs(array_position($2, s.id) - (cardinality($2) + 1) / 2.0) as far
  from public.submissions s where s.id = any ($2) and s.id <> $1
  order by same desc, far limit 5) n
