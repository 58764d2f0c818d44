-- Files of leads: what was sent, how its columns were read, what each row came to, and the way back.
-- On a live system: creates new tables only.
create table public.imports (
  id uuid primary key default flash.uuid7(),
  owner_id uuid not null references public.profiles (id) on delete cascade,
  created_at timestamptz not null default now(),
  file_name text not null check (length(file_name) between 1 and 200),
  bytes bigint not null check (bytes between 1 and 67108864),
  state text collate "C" not null default 'sending' check (state in
    ('sending', 'checking', 'checked', 'running', 'done', 'undoing', 'undone', 'cancelled', 'failed')),
  reason text check (length(reason) <= 400),          -- why it failed, in words
  encoding text check (length(encoding) <= 20),
  separator text check (length(separator) = 1),
  header text[] not null default '{}' check (cardinality(header) <= 200),
  sample jsonb not null default '[]' check (octet_length(sample::text) <= 262144),  -- first rows
  mapping jsonb not null default '{}' check (jsonb_typeof(mapping) = 'object' and octet_length(mapping::text) <= 16384),
  odd_bytes bigint not null default 0,                 -- that were of another encoding
  total int not null default 0,                       -- rows that were checked
  fresh int not null default 0,
  updates int not null default 0,
  duplicates int not null default 0,
  errors int not null default 0,
  written int not null default 0,
  refused int not null default 0,                      -- at writing or undoing, after the check
  progress smallint not null default 0 check (progress between 0 and 100),
  cancel_requested bool not null default false,
  finished_at timestamptz
);
create index imports_owner on public.imports (owner_id, created_at desc);

-- The bytes of a file, in pieces of at most a megabyte; thrown away when the import is over.
create table flash.import_parts (
  import_id uuid not null references public.imports (id) on delete cascade,
  part int not null check (part between 0 and 255),
  bytes bytea not null check (octet_length(bytes) between 1 and 1048576),
  primary key (import_id, part)
);

create table flash.import_rows (
  import_id uuid not null references public.imports (id) on delete cascade,
  line bigint not null,                                -- of the file
  verdict text collate "C" not null check (verdict in ('new', 'update', 'duplicate', 'error')),
  reason text check (length(reason) <= 1000),
  cells text[] not null,                               -- as they were, for the file of errors
  facts jsonb not null default '{}',
  email text collate "C" check (length(email) <= 254),
  phone text collate "C" check (length(phone) <= 20),  -- by which rows of one file are compared
  submission_id uuid,                                  -- written, or to be updated, or like it
  before jsonb, after jsonb,                           -- of an updated lead, the columns written
  state text collate "C" not null default 'waiting'
    check (state in ('waiting', 'written', 'refused', 'undone', 'kept')),
  primary key (import_id, line)
);
create index import_rows_email on flash.import_rows (import_id, email) where email is not null;
create index import_rows_phone on flash.import_rows (import_id, phone) where phone is not null;
create index import_rows_submission on flash.import_rows (submission_id) where submission_id is not null;

-- How a person read a file with these headings the last time.
create table flash.import_mappings (
  owner_id uuid not null references public.profiles (id) on delete cascade,
  headings text collate "C" not null check (length(headings) = 32),   -- md5
  mapping jsonb not null,
  used_at timestamptz not null default now(),
  primary key (owner_id, headings)
);

alter table public.imports enable row level security;
alter table flash.import_parts enable row level security;
alter table flash.import_rows enable row level security;
alter table flash.import_mappings enable row level security;
