-- :one (import uuid, found jsonb) -> (mapping jsonb)
select flash.import_began($1, $2)
