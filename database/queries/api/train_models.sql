-- :one () -> (run jsonb)
select to_jsonb(r) from public.start_training() r
