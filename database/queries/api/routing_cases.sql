-- :one (territory int, most int) -> (cases jsonb)
select jsonb_build_object('places_version', flash.places_version(), 'leads',
  coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'reference', s.reference,
    'business_name', s.business_name, 'created_at', s.created_at, 'territory_id', s.territory_id,
    'owner_id', a.profile_id, 'rule_priority', a.rule_priority, 'inputs', a.inputs,
    'rules', flash.rule_set(a.rule_set),
    'candidates', a.candidates) order by s.created_at desc, s.id), '[]'))
from (
  select l.id, l.reference, l.business_name, l.created_at, l.territory_id
  from public.submissions l
  where l.deleted_at is null and l.duplicate_of is null and l.processed_at is not null
    and l.status_reason is distinct from 'spam'
    and ($1::int is null or l.territory_id = any (flash.subtree($1)))
    and exists (select from public.assignments d where d.submission_id = l.id and d.source = 'rules')
  order by l.created_at desc limit $2) s
cross join lateral (
  select d.profile_id, d.rule_priority, d.inputs, d.rule_set, d.candidates
  from public.assignments d
  where d.submission_id = s.id and d.source = 'rules'
  order by d.created_at desc limit 1) a
