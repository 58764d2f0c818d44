-- :one (import uuid, state text) -> (found jsonb)
select flash.import_open($1, $2)
