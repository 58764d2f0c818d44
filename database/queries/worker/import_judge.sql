-- :one (import uuid, rows jsonb, progress int, odd bigint) -> (goes_on bool)
select flash.import_judge($1, $2, $3, $4)
