-- :one (model uuid, after uuid, most int) -> (leads jsonb)
-- The next of scores_missing, in the order of their ids.
select coalesce(jsonb_agg(jsonb_build_object('id', (d.s).id, 'features', flash.lead_features(d.s))
  order by (d.s).id), '[]')
from (
  select s from public.submissions s left join public.lead_scores l on l.submission_id = s.id
  where s.deleted_at is null and s.status in ('new', 'contacted', 'qualified', 'nurture')
    and l.model_id is distinct from $1 and s.id > $2
  order by s.id limit $3) d
