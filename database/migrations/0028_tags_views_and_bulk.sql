-- Tags of leads, saved views of lists, and what a change of many leads may take back.
-- On a live system: the new column is a constant and rewrites nothing; the index blocks writers of
-- submissions for seconds at a million rows; the rest is new.
create function flash.are_tags(p_tags text[]) returns bool
language sql immutable parallel safe
return cardinality(p_tags) <= 12 and coalesce((
  select bool_and(t is not null and length(t) between 1 and 40 and t = btrim(t) and t !~ '[[:cntrl:]]')
  from unnest(p_tags) as t), true);

-- A function of the whole row would refuse the new column; the programs, which run after this, have
-- one of three columns in its place.
drop function if exists flash.counts_as_lead(public.submissions);
alter table public.submissions
  add column tags text[] not null default '{}' check (flash.are_tags(tags));
create index submissions_tagged on public.submissions
  (territory_id, created_at desc, id desc) where deleted_at is null and tags <> '{}';

-- A list as somebody wants it: its filters and order as the address has them, its columns.
-- With a territory it is shared with everybody who works there or below.
create table public.saved_views (
  id uuid primary key default flash.uuid7(),
  owner_id uuid not null references public.profiles (id) on delete cascade,
  territory_id int references public.territories (id),
  screen text collate "C" not null default 'leads' check (screen in ('leads', 'deals')),
  name text not null check (length(btrim(name)) between 1 and 60),
  query text not null default '' check (length(query) <= 1000),
  columns jsonb not null default '[]'
    check (jsonb_typeof(columns) = 'array' and octet_length(columns::text) <= 4096),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index saved_views_owner on public.saved_views (owner_id, screen, created_at);
create index saved_views_territory on public.saved_views (territory_id, screen)
  where territory_id is not null;

-- What a person does with views, his own and others': keeps them in the sidebar, opens a list with one.
create table public.saved_view_marks (
  user_id uuid not null references public.profiles (id) on delete cascade,
  view_id uuid not null references public.saved_views (id) on delete cascade,
  pinned bool not null default false,
  is_default bool not null default false,
  primary key (user_id, view_id)
);
create index saved_view_marks_view on public.saved_view_marks (view_id);

-- A lead as it was before a change of many; `change_id` is the client's name for the whole change.
create table public.bulk_items (
  change_id uuid not null,
  submission_id uuid not null references public.submissions (id) on delete cascade,
  actor_id uuid not null references public.profiles (id) on delete cascade,
  action text collate "C" not null check (action in ('status', 'assign', 'tag', 'untag')),
  before jsonb not null check (jsonb_typeof(before) = 'object'),
  version int not null,                       -- of the lead after the change
  created_at timestamptz not null default now(),
  undone_at timestamptz,
  primary key (change_id, submission_id)
);
create index bulk_items_submission on public.bulk_items (submission_id);
create index bulk_items_actor on public.bulk_items (actor_id, created_at);

alter table public.saved_views enable row level security;
alter table public.saved_view_marks enable row level security;
alter table public.bulk_items enable row level security;
