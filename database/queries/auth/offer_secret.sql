-- :exec (name text, value text)
-- The first node to offer a value wins; the primary key decides, without a lock of our own.
insert into flash.secrets (name, value) values ($1, $2) on conflict (name) do nothing
