-- What outside sources say of leads, kept beside what people typed; and who waits to be asked for.
-- On a live system: creates new tables only, and adds one of them to the publication.
create table public.lead_findings (
  submission_id uuid not null references public.submissions (id) on delete cascade,
  source text collate "C" not null check (source in ('phone', 'mail', 'places', 'company')),
  subject text not null check (length(subject) between 1 and 400),   -- what the source was asked for
  asked_at timestamptz not null,                       -- of the source, also when it came from the cache
  state text collate "C" not null check (state in ('found', 'nothing', 'failed')),
  reason text collate "C" check (length(reason) <= 60),
  -- [{name, value, sure, field}]: sure is a percentage, field names the column it may be taken into.
  facts jsonb not null default '[]'
    check (jsonb_typeof(facts) = 'array' and octet_length(facts::text) <= 16384),
  primary key (submission_id, source),
  constraint lead_findings_found check ((state = 'found') = (facts <> '[]')),
  constraint lead_findings_failed check (state <> 'failed' or reason is not null)
);

-- A fact that a person took into a field of the lead, and what stood there before.
create table public.taken_findings (
  submission_id uuid not null references public.submissions (id) on delete cascade,
  field text collate "C" not null check (length(field) between 1 and 60),
  source text collate "C" not null check (length(source) <= 20),
  name text collate "C" not null check (length(name) <= 60),
  taken_at timestamptz not null default now(),
  actor_id uuid references public.profiles (id) on delete set null,
  before jsonb not null check (octet_length(before::text) <= 4096),
  value jsonb not null check (octet_length(value::text) <= 4096),
  primary key (submission_id, field)
);
create index taken_findings_actor on public.taken_findings (actor_id) where actor_id is not null;

-- Which sources this installation asks; told by the server when it starts.
create table public.fact_sources (
  source text collate "C" primary key check (length(source) <= 20),
  place smallint not null,
  active bool not null,
  reason text collate "C" check (length(reason) <= 60),
  told_at timestamptz not null default now(),
  constraint fact_sources_off check (active = (reason is null))
);

-- New and changed leads, one row a statement: what a lead pays for being enriched.
create table flash.enrich_waiting (
  id bigint generated always as identity primary key,
  submission_ids uuid[] not null
);

create table flash.enrich_queue (
  submission_id uuid primary key references public.submissions (id) on delete cascade,
  queued_at timestamptz not null default clock_timestamp(),   -- tells a request from a later one
  run_at timestamptz not null default now(),
  attempts smallint not null default 0 check (attempts >= 0),
  fresh bool not null default false                   -- a person asked: past the cache
);
create index enrich_queue_run_at on flash.enrich_queue (run_at);

-- What was asked need not be asked again for seven days.
create table flash.source_answers (
  source text collate "C" not null check (length(source) <= 20),
  subject text collate "C" not null check (length(subject) <= 400),
  asked_at timestamptz not null,
  answer jsonb not null check (octet_length(answer::text) <= 32768),
  primary key (source, subject)
);
create index source_answers_asked_at on flash.source_answers using brin (asked_at);

alter table public.lead_findings enable row level security;
alter table public.taken_findings enable row level security;
alter table public.fact_sources enable row level security;
alter table flash.enrich_waiting enable row level security;
alter table flash.enrich_queue enable row level security;
alter table flash.source_answers enable row level security;

alter table public.lead_findings replica identity full;
alter publication supabase_realtime add table public.lead_findings;
