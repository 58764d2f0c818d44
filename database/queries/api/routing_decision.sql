-- :one (id uuid) -> (decision jsonb)
select jsonb_build_object('places_version', flash.places_version(), 'id', s.id, 'territory_id', s.territory_id, 'owner_id', a.profile_id,
  'rule_priority', a.rule_priority, 'rule_kind', a.rule_kind, 'reason', a.reason,
  'decided_at', a.created_at, 'inputs', a.inputs,
  'rules', flash.rule_set(a.rule_set), 'candidates', a.candidates)
from public.submissions s cross join lateral (
  select d.profile_id, d.rule_priority, d.rule_kind, d.reason, d.created_at, d.inputs, d.rule_set,
    d.candidates
  from public.assignments d
  where d.submission_id = s.id and d.source = 'rules'
  order by d.created_at desc limit 1) a
where s.id = $1
