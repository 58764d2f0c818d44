-- :one (user_id uuid, session_id uuid) -> (hash text, email text, recent bool)
-- Who changes his own account: `recent` when the session began less than a day ago.
select coalesce(u.encrypted_password, ''), coalesce(u.email, ''),
  s.created_at > now() - interval '24 hours'
from auth.users u
join auth.people p on p.id = u.id and p.allowed
join auth.sessions s on s.user_id = u.id
where u.id = $1 and s.id = $2 and (s.not_after is null or s.not_after > now())
