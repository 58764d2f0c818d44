-- What a new lead no longer pays for, and the vocabulary of the search by territory.
-- On a live system: makes two indexes anew, during which nobody writes to their tables, and reads every
-- lead and deal once for the vocabulary, some 30 s at a million.

-- One index a table that begins with the territory is enough, when it holds deleted rows too: the
-- foreign key and the lists use the same.
drop index public.submissions_territory_fk;
drop index public.submissions_territory_new;
create index submissions_territory_new on public.submissions (territory_id, created_at desc, id desc);
drop index public.organizations_territory_fk;
drop index public.organizations_territory_id;
create index organizations_territory_id on public.organizations (territory_id, name_key);

-- Only the sweep asks when a key expires, and the rows lie in that order.
drop index flash.idempotency_keys_expires_at;
create index idempotency_keys_expires_at on flash.idempotency_keys using brin (expires_at);

-- Words wait here, a row a statement and territory, until the server's housework takes them
-- (database/programs/40_jobs/housework.sql): no lead waits for them.
create table flash.words_waiting (
  id bigint generated always as identity primary key,
  territory_id int not null,
  texts text[] not null
);
alter table flash.words_waiting enable row level security;

-- A typing error is repaired with words of leads and deals in territories that one may see. Without
-- a foreign key: the words of a territory that is gone are asked for by nobody.
drop table flash.search_words;
create table flash.search_words (
  territory_id int not null,
  word text collate "C" not null check (length(word) between 3 and 60),
  primary key (territory_id, word)
);
alter table flash.search_words enable row level security;

do $$
declare
  home text;
begin
  select n.nspname into strict home
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm';
  execute format('create index search_words_similar on flash.search_words
    using gin (word %I.gin_trgm_ops)', home);
end
$$;

insert into flash.search_words (territory_id, word)
select distinct t.territory_id, w.word
from (select s.territory_id,
        s.business_name || ' ' || s.owner_name || ' ' || coalesce(s.address, '') as text
      from public.submissions s
      union all select d.territory_id, d.title from public.deals d) t
cross join lateral regexp_split_to_table(flash.fold(t.text), ' ') as w(word)
where length(w.word) between 3 and 60 and w.word !~ '^[0-9]+$';

-- New rows wait in the list of the index; the housework puts them in their places before it is full,
-- so that no writer has to.
alter index public.submissions_words set (gin_pending_list_limit = 16384);
alter index public.deals_words set (gin_pending_list_limit = 16384);

-- Made anew with other parameters, or under another name.
drop function if exists flash.intake_write(jsonb), flash.intake_write_new(jsonb),
  flash.intake_write_late(jsonb), flash.intake_write_history(jsonb),
  flash.intake_write_release(jsonb), flash.intake_claim(jsonb), flash.similar_words(text),
  flash.mails_wait(text);
-- Their triggers, too: words wait now until the housework takes them.
drop function if exists flash.words_arrive(), flash.words_change() cascade;

-- For the sweep of what was sent long ago; the rows lie in that order.
create index outbox_created on flash.outbox using brin (created_at);
