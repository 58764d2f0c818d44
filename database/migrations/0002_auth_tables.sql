-- People who can sign in, with the column names of Supabase's auth schema.
-- On a live system: creates new tables only.
create table auth.users (
  instance_id uuid,
  id uuid primary key default flash.uuid7(),
  aud text not null default 'authenticated' check (length(aud) <= 255),
  role text not null default 'authenticated' check (length(role) <= 255),
  email text check (length(email) between 3 and 254 and email = lower(email)),
  encrypted_password text check (length(encrypted_password) <= 512),
  email_confirmed_at timestamptz,
  invited_at timestamptz,
  confirmation_token text not null default '' check (length(confirmation_token) <= 255),
  confirmation_sent_at timestamptz,
  recovery_token text not null default '' check (length(recovery_token) <= 255),
  recovery_sent_at timestamptz,
  email_change_token_new text not null default '' check (length(email_change_token_new) <= 255),
  email_change text not null default '' check (length(email_change) <= 254),
  email_change_sent_at timestamptz,
  email_change_token_current text not null default ''
    check (length(email_change_token_current) <= 255),
  email_change_confirm_status smallint not null default 0
    check (email_change_confirm_status between 0 and 2),
  last_sign_in_at timestamptz,
  raw_app_meta_data jsonb not null default '{}' check (jsonb_typeof(raw_app_meta_data) = 'object'),
  raw_user_meta_data jsonb not null default '{}'
    check (jsonb_typeof(raw_user_meta_data) = 'object'),
  is_super_admin bool,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  phone text check (length(phone) <= 32),
  phone_confirmed_at timestamptz,
  phone_change text not null default '' check (length(phone_change) <= 32),
  phone_change_token text not null default '' check (length(phone_change_token) <= 255),
  phone_change_sent_at timestamptz,
  confirmed_at timestamptz
    generated always as (least(email_confirmed_at, phone_confirmed_at)) stored,
  banned_until timestamptz,
  reauthentication_token text not null default '' check (length(reauthentication_token) <= 255),
  reauthentication_sent_at timestamptz,
  is_sso_user bool not null default false,
  is_anonymous bool not null default false,
  deleted_at timestamptz
);
-- One account an address; single sign-on accounts may repeat one, as in Supabase.
create unique index users_email_key on auth.users (email) where not is_sso_user;
create unique index users_phone_key on auth.users (phone);

create table auth.identities (
  id uuid primary key default flash.uuid7(),
  provider_id text not null check (length(provider_id) <= 255),
  provider text not null check (length(provider) <= 64),
  user_id uuid not null references auth.users (id) on delete cascade,
  identity_data jsonb not null check (jsonb_typeof(identity_data) = 'object'),
  email text generated always as (lower(identity_data ->> 'email')) stored,
  last_sign_in_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, provider)
);
create index identities_user_id on auth.identities (user_id);
create index identities_email on auth.identities (email);

create table auth.sessions (
  id uuid primary key default flash.uuid7(),
  user_id uuid not null references auth.users (id) on delete cascade,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  factor_id uuid,
  aal text not null default 'aal1' check (aal in ('aal1', 'aal2', 'aal3')),
  not_after timestamptz,
  refreshed_at timestamptz,
  user_agent text check (length(user_agent) <= 1024),
  ip inet,
  tag text check (length(tag) <= 255)
);
create index sessions_user_id on auth.sessions (user_id, created_at);
create index sessions_not_after on auth.sessions (not_after) where not_after is not null;

create table auth.refresh_tokens (
  instance_id uuid,
  id bigint generated always as identity primary key,
  token text not null unique check (length(token) <= 255),
  user_id uuid not null references auth.users (id) on delete cascade,
  session_id uuid not null references auth.sessions (id) on delete cascade,
  parent text check (length(parent) <= 255),
  revoked bool not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index refresh_tokens_session_id on auth.refresh_tokens (session_id, revoked);
create index refresh_tokens_user_id on auth.refresh_tokens (user_id);
create index refresh_tokens_parent on auth.refresh_tokens (parent) where parent is not null;

alter table auth.users enable row level security;
alter table auth.identities enable row level security;
alter table auth.sessions enable row level security;
alter table auth.refresh_tokens enable row level security;
