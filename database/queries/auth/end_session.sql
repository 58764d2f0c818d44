-- :many (user_id uuid, session_id uuid) -> (id uuid)
delete from auth.sessions s where s.user_id = $1 and s.id = $2 returning s.id
