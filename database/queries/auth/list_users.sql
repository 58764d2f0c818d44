-- :many () -> (email text, name text, role text, on bool, password bool, places text, seen text)
select u.email, coalesce(p.full_name, ''), coalesce(p.role::text, ''),
  coalesce(p.active, true) and (u.banned_until is null or u.banned_until <= now()),
  coalesce(u.encrypted_password, '') <> '',
  coalesce((
    select string_agg(t.code, ' ' order by t.code)
    from public.profile_territories n join public.territories t on t.id = n.territory_id
    where n.profile_id = u.id), ''),
  coalesce(to_char(u.last_sign_in_at at time zone 'utc', 'YYYY-MM-DD HH24:MI'), '')
from auth.users u
left join public.profiles p on p.id = u.id
where u.deleted_at is null
order by u.email
