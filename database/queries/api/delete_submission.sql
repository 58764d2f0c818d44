-- :one (id uuid, version int) -> (deleted bool)
select public.soft_delete_submission($1, $2)
