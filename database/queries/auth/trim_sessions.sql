-- :exec (user_id uuid)
-- A person keeps his 50 newest sessions.
delete from auth.sessions
where id in (
  select s.id from auth.sessions s where s.user_id = $1
  order by s.created_at desc, s.id desc offset 50)
