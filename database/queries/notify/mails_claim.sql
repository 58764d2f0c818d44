-- :one (most int, lease_s int) -> (claimed jsonb)
select flash.mails_claim($1, $2)
