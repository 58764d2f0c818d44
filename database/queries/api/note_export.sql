-- :one (query text, columns text[], ids int) -> (done void)
select flash.note_export($1, $2, $3)
