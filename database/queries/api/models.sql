-- :one () -> (document jsonb)
select jsonb_build_object(
  'models', coalesce((select jsonb_agg(to_jsonb(m) order by m.created_at desc) from (
    select id, created_at, status, stage, sha256, seed, leads, won, leads_from, leads_to, code,
      reason, report, promoted_at, promoted_by
    from public.models order by created_at desc limit 50) m), '[]'),
  'drift', coalesce((select jsonb_agg(jsonb_build_object('field', d.field, 'psi', d.psi,
      'leads', d.leads, 'day', d.day) order by d.psi desc, d.field)
    from public.models m join public.model_drift d on d.model_id = m.id
    where m.status = 'champion' and d.day = (select max(l.day) from public.model_drift l
      where l.model_id = m.id)), '[]'))
  || flash.model_state()
