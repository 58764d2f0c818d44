-- :one (most int, only uuid) -> (leads jsonb)
select flash.enrich_claim($1, $2)
