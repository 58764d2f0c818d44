-- :one (token text) -> (id uuid, mail text, phone text, app jsonb, own jsonb, anon bool, doc jsonb)
select p.id, p.email, p.phone, p.app_metadata, p.user_metadata, p.is_anonymous, p.document
from auth.people p
where p.id = (select t.user_id from auth.refresh_tokens t where t.token = $1)
