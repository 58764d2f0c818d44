-- Indexes that every new lead pays for and no query reads: the primary number is looked up in
-- submission_phones, and rows without an author, an owner or an owner before are never looked up by
-- that. A foreign key is served by the rest.
-- On a live system: each index is made anew under a lock that writers of its table wait for, seconds
-- at a million rows.
drop index public.submissions_phone;

drop index public.activities_actor;
create index activities_actor on public.activities (actor_id, created_at desc)
  where actor_id is not null;
drop index public.assignments_profile;
create index assignments_profile on public.assignments (profile_id, created_at desc)
  where profile_id is not null;
drop index public.assignments_previous_profile_fk;
create index assignments_previous_profile_fk on public.assignments (previous_profile_id)
  where previous_profile_id is not null;
drop index public.assignments_actor_fk;
create index assignments_actor_fk on public.assignments (actor_id) where actor_id is not null;
drop index public.deal_stage_history_actor;
create index deal_stage_history_actor on public.deal_stage_history (actor_id)
  where actor_id is not null;
