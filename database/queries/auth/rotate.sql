-- :one (token text, next text, late int) -> (outcome text, session uuid, began bigint, active text)
-- Hashes of tokens; `late` in seconds. The lock on the presented row lets one of several refreshes
-- rotate; the others see `again`. `active` is the newest token of the session that this statement's
-- snapshot knows: null right after a race.
-- A token that comes back late was copied: its whole session ends.
with presented as (
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
-- What was rotated a month ago is forgotten: coming back, it is an unknown token.
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
from verdict v
