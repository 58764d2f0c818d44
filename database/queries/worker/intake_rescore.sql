-- :one (items jsonb) -> (done void)
select flash.intake_rescore($1)
