-- :one (node text, runs jsonb, lease_s int) -> (stop jsonb)
select flash.jobs_beat($1, $2, $3)
