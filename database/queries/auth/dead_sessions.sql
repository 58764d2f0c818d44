-- :many (session_ids uuid[]) -> (id uuid)
-- Which of them are over: signed out, timed out, or of a person who may no longer sign in.
select wanted.id
from unnest($1::uuid[]) as wanted(id)
where not exists (
  select from auth.sessions s
  join auth.people p on p.id = s.user_id
  where s.id = wanted.id and (s.not_after is null or s.not_after > now()) and p.allowed)
