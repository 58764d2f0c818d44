-- :one (id bigint, attempt int, outcome text, error text) -> (state text)
select flash.mail_ended($1, $2, $3, $4)
