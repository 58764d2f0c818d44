-- :one (job bigint, attempt int, facts jsonb, file text) -> (model uuid)
select flash.training_done($1, $2, $3, decode($4, 'hex'))
