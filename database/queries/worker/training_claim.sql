-- :one () -> (run uuid)
select flash.claim_training()
