-- The database roles of Flash. Runs first at every migration; safe to run again.
-- Roles belong to the whole PostgreSQL server, so nothing here assumes that they are new.
-- The server signs in once as `authenticator`, which has no rights of its own, and becomes one of
-- the others for the length of a transaction. Only BYPASSRLS needs a superuser; without one,
-- service_role and flash_worker get the same reach from policies (programs/90_access).
do $$
declare
  wanted text;
begin
  foreach wanted in array array[
    'anon',            -- whoever shows the publishable key
    'authenticated',   -- whoever signed in; carries the rights all four app roles share
    'service_role',    -- whoever shows the secret key
    'flash_rep', 'flash_manager', 'flash_viewer', 'flash_admin',
    'flash_intake',    -- may call flash.intake_* and read nothing
    'flash_auth',      -- the auth tables
    'flash_worker'     -- background work on leads, the job queue, the outbox
  ] loop
    begin
      if not exists (select from pg_roles where rolname = wanted) then
        execute format('create role %I nologin noinherit', wanted);
      end if;
    exception when duplicate_object or unique_violation then
      null;            -- another database of this server is migrating at the same moment
    end;
  end loop;
  begin
    if not exists (select from pg_roles where rolname = 'authenticator') then
      create role authenticator login noinherit;
    end if;
  exception when duplicate_object or unique_violation then
    null;
  end;
end
$$;

do $$
declare
  pair record;
begin
  for pair in
    select * from (values
      ('anon', 'authenticator'), ('authenticated', 'authenticator'),
      ('service_role', 'authenticator'), ('flash_rep', 'authenticator'),
      ('flash_manager', 'authenticator'), ('flash_viewer', 'authenticator'),
      ('flash_admin', 'authenticator'), ('flash_intake', 'authenticator'),
      ('flash_auth', 'authenticator'), ('flash_worker', 'authenticator'),
      ('authenticated', 'flash_rep'), ('authenticated', 'flash_manager'),
      ('authenticated', 'flash_viewer'), ('authenticated', 'flash_admin')
    ) as v(granted, member)
  loop
    if not exists (
      select from pg_auth_members m
      where m.roleid = pair.granted::regrole and m.member = pair.member::regrole
    ) then
      execute format('grant %I to %I', pair.granted, pair.member);
    end if;
  end loop;
end
$$;

-- The app roles inherit what `authenticated` may do; authenticator itself never inherits anything.
do $$
declare
  app_role text;
begin
  foreach app_role in array array['flash_rep', 'flash_manager', 'flash_viewer', 'flash_admin'] loop
    if not (select rolinherit from pg_roles where rolname = app_role) then
      execute format('alter role %I inherit', app_role);
    end if;
  end loop;
  if not (select rolbypassrls from pg_roles where rolname = 'service_role')
     and (select rolsuper from pg_roles where rolname = current_user) then
    alter role service_role bypassrls;
  end if;
end
$$;
