-- :one (job bigint) -> (run jsonb)
select public.cancel_training($1)
