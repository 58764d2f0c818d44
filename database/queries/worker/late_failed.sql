-- :one (job bigint, reason text) -> (dead bool)
select flash.late_failed($1, $2)
