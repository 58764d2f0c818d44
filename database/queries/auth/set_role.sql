-- :exec (user_id uuid, role text)
update public.profiles set role = $2, updated_at = now() where id = $1
