-- :one () -> (in_ms bigint)
select flash.mails_next()
