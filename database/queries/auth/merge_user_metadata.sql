-- :exec (user_id uuid, data jsonb)
-- A member that is null goes away. Touches no row when the outcome exceeds 4 kB: it is part of
-- every token.
update auth.users u
set raw_user_meta_data = m.data, updated_at = now()
from (
  select w.id,
    coalesce(jsonb_object_agg(e.key, e.value) filter (where e.value <> 'null'), '{}') as data
  from auth.users w
  left join lateral jsonb_each(w.raw_user_meta_data || $2::jsonb) e on true
  where w.id = $1
  group by w.id
) m
where u.id = m.id and length(m.data::text) <= 4096
