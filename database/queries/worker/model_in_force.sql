-- :one () -> (id uuid, sha256 text)
select m.id, m.sha256 from public.models m where m.status = 'champion'
