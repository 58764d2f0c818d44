-- :one (seller text, publishable_key text) -> (document jsonb)
select flash.form_config($1, $2)
