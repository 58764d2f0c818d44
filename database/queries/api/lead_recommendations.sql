-- :one (id uuid) -> (recommendations jsonb)
select flash.recommendations(s.id) from public.submissions s where s.id = $1
