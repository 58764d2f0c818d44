-- :one (import uuid, state text, reason text) -> (done void)
select flash.import_ended($1, $2, $3)
