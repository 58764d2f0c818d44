-- :one () -> (print text)
select md5(coalesce(string_agg(s.setrole || ' ' || s.setdatabase || ' ' || s.setconfig::text, ','
  order by s.setrole, s.setdatabase), ''))
from pg_catalog.pg_db_role_setting s
where s.setdatabase = 0
  or s.setdatabase = (select d.oid from pg_catalog.pg_database d where d.datname = current_database())
