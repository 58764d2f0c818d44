-- :one (id uuid) -> (document jsonb)
select jsonb_build_object(
  'submission', to_jsonb(s),
  'phones', (select coalesce(jsonb_agg(jsonb_build_object('number', h.number, 'label', h.label,
      'primary', h.is_primary) order by h.is_primary desc, h.number), '[]')
    from public.submission_phones h where h.submission_id = s.id),
  'score', case when s.lead_score is not null then jsonb_build_object('score', s.lead_score,
    'band', s.score_band, 'model', s.score_model, 'confidence', s.confidence,
    'completeness', s.completeness, 'factors', s.score_factors, 'adjustment', s.score_adjustment,
    'predictedOutcome', null, 'historicalComparison', null, 'computed_at', s.scored_at) end,
  'assignment', (select to_jsonb(a) from public.assignments a where a.submission_id = s.id
    order by a.created_at desc limit 1))
from public.submissions s where s.id = $1
