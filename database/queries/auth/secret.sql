-- :one (name text) -> (value text)
select s.value from flash.secrets s where s.name = $1
