-- Rows that repeat a lead's (or a deal's) territory, owner and deletion follow it. The triggers are
-- at the end.
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

create or replace function flash.submission_scored() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.deals d set lead_score = new.lead_score
  where d.submission_id = new.id and d.stage <> 'closed'
    and d.lead_score is distinct from new.lead_score;
  return null;
end
$$;

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

-- A move fires when one of the three changes; other updates do not reach it. Intake writes a lead
-- and what belongs to it in one statement each and names their place itself: looking it up row by
-- row cost 0.02 ms a lead.
do $$
declare
  t record;
begin
  for t in select * from (values
      ('submissions_50_moved', 'after update', 'submissions', 'submission_moved',
        '(old.territory_id, old.owner_id, old.deleted_at)
          is distinct from (new.territory_id, new.owner_id, new.deleted_at)'),
      ('submissions_50_scored', 'after update', 'submissions', 'submission_scored',
        'old.lead_score is distinct from new.lead_score'),
      ('deals_50_moved', 'after update', 'deals', 'deal_moved',
        '(old.territory_id, old.owner_id, old.deleted_at)
          is distinct from (new.territory_id, new.owner_id, new.deleted_at)'),
      ('assignments_10_copy', 'before insert', 'assignments', 'copy_from_submission',
        'not flash.by_intake()'),
      ('score_history_10_copy', 'before insert', 'score_history', 'copy_from_submission',
        'not flash.by_intake()')) as v(name, event, on_table, function, condition) loop
    execute format('drop trigger if exists %I on public.%I', t.name, t.on_table);
    execute format('create trigger %I %s on public.%I for each row when (%s)
      execute function flash.%I()', t.name, t.event, t.on_table, t.condition, t.function);
  end loop;
end
$$;
