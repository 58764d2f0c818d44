-- Indexes of the board: a column's best leads first, and the next open task of a lead.
-- On a live system: each blocks writers of its table while it is built, seconds at a million rows.
create index deals_stage_score on public.deals
  (stage, lead_score desc nulls last, id desc) include (territory_id, owner_id)
  where deleted_at is null;
create index activities_open_tasks on public.activities (submission_id, due_at, id)
  where kind = 'task' and completed_at is null and deleted_at is null;
