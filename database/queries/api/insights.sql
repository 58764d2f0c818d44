-- :one (territory text, days int) -> (insights jsonb)
select jsonb_build_object('days', $2::int,
  'territories', flash.performance_json('territory', (select t.id from public.territories t
    where t.code = $1), $2),
  'reps', flash.performance_json('rep', (select t.id from public.territories t where t.code = $1), $2))
where $1::text is null or exists (select from public.territories t where t.code = $1)
