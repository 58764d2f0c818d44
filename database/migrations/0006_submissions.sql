-- Leads: one expression of interest by a merchant each.
-- On a live system: creates new tables only.
-- fillfactor 90 keeps updates of unindexed columns on their page (97.6 % HOT was measured); the
-- autovacuum factors keep the visibility map fresh, without which counts get ten times slower.
create table public.submissions (
  id uuid primary key default flash.uuid7(),
  reference text collate "C" not null unique default flash.new_reference()
    check (reference ~ '^FL-[0-9A-Z]{6,8}$'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  last_activity_at timestamptz,
  territory_id int not null references public.territories (id),  -- the root is "Unrouted"
  owner_id uuid references public.profiles (id),                 -- null: in the queue
  version int not null default 1,

  status flash.submission_status not null default 'new',
  status_reason text check (length(status_reason) <= 200),
  status_changed_at timestamptz not null default now(),
  previous_status flash.submission_status,
  next_contact_at timestamptz,             -- set while nurtured
  first_response_due_at timestamptz,       -- end of the working time the band allows
  first_response_at timestamptz,           -- first completed contact by a person

  lead_score smallint check (lead_score between 0 and 100),
  basic_score smallint check (basic_score between 0 and 100),
  score_band text collate "C" check (score_band in ('hot', 'warm', 'cool', 'cold')),
  score_model text collate "C" check (length(score_model) <= 40),
  score_factors jsonb check (jsonb_typeof(score_factors) = 'array'),
  score_adjustment smallint check (score_adjustment between -100 and 100),
  completeness real check (completeness between 0 and 1),
  confidence real check (confidence between 0 and 1),
  scored_at timestamptz,

  business_name text not null check (length(btrim(business_name)) between 2 and 120),
  business_key text collate "C" not null                        -- flash.business_key, by trigger
    check (length(business_key) between 1 and 240),
  owner_name text not null check (length(btrim(owner_name)) between 2 and 120),
  email text collate "C" check (length(email) between 3 and 254),
  phone flash.phone,                       -- the primary number; all are in submission_phones
  country char(2) not null check (country ~ '^[A-Z]{2}$'),
  sub_area_id int references public.territories (id),
  postal_code text check (length(postal_code) <= 20),
  address text check (length(address) <= 300),
  business_type flash.business_type not null,
  monthly_revenue_band text collate "C"
    check (monthly_revenue_band in ('0-10k', '10k-50k', '50k-100k', '100k-250k', '250k+')),
  employee_band text collate "C"
    check (employee_band in ('1-5', '6-20', '21-50', '51-100', '100+')),
  monthly_transactions int check (monthly_transactions between 0 and 10000000),
  average_ticket numeric(18, 2) check (average_ticket >= 0),
  currency flash.currency,
  year_established int check (year_established between 1800 and 2200),
  pain_points text[] not null default '{}'
    check (pain_points <@ '{high_fees,slow_processing,international_payments,poor_support,'
      'security_concerns,reporting,integration,equipment}'),
  current_processor text check (length(current_processor) <= 80),
  interest_level smallint not null check (interest_level between 1 and 10),
  decision_makers text[] not null default '{}' check (cardinality(decision_makers) <= 10),
  specific_needs text check (length(specific_needs) <= 2000),
  package_seen bool not null default false,
  signed_up bool not null default false,
  preferred_language flash.language,
  consent_contact bool not null default false,
  consent_at timestamptz,
  consent_version text check (length(consent_version) <= 40),
  consent_marketing bool not null default false,
  stated_value numeric(18, 2) check (stated_value >= 0),
  form_data jsonb not null default '{}'
    check (jsonb_typeof(form_data) = 'object' and octet_length(form_data::text) <= 16384),

  channel text collate "C" not null default 'sql'
    check (channel in ('public_form', 'rep_form', 'import', 'api', 'sql')),
  duplicate_of uuid references public.submissions (id),
  previous_id uuid references public.submissions (id),
  previous_customer bool not null default false,
  flags text[] not null default '{}' check (cardinality(flags) <= 16),
  territory_source text collate "C"
    check (territory_source in ('stated', 'postal_code', 'phone', 'address', 'none', 'manual')),
  territory_confidence real check (territory_confidence between 0 and 1),
  contact_id uuid references public.contacts (id),
  organization_id uuid references public.organizations (id),
  processed_at timestamptz,                -- null: the pipeline has not seen it

  constraint submissions_reachable check (email is not null or phone is not null),
  constraint submissions_scored check (
    (lead_score is null) = (scored_at is null) and (lead_score is null) = (score_band is null)),
  constraint submissions_band check (
    score_band is null or score_band = case when lead_score >= 80 then 'hot'
      when lead_score >= 60 then 'warm' when lead_score >= 40 then 'cool' else 'cold' end),
  constraint submissions_disqualified_reason check (
    status <> 'disqualified' or (status_reason is not null and status_reason ~
      '^(no_need|no_budget|wrong_territory|unreachable|competitor|duplicate|spam|deal_lost|'
      'other: .+)$')),
  constraint submissions_consent check (not consent_contact or consent_at is not null),
  constraint submissions_duplicate check (duplicate_of is distinct from id)
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02,
        autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table public.submissions alter column territory_id set statistics 300;

create table public.submission_phones (
  submission_id uuid not null references public.submissions (id) on delete cascade,
  number flash.phone not null,
  label text collate "C" not null default 'mobile'
    check (label in ('mobile', 'work', 'home', 'whatsapp', 'other')),
  is_primary bool not null default false,
  primary key (submission_id, number)
);
create unique index submission_phones_one_primary on public.submission_phones (submission_id)
  where is_primary;

alter table public.submissions enable row level security;
alter table public.submission_phones enable row level security;
