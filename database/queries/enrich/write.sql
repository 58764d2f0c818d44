-- :one (lead uuid, stamp timestamptz, found jsonb, without text[], again_s int) -> (done void)
select flash.enrich_write($1, $2, $3, $4, $5)
