-- :one (node text, wanted jsonb, lease_s int) -> (claimed jsonb)
select flash.jobs_claim($1, $2, $3)
