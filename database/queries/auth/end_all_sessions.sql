-- :many (user_id uuid) -> (id uuid)
delete from auth.sessions s where s.user_id = $1 returning s.id
