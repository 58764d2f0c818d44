-- :one (why text) -> (waiting bigint)
select flash.mails_wait($1)
