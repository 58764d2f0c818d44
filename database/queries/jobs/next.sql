-- :one (kinds text[], leases bool) -> (in_ms bigint)
select flash.jobs_next($1, $2)
