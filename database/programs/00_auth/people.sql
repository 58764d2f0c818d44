-- A person as sign-in sees him: what goes into his token, and the user document of supabase-js.
-- Called by database/queries/auth. The role in app_metadata is the one of the profile, never the
-- one that is stored with the user, and a disabled person has none.
create or replace view auth.people with (security_invoker = true) as
select u.id,
  coalesce(u.email, '') as email,
  coalesce(u.phone, '') as phone,
  m.app_metadata,
  u.raw_user_meta_data as user_metadata,
  u.is_anonymous,
  jsonb_strip_nulls(jsonb_build_object(
    'id', u.id, 'aud', 'authenticated', 'role', 'authenticated',
    'email', coalesce(u.email, ''), 'email_confirmed_at', u.email_confirmed_at,
    'phone', coalesce(u.phone, ''), 'phone_confirmed_at', u.phone_confirmed_at,
    'invited_at', u.invited_at, 'confirmation_sent_at', u.confirmation_sent_at,
    'confirmed_at', u.confirmed_at, 'recovery_sent_at', u.recovery_sent_at,
    'new_email', nullif(u.email_change, ''), 'email_change_sent_at', u.email_change_sent_at,
    'new_phone', nullif(u.phone_change, ''), 'phone_change_sent_at', u.phone_change_sent_at,
    'reauthentication_sent_at', u.reauthentication_sent_at, 'last_sign_in_at', u.last_sign_in_at,
    'created_at', u.created_at, 'updated_at', u.updated_at, 'banned_until', u.banned_until,
    'deleted_at', u.deleted_at, 'is_anonymous', u.is_anonymous))
  || jsonb_build_object('app_metadata', m.app_metadata, 'user_metadata', u.raw_user_meta_data,
    'identities', coalesce((
      select jsonb_agg(jsonb_build_object(
        'identity_id', i.id, 'id', i.provider_id, 'user_id', i.user_id,
        'identity_data', i.identity_data, 'provider', i.provider,
        'last_sign_in_at', i.last_sign_in_at, 'created_at', i.created_at,
        'updated_at', i.updated_at, 'email', i.email) order by i.created_at, i.id)
      from auth.identities i where i.user_id = u.id), '[]')) as document,
  -- May sign in, may refresh, and his sessions count.
  u.deleted_at is null
    and (u.banned_until is null or u.banned_until <= now())
    and coalesce(p.active, true) as allowed
from auth.users u
left join public.profiles p on p.id = u.id
cross join lateral (
  select jsonb_build_object('provider', 'email', 'providers', '["email"]'::jsonb)
    || (u.raw_app_meta_data - 'role')
    || case when p.active then jsonb_build_object('role', p.role) else '{}' end as app_metadata) m;

grant select on auth.people to flash_auth;
