-- Indexes behind the board, time lines, feeds, notifications and foreign keys.
-- On a live system: the tables are empty when this runs first.
create index deals_board on public.deals (territory_id, stage, stage_changed_at desc, id desc)
  include (value, owner_id) where deleted_at is null;
create index deals_stage on public.deals (stage, stage_changed_at desc, id desc)
  include (value, territory_id, owner_id) where deleted_at is null;
create index deals_owner on public.deals (owner_id, stage, stage_changed_at desc, id desc)
  include (value, territory_id) where owner_id is not null;
create index deals_new on public.deals (created_at desc, id desc)
  include (territory_id, owner_id) where deleted_at is null;
create index deals_won on public.deals (close_date, territory_id) include (value)
  where outcome = 'won' and deleted_at is null;
-- A lead has one open deal at most; several closed ones may lie behind it.
create unique index deals_one_open on public.deals (submission_id)
  where deleted_at is null and stage <> 'closed';
create index deals_submission_fk on public.deals (submission_id);
create index deals_territory_fk on public.deals (territory_id);
create index deals_organization_fk on public.deals (organization_id);
create index deals_contact_fk on public.deals (contact_id);

create index deal_stage_history_deal on public.deal_stage_history (deal_id, changed_at desc);
create index deal_stage_history_actor on public.deal_stage_history (actor_id);

create index activities_submission on public.activities
  (submission_id, created_at desc, id desc);
create index activities_deal on public.activities (deal_id, created_at desc)
  where deal_id is not null;
create index activities_territory on public.activities
  (territory_id, created_at desc, id desc);
create index activities_new on public.activities (created_at desc, id desc)
  include (territory_id, owner_id) where deleted_at is null;
create index activities_owner on public.activities (owner_id, created_at desc)
  where owner_id is not null;
create index activities_actor on public.activities (actor_id, created_at desc);

create index assignments_submission on public.assignments (submission_id, created_at desc);
create index assignments_profile on public.assignments (profile_id, created_at desc);
create index assignments_previous_profile_fk on public.assignments (previous_profile_id);
create index assignments_actor_fk on public.assignments (actor_id);

create index score_history_submission on public.score_history (submission_id, created_at desc);

create index notifications_user on public.notifications (user_id, created_at desc, id desc);
create index notifications_unread on public.notifications (user_id, created_at desc)
  where read_at is null;
create index notifications_entity on public.notifications (entity_id)
  where entity_id is not null;
