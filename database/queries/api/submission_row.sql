-- :one (id uuid) -> (submission jsonb)
select to_jsonb(s) from public.submissions s where s.id = $1
