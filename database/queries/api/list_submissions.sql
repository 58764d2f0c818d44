-- :one (status text, territory text, before_time timestamptz, before_id uuid, most int) -> (page jsonb)
select jsonb_build_object(
  'submissions', coalesce(jsonb_agg(to_jsonb(s) order by s.created_at desc, s.id desc), '[]'),
  'next', case when count(*) = $5 then (array_agg(
    to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ',' || s.id
    order by s.created_at, s.id))[1] end)
from (
  select * from public.submissions s
  where ($1::text is null or s.status = $1)
    and ($2::text is null or s.territory_id in (
      select c.id from public.territories c where c.code = $2))
    and ($3::timestamptz is null or (s.created_at, s.id) < ($3, $4::uuid))
  order by s.created_at desc, s.id desc
  limit $5) s
