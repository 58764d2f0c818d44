-- :one () -> (stats jsonb)
with work as (
  select p.capacity, p.active, (select count(*) from public.submissions s where s.owner_id = p.id
    and s.status in ('new', 'contacted', 'qualified', 'nurture')) as open_leads
  from public.profiles p where p.role = 'rep')
select jsonb_build_object(
  'reps', count(*), 'active', count(*) filter (where w.active),
  'capacity', coalesce(sum(w.capacity) filter (where w.active), 0),
  'open_leads', coalesce(sum(w.open_leads), 0),
  'available', count(*) filter (where w.active and w.open_leads < 0.8 * w.capacity),
  'busy', count(*) filter (where w.active and w.open_leads >= 0.8 * w.capacity
    and w.open_leads < w.capacity),
  'full', count(*) filter (where w.active and w.open_leads >= w.capacity),
  'unassigned', (select count(*) from public.submissions s where s.owner_id is null
    and s.status in ('new', 'contacted', 'qualified', 'nurture')))
from work w
