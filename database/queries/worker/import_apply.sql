-- :one (import uuid, most int) -> (goes_on bool)
select flash.import_apply($1, $2)
