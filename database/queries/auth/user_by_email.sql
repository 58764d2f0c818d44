-- :one (email text) -> (id uuid)
select u.id from auth.users u where u.email = $1 and not u.is_sso_user and u.deleted_at is null
