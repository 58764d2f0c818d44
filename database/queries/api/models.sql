-- :one () -> (document jsonb)
select jsonb_build_object(
  'models', coalesce((select jsonb_agg(to_jsonb(m) order by m.created_at desc) from (
    select id, created_at, status, stage, sha256, seed, leads, won, leads_from, leads_to, code,
      reason, report, promoted_at, promoted_by
    from public.models order by created_at desc limit 50) m), '[]'),
  'run', (select to_jsonb(r) from public.model_runs r order by r.created_at desc limit 1))
