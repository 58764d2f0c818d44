-- :one (job bigint, node text, attempt int, outcome text, error text, result jsonb) -> (state text)
select flash.job_ended($1, $2, $3, $4, $5, $6)
