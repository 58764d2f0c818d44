-- The rules that decisions were made by, once: thousands of decisions have the same.
-- On a live system: a new table, and a column without default (no rewrite, but one look at every row).
create table flash.rule_sets (
  id text collate "C" primary key check (id ~ '^[0-9a-f]{32}$'),  -- MD5 of the text of `rules`
  rules jsonb not null check (jsonb_typeof(rules) = 'array')
);
alter table flash.rule_sets enable row level security;
-- Without a foreign key, which every new lead would pay for; nobody deletes a set.
alter table public.assignments add column rule_set text collate "C" check (length(rule_set) = 32);
