-- :one (email text, hash text, full_name text, role text) -> (id uuid)
-- For the command line, as the owner of the database. An address that exists is SQLSTATE 23505.
with person as (
  insert into auth.users (email, encrypted_password, email_confirmed_at, raw_app_meta_data)
  values ($1, $2, now(), '{"provider": "email", "providers": ["email"]}')
  returning id, email
),
identity as (
  insert into auth.identities (provider_id, provider, user_id, identity_data)
  select p.id::text, 'email', p.id,
    jsonb_build_object('sub', p.id, 'email', p.email, 'email_verified', true,
      'phone_verified', false)
  from person p
)
insert into public.profiles (id, email, full_name, role)
select p.id, p.email, $3, $4 from person p
returning id
