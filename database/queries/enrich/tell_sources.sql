-- :one (sources jsonb) -> (done void)
select flash.tell_sources($1)
