-- :one (record jsonb, submissions json, assignments json) -> (answers jsonb)
select flash.intake_write($1, $2, $3)
