-- :many (horizon_days int, most int) -> (id uuid, created_s bigint, company text, won bool, won_days double precision, age_days double precision, rule double precision, features jsonb)
-- Closed leads, newest first, with their facts as they were when the lead came. A lead is lost when
-- somebody says so, or when it is older than the horizon without a deal that is still open. Spam and
-- duplicates are no leads, archived ones have no outcome.
select s.id, extract(epoch from s.created_at)::bigint, coalesce(s.organization_id::text,
    s.business_key), s.status = 'converted',
  case when s.status = 'converted'
    then extract(epoch from s.status_changed_at - s.created_at) / 86400 end::double precision,
  (extract(epoch from now() - s.created_at) / 86400)::double precision,
  s.lead_score::double precision,
  coalesce((select f.features from flash.lead_facts f where f.submission_id = s.id
    order by f.until limit 1), flash.lead_features(s))
from public.submissions s
where s.deleted_at is null and s.duplicate_of is null
  and (s.status = 'converted'
    or s.status = 'disqualified' and s.status_reason not in ('spam', 'duplicate')
    or s.status in ('new', 'contacted', 'qualified', 'nurture')
      and s.created_at < now() - make_interval(days => $1)
      and not exists (select from public.deals d where d.submission_id = s.id
        and d.deleted_at is null and d.stage <> 'closed'))
order by s.created_at desc, s.id
limit $2
