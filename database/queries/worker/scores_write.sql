-- :one (model uuid, items jsonb) -> (count int)
select flash.write_scores($1, $2)
