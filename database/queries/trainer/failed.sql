-- :one (run uuid, state text, error text) -> (done void)
select flash.training_failed($1, $2, $3)
