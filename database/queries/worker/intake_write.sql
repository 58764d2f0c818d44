-- :one (record jsonb, submissions json, assignments json, activities json) -> (answers jsonb)
select flash.intake_write($1, $2, $3, $4)
