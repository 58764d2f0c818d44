-- :one () -> (queued bool)
select flash.queue_model_work()
