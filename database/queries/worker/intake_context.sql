-- :one (question jsonb) -> (reply jsonb)
select flash.intake_context($1)
