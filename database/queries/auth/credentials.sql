-- :one (email text) -> (id uuid, hash text, allowed bool, confirmed bool)
select u.id, coalesce(u.encrypted_password, ''), p.allowed, u.confirmed_at is not null
from auth.users u
join auth.people p on p.id = u.id
where u.email = $1 and not u.is_sso_user
