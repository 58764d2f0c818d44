-- :one (import uuid, most int) -> (goes_on bool)
select flash.import_unapply($1, $2)
