-- Indexes behind the lead lists, duplicates and foreign keys.
-- On a live system: the tables are empty when this runs first; later ones use `concurrently`
-- outside a migration.
-- List indexes begin with what the policy fixes and end with the keyset (sort, id). They carry what
-- the policy of a rep asks (owner_id), so that counts by status need no row.
create index submissions_territory_new on public.submissions
  (territory_id, created_at desc, id desc) where deleted_at is null;
create index submissions_new on public.submissions
  (created_at desc, id desc, territory_id) where deleted_at is null;
create index submissions_territory_status on public.submissions
  (territory_id, status, created_at desc, id desc) include (interest_level, lead_score, owner_id)
  where deleted_at is null;
create index submissions_status_new on public.submissions
  (status, created_at desc, id desc) include (territory_id, interest_level, lead_score, owner_id)
  where deleted_at is null;
create index submissions_territory_score on public.submissions
  (territory_id, lead_score desc nulls last, id desc) where deleted_at is null;
create index submissions_score on public.submissions
  (lead_score desc nulls last, id desc, territory_id) where deleted_at is null;
-- All rows, also deleted ones: it serves the owner arm of the policy and the foreign key.
create index submissions_owner on public.submissions (owner_id, status, created_at desc)
  where owner_id is not null;

-- Duplicates at intake: same address, same number, same business in a country.
create index submissions_email on public.submissions (lower(email), created_at desc)
  where email is not null;
create index submissions_business_key on public.submissions (business_key, country);
create index submission_phones_number on public.submission_phones (number, submission_id);
create index submissions_phone on public.submissions (phone) where phone is not null;

-- Waiting for the pipeline, and for the nurture timer.
create index submissions_unprocessed on public.submissions (created_at)
  where processed_at is null;
create index submissions_next_contact on public.submissions (next_contact_at)
  where status = 'nurture' and deleted_at is null;

-- Foreign keys. A partial index does not serve a check unless its condition is implied by it.
create index submissions_territory_fk on public.submissions (territory_id);
create index submissions_sub_area_fk on public.submissions (sub_area_id)
  where sub_area_id is not null;
create index submissions_duplicate_of_fk on public.submissions (duplicate_of)
  where duplicate_of is not null;
create index submissions_previous_fk on public.submissions (previous_id)
  where previous_id is not null;
create index submissions_contact_fk on public.submissions (contact_id)
  where contact_id is not null;
create index submissions_organization_fk on public.submissions (organization_id)
  where organization_id is not null;
