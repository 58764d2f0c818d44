-- :one (run uuid, progress real, step text) -> (go_on bool)
select flash.training_step($1, $2, $3)
