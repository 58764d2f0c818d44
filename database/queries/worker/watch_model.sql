-- :one () -> (fields int)
select flash.watch_model()
