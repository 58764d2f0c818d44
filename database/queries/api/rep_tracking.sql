-- :one () -> (document jsonb)
with me as (select a.profile_id, a.role from flash.my_access() a),
work as (
  select p.id, p.full_name as name, p.active, p.capacity, p.last_assigned_at,
    (select count(*) from public.submissions s where s.owner_id = p.id
       and s.status in ('new', 'contacted', 'qualified', 'nurture')) as open_leads,
    (select count(*) from public.submissions s where s.owner_id = p.id
       and s.first_response_at is not null) as contacted,
    (select percentile_cont(0.5) within group (
       order by extract(epoch from s.first_response_at - s.created_at) / 60)
     from public.submissions s
     where s.owner_id = p.id and s.first_response_at is not null) as response_minutes,
    (select count(*) from public.deals d where d.owner_id = p.id and d.outcome = 'won'
       and d.close_date > current_date - interval '12 months') as won,
    (select count(*) from public.deals d where d.owner_id = p.id and d.stage = 'closed'
       and d.close_date > current_date - interval '12 months') as closed
  from public.profiles p where p.role = 'rep'),
ranked as (
  select w.*, rank() over (order by w.won desc, w.open_leads) as rank, count(*) over () as reps
  from work w)
-- A rep sees himself and his rank; who the others are is their managers' business.
select jsonb_build_object('reps', coalesce(jsonb_agg(jsonb_build_object(
  'profile_id', r.id, 'name', r.name, 'active', r.active, 'capacity', r.capacity,
  'open_leads', r.open_leads,
  'ratio', case when r.capacity > 0 then round(r.open_leads::numeric / r.capacity, 3) end,
  'load', case when r.open_leads >= r.capacity then 'full'
    when r.open_leads >= 0.8 * r.capacity then 'busy' else 'available' end,
  'contacted', r.contacted,
  'median_first_response_minutes', round(r.response_minutes::numeric, 1),
  'won', r.won, 'closed', r.closed,
  'conversion', round((r.won + 1)::numeric / (r.closed + 2), 3),
  'last_assigned_at', r.last_assigned_at, 'rank', r.rank, 'of', r.reps)
  order by r.rank, r.name), '[]'))
from ranked r
where (select m.role from me m) <> 'rep' or r.id = (select m.profile_id from me m)
