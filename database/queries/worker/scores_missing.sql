-- :one (model uuid) -> (leads int)
-- Open leads that this model has not scored.
select count(*)::int
from public.submissions s left join public.lead_scores l on l.submission_id = s.id
where s.deleted_at is null and s.status in ('new', 'contacted', 'qualified', 'nurture')
  and l.model_id is distinct from $1
