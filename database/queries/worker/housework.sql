-- :one (most int) -> (in_ms bigint)
select flash.housework($1)
