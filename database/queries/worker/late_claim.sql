-- :one (kind text, most int, only_job bigint) -> (claimed jsonb)
select flash.late_claim($1, $2, $3)
