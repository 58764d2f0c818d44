-- Finding records by words: one inverted index a table, and a vocabulary in which typing errors are
-- repaired, because trigrams over every row cost 30 to 900 ms at a million leads and over the words
-- some 2 ms.
-- On a live system: building the two indexes blocks writers of their table, about 20 s at a million
-- rows, and the vocabulary reads the table once.
create schema if not exists extensions;
revoke all on schema extensions from public;

-- A word of a lead or deal that somebody may not see can be in here: nobody reads it but the search.
create table flash.search_words (
  word text collate "C" primary key check (length(word) between 3 and 60)
);
alter table flash.search_words enable row level security;

do $$
declare
  home text;
begin
  create extension if not exists pg_trgm with schema extensions;
  select n.nspname into strict home
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm';
  execute format('create index search_words_similar on flash.search_words
    using gin (word %I.gin_trgm_ops)', home);
end
$$;

-- What a lead is found by. A number is also found by its last seven digits.
create function flash.lead_words(p_business text, p_owner text, p_email text, p_phone text,
  p_address text, p_reference text)
returns text
language sql immutable parallel safe
return flash.fold(p_business || ' ' || p_owner || ' ' || coalesce(p_email, '') || ' '
  || coalesce(p_phone, '') || ' ' || coalesce(right(p_phone, 7), '') || ' '
  || coalesce(p_address, '') || ' ' || p_reference);

create index submissions_words on public.submissions using gin (
  to_tsvector('simple', flash.lead_words(business_name, owner_name, email, phone, address, reference)))
  where deleted_at is null;
create index deals_words on public.deals using gin (to_tsvector('simple', flash.fold(title)))
  where deleted_at is null;

insert into flash.search_words
select distinct w.word
from (select s.business_name || ' ' || s.owner_name || ' ' || coalesce(s.address, '') as text
      from public.submissions s union all select d.title from public.deals d) t
cross join lateral regexp_split_to_table(flash.fold(t.text), ' ') as w(word)
where length(w.word) between 3 and 60 and w.word !~ '^[0-9]+$';
