-- :exec (items jsonb)
select flash.intake_rescore($1)
