-- What the server's own roles may do. service_role and flash_worker see every row: the first by
-- BYPASSRLS where a superuser could grant it, both by policy, so that Flash also works on a
-- PostgreSQL where it is not superuser. Nothing here is for people.
do $$
declare
  t record;
begin
  for t in
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and c.relname in ('territories', 'territory_settings', 'territory_aliases',
        'territory_neighbours', 'profiles', 'profile_territories', 'profile_absences',
        'organizations', 'contacts', 'contact_phones', 'submissions', 'submission_phones',
        'deals', 'deal_stage_history', 'activities', 'assignments', 'score_history',
        'notifications', 'notification_prefs', 'routing_rules', 'exchange_rates', 'audit_log',
        'models', 'model_drift', 'feature_registry', 'lead_scores', 'recommendation_states')
  loop
    execute format('drop policy if exists services on public.%I', t.name);
    execute format('create policy services on public.%I to service_role, flash_worker
      using (true) with check (true)', t.name);
    execute format('revoke all on public.%I from service_role, flash_worker', t.name);
    if t.name = 'audit_log' then
      execute format('grant select on public.%I to service_role', t.name);
    else
      execute format('grant select, insert, update, delete on public.%I to service_role', t.name);
      execute format('grant select, insert, update on public.%I to flash_worker', t.name);
    end if;
  end loop;

  for t in
    select c.relname as name from pg_class c
    where c.relnamespace = 'flash'::regnamespace and c.relkind in ('r', 'p')
      and c.relname in ('territory_paths', 'territory_effective', 'profile_access',
        'legal_transition', 'routing_state', 'assignment_turns', 'idempotency_keys', 'outbox',
        'jobs', 'meta', 'sla_clock', 'lead_facts', 'score_queue')
  loop
    execute format('drop policy if exists services on flash.%I', t.name);
    execute format('create policy services on flash.%I to service_role, flash_worker
      using (true) with check (true)', t.name);
    execute format('revoke all on flash.%I from service_role, flash_worker', t.name);
    execute format('grant select on flash.%I to service_role, flash_worker', t.name);
    if t.name in ('routing_state', 'assignment_turns', 'idempotency_keys', 'outbox', 'jobs',
        'sla_clock', 'score_queue') then
      execute format('grant insert, update, delete on flash.%I to flash_worker', t.name);
    end if;
  end loop;

  -- Sign-in needs the auth tables, the person's role, and the signing keys.
  for t in
    select c.relname as name from pg_class c
    where c.relnamespace = 'auth'::regnamespace and c.relkind in ('r', 'p')
      and c.relname in ('users', 'identities', 'sessions', 'refresh_tokens')
  loop
    execute format('drop policy if exists sign_in on auth.%I', t.name);
    execute format('create policy sign_in on auth.%I to flash_auth using (true) with check (true)',
      t.name);
    execute format('grant select, insert, update, delete on auth.%I to flash_auth', t.name);
  end loop;
  drop policy if exists sign_in on public.profiles;
  create policy sign_in on public.profiles for select to flash_auth using (true);
  grant select on public.profiles to flash_auth;
  drop policy if exists sign_in on flash.profile_access;
  create policy sign_in on flash.profile_access for select to flash_auth using (true);
  grant select on flash.profile_access to flash_auth;
  drop policy if exists sign_in on flash.secrets;
  create policy sign_in on flash.secrets to flash_auth using (true) with check (true);
  grant select, insert on flash.secrets to flash_auth;
end
$$;

-- The migrator's own books, which it makes before any program runs.
alter table if exists flash.migrations enable row level security;
alter table if exists flash.programs enable row level security;

grant usage on schema public to anon, authenticated, service_role, flash_auth, flash_worker;
