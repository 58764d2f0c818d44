-- :many (horizon_days int, most int) -> (id uuid, created_s bigint, company text, won bool, won_days double precision, age_days double precision, rule double precision, features jsonb)
-- Closed leads (flash.lead_outcome), newest first, with their facts as they were when the lead came.
select s.id, extract(epoch from s.created_at)::bigint, coalesce(s.organization_id::text,
    s.business_key), o.won,
  case when o.won
    then extract(epoch from s.status_changed_at - s.created_at) / 86400 end::double precision,
  (extract(epoch from now() - s.created_at) / 86400)::double precision,
  s.lead_score::double precision,
  coalesce((select f.features from flash.lead_facts f where f.submission_id = s.id
    order by f.until limit 1), flash.lead_features(s))
from public.submissions s cross join flash.lead_outcome(s, $1) o(won)
where o.won is not null
order by s.created_at desc, s.id
limit $2
