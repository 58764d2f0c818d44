-- :one (most int) -> (in_ms bigint)
select flash.timers_ring($1)
