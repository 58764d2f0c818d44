-- Who is calling, as in Supabase. Called by policies, column defaults and functions.
-- The server sets request.jwt.claims to verified claims, for one transaction.
create or replace function auth.jwt() returns jsonb
language sql stable parallel safe
return nullif(current_setting('request.jwt.claims', true), '')::jsonb;

-- The server says the subject beside the claims, as Supabase's auth.uid() knows it: policies ask for
-- it twice a query, and taking the claims apart costs 5 us each time.
create or replace function auth.uid() returns uuid
language sql stable parallel safe
return coalesce(
  nullif(current_setting('request.jwt.claim.sub', true), ''),
  nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', ''))::uuid;

-- The role in the token ('authenticated'), not the role in the sales organisation.
create or replace function auth.role() returns text
language sql stable parallel safe
return nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role', '');

create or replace function auth.email() returns text
language sql stable parallel safe
return nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email', '');

-- The database role the request runs under, also inside a SECURITY DEFINER function.
create or replace function flash.acting_role() returns text
language sql stable parallel safe
return coalesce(nullif(current_setting('role', true), 'none'), session_user::text);

-- 'rep', 'manager', 'viewer' or 'admin' when a person acts with his own rights; otherwise null.
-- Inside a SECURITY DEFINER function it is null: such code is the system and answers for itself.
create or replace function flash.person_role() returns text
language sql stable parallel safe
return case when current_user in ('flash_rep', 'flash_manager', 'flash_viewer', 'flash_admin')
  then substr(current_user::text, 7) end;

-- Whether flash.intake_write() is at work for a lead that comes through intake: nothing else can be
-- done under that role. It writes whole rows, so triggers that complete rows leave them alone.
create or replace function flash.by_intake() returns bool
language sql stable parallel safe
return current_setting('role', true) is not distinct from 'flash_intake';

-- What a trigger was told by the code around it: 'deal' (the deal leads its lead), 'undo' (a status
-- goes back to the one before), 'merge' (two leads become one, or two again) or 'import' (history
-- with its own dates). A person cannot say any of it: the first three count only in code of the
-- system, 'import' only in a session that acts for no person at all.
create or replace function flash.via() returns text
language sql stable parallel safe
return case
  when flash.person_role() is not null then null
  when current_setting('flash.via', true) in ('deal', 'undo', 'merge')
    then current_setting('flash.via', true)
  when current_setting('flash.via', true) = 'import'
    and flash.acting_role() not in ('anon', 'authenticated', 'flash_rep', 'flash_manager',
      'flash_viewer', 'flash_admin', 'flash_intake') then 'import' end;

-- The time that triggers write: now, or the time an import states.
create or replace function flash.stamp() returns timestamptz
language sql stable parallel safe
return coalesce(
  case when flash.via() = 'import' then nullif(current_setting('flash.at', true), '')::timestamptz
  end, now());

-- The person to name in histories: the caller if he has a profile, else nobody (the system). An
-- import names him. In PL/pgSQL, whose plan lasts as long as the session: a SQL function that cannot
-- be inlined is planned in every transaction (0.17 ms, five times a batch of leads).
create or replace function flash.actor() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select p.id from public.profiles p
    where p.id = case when flash.via() = 'import'
      then nullif(current_setting('flash.by', true), '')::uuid else auth.uid() end);
end
$$;

grant usage on schema auth to anon, authenticated, service_role, flash_auth, flash_worker,
  flash_intake;
grant usage on schema flash to anon, authenticated, service_role, flash_auth, flash_worker,
  flash_intake;
grant execute on function auth.jwt(), auth.uid(), auth.role(), auth.email(),
  flash.acting_role(), flash.person_role(), flash.by_intake(), flash.via(), flash.stamp(),
  flash.actor(), flash.uuid7(timestamptz), flash.new_reference(), flash.fold(text),
  flash.business_key(text)
  to authenticated, service_role, flash_auth, flash_worker;
grant execute on function auth.jwt(), auth.uid(), auth.role(), auth.email() to anon;
