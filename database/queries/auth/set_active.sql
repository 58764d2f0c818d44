-- :exec (user_id uuid, active bool)
update public.profiles set active = $2, updated_at = now() where id = $1
