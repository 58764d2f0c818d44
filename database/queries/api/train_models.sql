-- :one () -> (run jsonb)
select public.start_training()
