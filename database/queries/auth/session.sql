-- :one (user_id uuid, session_id uuid) -> (found bool)
select true from auth.sessions s
where s.user_id = $1 and s.id = $2 and (s.not_after is null or s.not_after > now())
