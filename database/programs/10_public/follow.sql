-- Rows that repeat a lead's (or a deal's) territory, owner and deletion follow it. Fires when
-- one of the three changes; other updates do not reach it.
create or replace function flash.submission_moved() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.activities a
  set territory_id = new.territory_id, owner_id = new.owner_id, deleted_at = new.deleted_at
  where a.submission_id = new.id and a.deal_id is null;
  update public.assignments a
  set territory_id = new.territory_id, owner_id = new.owner_id, deleted_at = new.deleted_at
  where a.submission_id = new.id;
  update public.score_history h
  set territory_id = new.territory_id, owner_id = new.owner_id, deleted_at = new.deleted_at
  where h.submission_id = new.id;
  -- A deal moves with its lead, changes hands with it while open, and is deleted and restored
  -- with it: the same instant marks what went together.
  update public.deals d
  set territory_id = new.territory_id,
      owner_id = case when new.owner_id is distinct from old.owner_id
        and d.owner_id is not distinct from old.owner_id and d.stage <> 'closed'
        then new.owner_id else d.owner_id end,
      deleted_at = case when d.deleted_at is not distinct from old.deleted_at
        then new.deleted_at else d.deleted_at end
  where d.submission_id = new.id;
  if new.territory_id <> old.territory_id then
    -- The person and the business go along unless another lead keeps them there.
    update public.contacts c set territory_id = new.territory_id
    where c.id = new.contact_id and c.territory_id = old.territory_id and not exists (
      select from public.submissions s
      where s.contact_id = c.id and s.territory_id = old.territory_id and s.deleted_at is null);
    update public.organizations o set territory_id = new.territory_id
    where o.id = new.organization_id and o.territory_id = old.territory_id and not exists (
      select from public.submissions s
      where s.organization_id = o.id and s.territory_id = old.territory_id
        and s.deleted_at is null);
  end if;
  return null;
end
$$;

drop trigger if exists submissions_50_moved on public.submissions;
create trigger submissions_50_moved after update on public.submissions
  for each row when ((old.territory_id, old.owner_id, old.deleted_at)
    is distinct from (new.territory_id, new.owner_id, new.deleted_at))
  execute function flash.submission_moved();

create or replace function flash.submission_scored() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.deals d set lead_score = new.lead_score
  where d.submission_id = new.id and d.stage <> 'closed'
    and d.lead_score is distinct from new.lead_score;
  return null;
end
$$;

drop trigger if exists submissions_50_scored on public.submissions;
create trigger submissions_50_scored after update on public.submissions
  for each row when (old.lead_score is distinct from new.lead_score)
  execute function flash.submission_scored();

create or replace function flash.deal_moved() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.deal_stage_history h
  set territory_id = new.territory_id, owner_id = new.owner_id, deleted_at = new.deleted_at
  where h.deal_id = new.id;
  update public.activities a
  set territory_id = new.territory_id, owner_id = new.owner_id, deleted_at = new.deleted_at
  where a.deal_id = new.id;
  return null;
end
$$;

drop trigger if exists deals_50_moved on public.deals;
create trigger deals_50_moved after update on public.deals
  for each row when ((old.territory_id, old.owner_id, old.deleted_at)
    is distinct from (new.territory_id, new.owner_id, new.deleted_at))
  execute function flash.deal_moved();

-- Assignments and scores copy the three when they are written; whatever the writer said.
create or replace function flash.copy_from_submission() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  select s.territory_id, s.owner_id, s.deleted_at
  into strict new.territory_id, new.owner_id, new.deleted_at
  from public.submissions s where s.id = new.submission_id;
  return new;
exception when no_data_found then
  raise exception 'no such lead' using errcode = '23503';
end
$$;

drop trigger if exists assignments_10_copy on public.assignments;
create trigger assignments_10_copy before insert on public.assignments
  for each row execute function flash.copy_from_submission();
drop trigger if exists score_history_10_copy on public.score_history;
create trigger score_history_10_copy before insert on public.score_history
  for each row execute function flash.copy_from_submission();
