-- :exec (jobs bigint[])
select flash.late_finish($1)
