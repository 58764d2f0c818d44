-- :one () -> (waiting bool)
select flash.mails_wait()
