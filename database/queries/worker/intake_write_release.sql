-- :one (record jsonb, assignments json, activities json) -> (done void)
select flash.intake_write_release($1, $2, $3)
