-- :one (record jsonb) -> (done void)
select flash.intake_write_release($1)
