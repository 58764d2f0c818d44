-- :one (import uuid, part int) -> (bytes text)
select flash.import_part($1, $2)
