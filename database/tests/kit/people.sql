-- The cast of the SQL tests and the means to act as one of them. Included by every test, inside
-- its transaction. All of it is gone at the rollback.
set local client_min_messages = warning;
create temp table cast_of (
  name text primary key, db_role text, role text, active bool, node text, id uuid) on commit drop;
insert into cast_of (name, db_role, role, active, node, id) values
  ('admin', 'flash_admin', 'admin', true, 'CARIB', '00000000-0000-7000-8000-00000000000a'),
  ('manager', 'flash_manager', 'manager', true, 'JM', '00000000-0000-7000-8000-000000000001'),
  ('rep', 'flash_rep', 'rep', true, 'JM-01', '00000000-0000-7000-8000-000000000002'),
  ('colleague', 'flash_rep', 'rep', true, 'JM-SURREY', '00000000-0000-7000-8000-000000000003'),
  ('rep_ky', 'flash_rep', 'rep', true, 'KY', '00000000-0000-7000-8000-000000000004'),
  ('viewer', 'flash_viewer', 'viewer', true, 'JM', '00000000-0000-7000-8000-000000000005'),
  ('gone', 'flash_rep', 'rep', false, 'JM-01', '00000000-0000-7000-8000-000000000006'),
  ('manager_ky', 'flash_manager', 'manager', true, 'KY', '00000000-0000-7000-8000-000000000007');
insert into auth.users (id, email, email_confirmed_at)
select c.id, c.name || '@test.example', now() from cast_of c;
insert into public.profiles (id, email, full_name, role, active)
select c.id, c.name || '@test.example', initcap(c.name), c.role, c.active from cast_of c;
insert into public.profile_territories (profile_id, territory_id)
select c.id, t.id from cast_of c join public.territories t on t.code = c.node;
-- Those who only claim to be somebody.
insert into cast_of (name, db_role, id) values
  ('anon', 'anon', null),
  ('stranger', 'authenticated', '00000000-0000-7000-8000-0000000000ff'),
  ('forged', 'flash_admin', '00000000-0000-7000-8000-000000000002'),
  ('no_profile', 'flash_rep', '00000000-0000-7000-8000-0000000000fe'),
  ('service', 'service_role', null),
  ('worker', 'flash_worker', null),
  ('sign_in', 'flash_auth', null),
  ('intake', 'flash_intake', null);

create function pg_temp.person(p_name text) returns uuid language sql stable as
  'select c.id from pg_temp.cast_of c where c.name = p_name';
create function pg_temp.place(p_code text) returns int language sql stable as
  'select t.id from public.territories t where t.code = p_code';

-- Acts as one of the cast until pg_temp.leave().
create function pg_temp.enter(p_name text) returns void language plpgsql as $$
declare
  who record;
begin
  select * into strict who from pg_temp.cast_of c where c.name = p_name;
  perform set_config('request.jwt.claims', coalesce(json_build_object('sub', who.id,
    'role', 'authenticated', 'app_metadata', json_build_object('role', who.role))::text, ''), true);
  if who.id is null then
    perform set_config('request.jwt.claims', '', true);
  end if;
  execute format('set local role %I', who.db_role);
end
$$;
create function pg_temp.leave() returns void language plpgsql as $$
begin
  execute 'reset role';
  perform set_config('request.jwt.claims', '', true);
end
$$;

-- What a statement does for somebody: the number of rows, 'denied' (no right), 'check' (row
-- security), or SQLSTATE and message. p_keep false undoes the effect.
create function pg_temp.try(p_name text, p_sql text, p_keep bool default false) returns text
language plpgsql as $$
declare
  n bigint;
  answer text;
begin
  begin
    perform pg_temp.enter(p_name);
    execute p_sql;
    get diagnostics n = row_count;
    answer := n::text;
    perform pg_temp.leave();
    if not p_keep then
      raise exception using errcode = 'ZZ000', message = answer;
    end if;
  exception when others then
    perform pg_temp.leave();
    return case
      when sqlstate = 'ZZ000' then sqlerrm
      when sqlstate = '42501' and sqlerrm like '%row-level security%' then 'check'
      when sqlstate = '42501' and sqlerrm like 'permission denied%' then 'denied'
      else sqlstate || ' ' || sqlerrm end;
  end;
  return answer;
end
$$;

-- One value a query yields for somebody, or the error.
create function pg_temp.ask(p_name text, p_sql text) returns text language plpgsql as $$
declare
  answer text;
begin
  begin
    perform pg_temp.enter(p_name);
    execute p_sql into answer;
    perform pg_temp.leave();
  exception when others then
    perform pg_temp.leave();
    return case when sqlstate = '42501' then 'denied' else sqlstate || ' ' || sqlerrm end;
  end;
  return answer;
end
$$;

-- Fails the test when two texts differ.
create function pg_temp.is(p_got text, p_wanted text, p_what text) returns void
language plpgsql as $$
begin
  if p_got is distinct from p_wanted then
    raise exception E'%\n  wanted: %\n  got:    %', p_what, coalesce(p_wanted, 'null'),
      coalesce(p_got, 'null');
  end if;
end
$$;

-- A lead without a story.
create function pg_temp.lead(p_name text, p_node text, p_owner text default null) returns uuid
language plpgsql as $$
declare
  made uuid;
begin
  insert into public.submissions (territory_id, country, owner_id, business_name, owner_name,
    email, business_type, interest_level, processed_at)
  select t.id, coalesce(t.country, 'JM'), pg_temp.person(p_owner), p_name, 'Owner of it',
    flash.business_key(replace(p_name, ' ', '')) || '@lead.example', 'retail', 5, now()
  from public.territories t where t.code = p_node
  returning id into strict made;
  return made;
end
$$;

-- The cast runs these under its own roles, which may execute nothing that was not granted.
grant select on cast_of to public;
grant execute on function pg_temp.person(text), pg_temp.place(text), pg_temp.enter(text),
  pg_temp.leave() to public;
