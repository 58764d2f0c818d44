-- :one (jobs bigint[]) -> (done void)
select flash.late_finish($1)
