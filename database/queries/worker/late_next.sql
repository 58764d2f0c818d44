-- :one (kinds text[]) -> (in_ms bigint)
select flash.jobs_next($1, false)
