-- :one () -> (stats jsonb)
with seen as materialized (
  select s.status, s.score_band, s.country, s.lead_score, s.created_at, s.owner_id
  from public.submissions s)
select jsonb_build_object(
  'total', count(*),
  'open', count(*) filter (where s.status in ('new', 'contacted', 'qualified', 'nurture')),
  'unassigned', count(*) filter (where s.owner_id is null
    and s.status in ('new', 'contacted', 'qualified', 'nurture')),
  'last_7_days', count(*) filter (where s.created_at > now() - interval '7 days'),
  'previous_7_days', count(*) filter (where s.created_at <= now() - interval '7 days'
    and s.created_at > now() - interval '14 days'),
  'average_score', round(avg(s.lead_score), 1),
  'by_status', (select coalesce(jsonb_object_agg(g.status, g.leads), '{}')
    from (select x.status, count(*) as leads from seen x group by x.status) g),
  'by_band', (select coalesce(jsonb_object_agg(g.score_band, g.leads), '{}')
    from (select x.score_band, count(*) as leads from seen x
          where x.score_band is not null group by x.score_band) g),
  'by_country', (select coalesce(jsonb_object_agg(g.country, g.leads), '{}')
    from (select x.country, count(*) as leads from seen x group by x.country) g))
from seen s
