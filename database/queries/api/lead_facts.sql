-- :one (id uuid) -> (document jsonb)
select jsonb_build_object('features', flash.lead_features(s),
  'age_days', extract(epoch from now() - s.created_at) / 86400,
  'amount', coalesce((select d.value from public.deals d where d.submission_id = s.id
      and d.deleted_at is null and d.value is not null order by d.created_at desc limit 1), s.stated_value),
  'currency', coalesce((select d.currency from public.deals d where d.submission_id = s.id
      and d.deleted_at is null and d.value is not null order by d.created_at desc limit 1),
    s.currency),
  'rule', jsonb_build_object('score', s.lead_score, 'band', s.score_band, 'model', s.score_model,
    'factors', s.score_factors, 'computed_at', s.scored_at))
from public.submissions s where s.id = $1
