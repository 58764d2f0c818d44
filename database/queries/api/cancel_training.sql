-- :one (run uuid) -> (run jsonb)
select to_jsonb(r) from public.cancel_training($1) r
