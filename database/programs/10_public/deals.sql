-- Deals: where they lie, how they move, and how an open deal leads its lead. Fires on every write
-- to deals.
create or replace function flash.default_probability(p_stage text, p_outcome text)
returns smallint
language sql immutable parallel safe
return case p_outcome when 'won' then 100 when 'lost' then 0 else
  case p_stage when 'new' then 5 when 'contacted' then 15 when 'qualified' then 35
    when 'proposal' then 60 when 'negotiation' then 80 end end::smallint;

create or replace function flash.deal_arrives() returns trigger
language plpgsql set search_path = '' as $$
declare
  lead public.submissions;
begin
  if new.submission_id is not null then
    select * into lead from public.submissions s where s.id = new.submission_id;
    if not found then
      raise exception 'no such lead' using errcode = '23503';
    end if;
    new.territory_id := lead.territory_id;
    new.lead_score := lead.lead_score;
    new.contact_id := coalesce(new.contact_id, lead.contact_id);
    new.organization_id := coalesce(new.organization_id, lead.organization_id);
    -- A deal opened late begins where its lead already is.
    if new.stage = 'new' and lead.status in ('contacted', 'qualified') then
      new.stage := lead.status::text;
    elsif new.stage = 'new' and lead.status = 'nurture' then
      new.stage := 'contacted';
    end if;
  end if;
  if flash.person_role() is not null and new.owner_id is null then
    new.owner_id := auth.uid();
  end if;
  if flash.person_role() is not null and new.stage = 'closed' then
    raise exception 'illegal_transition' using errcode = 'PT409',
      detail = 'A deal cannot begin closed.';
  end if;
  if not new.probability_manual then
    new.probability := flash.default_probability(new.stage, new.outcome);
  end if;
  return new;
end
$$;

drop trigger if exists deals_10_arrive on public.deals;
create trigger deals_10_arrive before insert on public.deals
  for each row execute function flash.deal_arrives();

create or replace function flash.deal_changes() returns trigger
language plpgsql set search_path = '' as $$
declare
  quiet public.deals := new;
begin
  -- A new score of the lead must not make the version stale under somebody who edits the deal.
  quiet.lead_score := old.lead_score;
  quiet.version := old.version;
  quiet.updated_at := old.updated_at;
  new.version := old.version;
  new.updated_at := old.updated_at;
  if quiet is not distinct from old then
    return new;
  end if;
  new.version := old.version + 1;
  new.updated_at := flash.stamp();
  if (new.value, new.currency) is distinct from (old.value, old.currency)
     and new.rate_date = old.rate_date then
    new.rate_date := flash.today_in(new.territory_id);
  end if;
  if new.probability is distinct from old.probability
     and new.stage = old.stage and new.stage <> 'closed' then
    new.probability_manual := true;
  end if;
  return new;
end
$$;

drop trigger if exists deals_10_change on public.deals;
create trigger deals_10_change before update on public.deals
  for each row execute function flash.deal_changes();

create or replace function flash.deal_transition() returns trigger
language plpgsql set search_path = '' as $$
declare
  today date := flash.today_in(new.territory_id);
begin
  if old.stage = 'closed' and new.stage <> 'closed' then
    if flash.via() is distinct from 'import' and (
         new.stage <> 'negotiation'
         or coalesce(flash.person_role(), 'admin') not in ('manager', 'admin')
         or old.close_date < today - 90) then
      raise exception 'illegal_transition' using errcode = 'PT409',
        detail = 'A manager may reopen a deal into negotiation within 90 days.';
    end if;
    if flash.via() is distinct from 'import' and (coalesce(btrim(new.stage_reason), '') = ''
         or new.stage_reason is not distinct from old.stage_reason) then
      raise exception 'reason_required' using errcode = 'PT422',
        detail = 'To reopen a deal, say why in stage_reason.';
    end if;
    new.outcome := null;
    new.lost_reason := null;
    new.lost_note := null;
    new.close_date := null;
  elsif new.stage = 'closed' then
    if old.stage = 'closed' and flash.via() is distinct from 'import' then
      raise exception 'illegal_transition' using errcode = 'PT409',
        detail = 'A closed deal keeps its outcome; reopen it first.';
    end if;
    new.close_date := coalesce(new.close_date, today);
    if new.close_date > today then
      raise exception 'close_date_in_future' using errcode = 'PT422',
        detail = format('It is %s in the territory.', today);
    end if;
    if new.outcome = 'won' and coalesce(new.value, 0) <= 0 then
      raise exception 'value_required' using errcode = 'PT422',
        detail = 'A deal is won with a value above zero.';
    end if;
    if new.outcome is null or new.outcome = 'lost' and new.lost_reason is null then
      raise exception 'reason_required' using errcode = 'PT422',
        detail = 'A closed deal has an outcome, a lost one also a lost_reason.';
    end if;
  end if;
  if new.stage <> old.stage then
    new.stage_changed_at := flash.stamp();
    if new.stage_reason is not distinct from old.stage_reason then
      new.stage_reason := null;            -- the reason was for the move before
    end if;
    if new.stage = 'closed' or not old.probability_manual or old.stage = 'closed' then
      new.probability := flash.default_probability(new.stage, new.outcome);
      new.probability_manual := false;
    end if;
  end if;
  return new;
end
$$;

drop trigger if exists deals_20_transition on public.deals;
create trigger deals_20_transition before update on public.deals
  for each row when ((old.stage, old.outcome) is distinct from (new.stage, new.outcome))
  execute function flash.deal_transition();
