-- What a deal's move leaves behind: its stage history, a note in the time line, and the status of
-- its lead, which an open deal leads. Fires after inserts and stage changes of deals.
create or replace function flash.lead_status_of(p_stage text, p_outcome text, p_next timestamptz)
returns text
language sql immutable parallel safe
return case
  when p_outcome = 'won' then 'converted'
  when p_outcome = 'lost' and p_next is not null then 'nurture'
  when p_outcome = 'lost' then 'disqualified'
  when p_stage in ('new', 'contacted') then p_stage
  else 'qualified' end;

-- Once a statement, because intake opens deals in batches: a single-row insert from a row trigger
-- prepares the checks of its table anew each time, which took ten times as long.
create or replace function flash.deals_staged() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  at constant timestamptz := flash.stamp();
  who constant uuid := flash.actor();
  outer_via constant text := coalesce(current_setting('flash.via', true), '');
  moved uuid[];
  before text[];
begin
  if tg_op = 'INSERT' then
    select array_agg(n.id), array_agg(null::text) into moved, before from new_rows n;
  else
    select array_agg(n.id), array_agg(o.stage::text) into moved, before
    from new_rows n join old_rows o on o.id = n.id
    where (o.stage, o.outcome) is distinct from (n.stage, n.outcome);
  end if;
  if moved is null then
    return null;
  end if;
  insert into public.deal_stage_history (deal_id, changed_at, actor_id, from_stage, to_stage,
    outcome, reason, value, currency, territory_id, owner_id, deleted_at)
  select d.id, at, who, m.stage, d.stage, d.outcome, coalesce(d.stage_reason, d.lost_note), d.value,
    d.currency, d.territory_id, d.owner_id, d.deleted_at
  from unnest(moved, before) as m(id, stage) join public.deals d on d.id = m.id;
  insert into public.activities (created_at, submission_id, deal_id, actor_id, kind, data,
    completed_at, territory_id, owner_id, deleted_at)
  select at, d.submission_id, d.id, who, 'status_change',
    jsonb_strip_nulls(jsonb_build_object('deal', d.title, 'from', m.stage, 'to', d.stage,
      'outcome', d.outcome, 'reason', d.lost_reason)), at, d.territory_id, d.owner_id, d.deleted_at
  from unnest(moved, before) as m(id, stage) join public.deals d on d.id = m.id;
  if flash.via() is distinct from 'import' then
    perform set_config('flash.via', 'deal', true);
  end if;
  perform set_config('flash.deal_leads', 'on', true);
  update public.submissions s
  set status = w.wanted,
      status_reason = case when w.wanted = 'disqualified' then 'deal_lost' else s.status_reason end,
      next_contact_at = case when w.wanted = 'nurture' then w.next_contact_at end
  from (select d.submission_id, d.next_contact_at,
          flash.lead_status_of(d.stage, d.outcome, d.next_contact_at) as wanted
        from public.deals d where d.id = any (moved) and d.submission_id is not null) w
  where s.id = w.submission_id and s.status <> w.wanted;
  perform set_config('flash.via', outer_via, true), set_config('flash.deal_leads', 'off', true);
  return null;
end
$$;

drop trigger if exists deals_60_staged_new on public.deals;
create trigger deals_60_staged_new after insert on public.deals
  referencing new table as new_rows
  for each statement execute function flash.deals_staged();
drop trigger if exists deals_60_staged on public.deals;
create trigger deals_60_staged after update on public.deals
  referencing old table as old_rows new table as new_rows
  for each statement execute function flash.deals_staged();

grant execute on function flash.default_probability(text, text),
  flash.lead_status_of(text, text, timestamptz)
  to authenticated, service_role, flash_worker;
