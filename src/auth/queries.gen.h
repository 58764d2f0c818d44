#pragma once
// The SQL of this room: made from database/queries/auth by tools/gen_queries.py.
#include "sql/fragment.h"

// clang-format off
namespace flash::auth::queries {

// :one (email text, hash text, full_name text, role text) -> (id uuid)
inline constexpr sql::Literal add_user{R"sql(with person as (
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
returning id)sql"};

// :one (email text) -> (id uuid, hash text, allowed bool, confirmed bool)
inline constexpr sql::Literal credentials{R"sql(select u.id, coalesce(u.encrypted_password, ''), p.allowed, u.confirmed_at is not null
from auth.users u
join auth.people p on p.id = u.id
where u.email = $1 and not u.is_sso_user)sql"};

// :one (user_id uuid, session_id uuid) -> (hash text, email text, recent bool)
inline constexpr sql::Literal credentials_of{R"sql(select coalesce(u.encrypted_password, ''), coalesce(u.email, ''),
  s.created_at > now() - interval '24 hours'
from auth.users u
join auth.people p on p.id = u.id and p.allowed
join auth.sessions s on s.user_id = u.id
where u.id = $1 and s.id = $2 and (s.not_after is null or s.not_after > now()))sql"};

// :many (session_ids uuid[]) -> (id uuid)
inline constexpr sql::Literal dead_sessions{R"sql(select wanted.id
from unnest($1::uuid[]) as wanted(id)
where not exists (
  select from auth.sessions s
  join auth.people p on p.id = s.user_id
  where s.id = wanted.id and (s.not_after is null or s.not_after > now()) and p.allowed))sql"};

// :many (user_id uuid) -> (id uuid)
inline constexpr sql::Literal end_all_sessions{R"sql(delete from auth.sessions s where s.user_id = $1 returning s.id)sql"};

// :many (user_id uuid, session_id uuid) -> (id uuid)
inline constexpr sql::Literal end_other_sessions{R"sql(delete from auth.sessions s where s.user_id = $1 and s.id <> $2 returning s.id)sql"};

// :many (user_id uuid, session_id uuid) -> (id uuid)
inline constexpr sql::Literal end_session{R"sql(delete from auth.sessions s where s.user_id = $1 and s.id = $2 returning s.id)sql"};

// :exec (user_id uuid, code text)
inline constexpr sql::Literal give_territory{R"sql(insert into public.profile_territories (profile_id, territory_id)
select $1, t.id from public.territories t where t.code = $2
on conflict do nothing)sql"};

// :many () -> (email text, name text, role text, on bool, password bool, places text, seen text)
inline constexpr sql::Literal list_users{R"sql(select u.email, coalesce(p.full_name, ''), coalesce(p.role::text, ''),
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
order by u.email)sql"};

// :exec (user_id uuid, data jsonb)
inline constexpr sql::Literal merge_user_metadata{R"sql(update auth.users u
set raw_user_meta_data = m.data, updated_at = now()
from (
  select w.id,
    coalesce(jsonb_object_agg(e.key, e.value) filter (where e.value <> 'null'), '{}') as data
  from auth.users w
  left join lateral jsonb_each(w.raw_user_meta_data || $2::jsonb) e on true
  where w.id = $1
  group by w.id
) m
where u.id = m.id and length(m.data::text) <= 4096)sql"};

// :exec (name text, value text)
inline constexpr sql::Literal offer_secret{R"sql(insert into flash.secrets (name, value) values ($1, $2) on conflict (name) do nothing)sql"};

// :exec (person uuid, hash text, session uuid, token text, agent text, ip inet, new_hash text)
inline constexpr sql::Literal open_session{R"sql(with person as (
  update auth.users u
  set last_sign_in_at = now(), updated_at = now(),
    encrypted_password = coalesce($7::text, u.encrypted_password)
  from auth.people p
  where u.id = $1 and p.id = u.id and p.allowed and u.encrypted_password = $2
  returning u.id
),
session as (
  insert into auth.sessions (id, user_id, user_agent, ip)
  select $3::uuid, person.id, $5::text, $6::inet from person
  returning id, user_id
)
insert into auth.refresh_tokens (token, user_id, session_id)
select $4::text, session.user_id, session.id from session)sql"};

// :one (user_id uuid) -> (id uuid, mail text, phone text, app jsonb, own jsonb, anon bool, doc jsonb)
inline constexpr sql::Literal person{R"sql(select p.id, p.email, p.phone, p.app_metadata, p.user_metadata, p.is_anonymous, p.document
from auth.people p
where p.id = $1)sql"};

// :one (token text) -> (id uuid, mail text, phone text, app jsonb, own jsonb, anon bool, doc jsonb)
inline constexpr sql::Literal person_of_token{R"sql(select p.id, p.email, p.phone, p.app_metadata, p.user_metadata, p.is_anonymous, p.document
from auth.people p
where p.id = (select t.user_id from auth.refresh_tokens t where t.token = $1))sql"};

// :one (token text, next text, late int) -> (outcome text, session uuid, began bigint, active text)
inline constexpr sql::Literal rotate{R"sql(with presented as (
  select t.id, t.revoked, t.updated_at, t.session_id, t.user_id, s.created_at,
    s.not_after <= now() as over, p.allowed
  from auth.refresh_tokens t
  join auth.sessions s on s.id = t.session_id
  join auth.people p on p.id = t.user_id
  where t.token = $1
  for update of t
),
verdict as (
  select v.*,
    case when not v.allowed then 'barred'
      when v.over then 'over'
      when not v.revoked then 'rotated'
      when v.updated_at > clock_timestamp() - make_interval(secs => $3::int) then 'again'
      else 'stolen' end as outcome
  from presented v
),
rotated as (
  update auth.refresh_tokens t set revoked = true, updated_at = clock_timestamp()
  from verdict v where t.id = v.id and v.outcome = 'rotated'
),
born as (
  insert into auth.refresh_tokens (token, parent, user_id, session_id)
  select $2::text, $1::text, v.user_id, v.session_id from verdict v where v.outcome = 'rotated'
),
touched as (
  update auth.sessions s set refreshed_at = now(), updated_at = now()
  from verdict v where s.id = v.session_id and v.outcome = 'rotated'
),
pruned as (
  delete from auth.refresh_tokens t using verdict v
  where t.session_id = v.session_id and v.outcome = 'rotated' and t.revoked
    and t.updated_at < now() - interval '30 days'
),
ended as (
  delete from auth.sessions s using verdict v
  where s.id = v.session_id and v.outcome in ('barred', 'over', 'stolen')
)
select v.outcome, v.session_id, extract(epoch from v.created_at)::bigint,
  (select a.token from auth.refresh_tokens a
   where a.session_id = v.session_id and not a.revoked and a.id <> v.id
   order by a.id desc limit 1)
from verdict v)sql"};

// :one (name text) -> (value text)
inline constexpr sql::Literal secret{R"sql(select s.value from flash.secrets s where s.name = $1)sql"};

// :one (user_id uuid, session_id uuid) -> (found bool)
inline constexpr sql::Literal session{R"sql(select true from auth.sessions s
where s.user_id = $1 and s.id = $2 and (s.not_after is null or s.not_after > now()))sql"};

// :exec (user_id uuid, active bool)
inline constexpr sql::Literal set_active{R"sql(update public.profiles set active = $2, updated_at = now() where id = $1)sql"};

// :exec (user_id uuid, hash text)
inline constexpr sql::Literal set_password{R"sql(update auth.users set encrypted_password = $2, updated_at = now() where id = $1)sql"};

// :exec (user_id uuid, role text)
inline constexpr sql::Literal set_role{R"sql(update public.profiles set role = $2, updated_at = now() where id = $1)sql"};

// :exec (user_id uuid)
inline constexpr sql::Literal trim_sessions{R"sql(delete from auth.sessions
where id in (
  select s.id from auth.sessions s where s.user_id = $1
  order by s.created_at desc, s.id desc offset 50))sql"};

// :one (email text) -> (id uuid)
inline constexpr sql::Literal user_by_email{R"sql(select u.id from auth.users u where u.email = $1 and not u.is_sso_user and u.deleted_at is null)sql"};

}  // namespace flash::auth::queries
// clang-format on
