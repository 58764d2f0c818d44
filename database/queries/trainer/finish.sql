-- :one (run uuid, facts jsonb, file text) -> (model uuid)
select flash.training_done($1, $2, decode($3, 'hex'))
