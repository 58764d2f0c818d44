-- :one () -> (document jsonb)
select flash.intake_places()
