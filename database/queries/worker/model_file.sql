-- :one (id uuid) -> (file text)
select encode(m.model, 'hex') from public.models m where m.id = $1
