-- :one (most int) -> (leads jsonb)
select flash.claim_scores($1)
