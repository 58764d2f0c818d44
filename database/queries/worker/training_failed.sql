-- :one (run uuid, reason text) -> (done void)
select flash.training_failed($1, 'failed', $2)
