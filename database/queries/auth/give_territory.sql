-- :exec (user_id uuid, code text)
insert into public.profile_territories (profile_id, territory_id)
select $1, t.id from public.territories t where t.code = $2
on conflict do nothing
