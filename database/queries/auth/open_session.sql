-- :exec (person uuid, hash text, session uuid, token text, agent text, ip inet, new_hash text)
-- Touches no row when the person was barred, or his password changed, since it was checked.
-- `hash` is what was checked; `token` the hash of the refresh token.
with person as (
  update auth.users u
  set last_sign_in_at = now(), updated_at = now(),
    encrypted_password = coalesce($7::text, u.encrypted_password)
  from auth.people p
  where u.id = $1 and p.id = u.id and p.allowed and u.encrypted_password = $2
  returning u.id
),
session as (
  insert into auth.sessions (id, user_id, user_agent, ip)
  select $3::uuid, person.id, $5::text, $6::inet from person
  returning id, user_id
)
insert into auth.refresh_tokens (token, user_id, session_id)
select $4::text, session.user_id, session.id from session
