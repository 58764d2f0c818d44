-- :one (asked jsonb) -> (answers jsonb)
select flash.known_answers($1)
