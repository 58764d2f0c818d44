-- :one (record jsonb) -> (answers jsonb)
select flash.intake_write($1)
