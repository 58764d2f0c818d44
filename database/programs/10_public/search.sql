-- Finding leads, deals and people by words: the beginning of a word is enough, accents and case do
-- not count, and a word that no record of the caller's territories has is repaired with the nearest
-- that some have.
-- Called by the command palette and the search box of the lists through rpc.
-- The search itself is SECURITY DEFINER, since no text operator is leakproof and under row security
-- each row would be asked before the index; what it finds is then read with the caller's own rights.

-- New words of what was written wait for the housework, a row a territory and statement.
create or replace function flash.words_arrive() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_table_name = 'deals' then
    insert into flash.words_waiting (territory_id, texts)
    select n.territory_id, array_agg(distinct n.title) from new_rows n group by n.territory_id;
  else
    insert into flash.words_waiting (territory_id, texts)
    select n.territory_id, array_agg(concat_ws(' ', n.business_name, n.owner_name, n.address))
    from new_rows n group by n.territory_id;
  end if;
  return null;
end
$$;

-- What was renamed, or has moved to another territory, brings words too.
create or replace function flash.words_change() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into flash.words_waiting (territory_id, texts)
  select new.territory_id, array[case tg_table_name when 'deals' then to_jsonb(new) ->> 'title'
    else concat_ws(' ', to_jsonb(new) ->> 'business_name', to_jsonb(new) ->> 'owner_name',
      to_jsonb(new) ->> 'address') end];
  return null;
end
$$;

do $$
declare
  t text;
  home text;
begin
  foreach t in array array['submissions', 'deals'] loop
    execute format('create or replace trigger %1$s_80_words after insert on public.%1$s
      referencing new table as new_rows for each statement
      execute function flash.words_arrive()', t);
  end loop;
  create or replace trigger submissions_80_words_changed
    after update of business_name, owner_name, address, territory_id on public.submissions
    for each row when ((old.business_name, old.owner_name, old.address, old.territory_id)
      is distinct from (new.business_name, new.owner_name, new.address, new.territory_id))
    execute function flash.words_change();
  create or replace trigger deals_80_words_changed
    after update of title, territory_id on public.deals
    for each row when ((old.title, old.territory_id) is distinct from (new.title, new.territory_id))
    execute function flash.words_change();

  -- The nearest words, where pg_trgm lives: a database may have had it before Flash came.
  select n.nspname into strict home
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm';
  execute format($f$
    create or replace function flash.similar_words(p_word text, p_territories int[])
    returns setof text
    language sql stable security definer set search_path = '' as $body$
      select k.word from flash.search_words k
      where k.word operator(%1$I.%%) p_word and k.territory_id = any (p_territories)
      group by k.word
      order by %1$I.similarity(k.word, p_word) desc, k.word limit 6
    $body$ $f$, home);
end
$$;

-- Takes what waits into the vocabulary, p_limit rows at most; in order, so that two who write cannot
-- wait for each other in a ring. Returns how many were taken.
create or replace function flash.words_learn(p_limit int) returns bigint
language sql volatile security definer set search_path = '' as $$
  with taken as (
    delete from flash.words_waiting w
    where w.id = any (array(select x.id from flash.words_waiting x order by x.id limit p_limit
                            for update skip locked))
    returning w.territory_id, w.texts),
  learned as (
    insert into flash.search_words (territory_id, word)
    select distinct t.territory_id, w.word
    from taken t cross join lateral unnest(t.texts) as x(text)
    cross join lateral regexp_split_to_table(flash.fold(x.text), ' ') as w(word)
    where length(w.word) between 3 and 60 and w.word !~ '^[0-9]+$'
      and not exists (select from flash.search_words k
                      where (k.territory_id, k.word) = (t.territory_id, w.word))
    order by 1, 2
    on conflict do nothing)
  select count(*) from taken
$$;

-- What was typed as a query: every word must be there, at the beginning of one. Eight words at most.
-- A word that the caller's territories do not have is repaired with words that they have: what others
-- have must not be told by what is repaired and what is not.
create or replace function flash.search_query(p_typed text) returns tsquery
language plpgsql stable security definer set search_path = '' as $$
declare
  mine constant int[] := (
    select case when a.role = 'admin' then array(select t.id from public.territories t)
      else a.territory_ids end
    from flash.my_access() a);
  term text;
  choices text[];
  parts text[] := '{}';
begin
  foreach term in array
      (regexp_split_to_array(coalesce(flash.fold(left(p_typed, 120)), ''), ' '))[1:8] loop
    continue when length(term) < 2;
    term := left(term, 60);
    choices := array[quote_literal(term) || ':*'];
    if length(term) >= 4 and term !~ '[0-9]' and not exists (
        select from unnest(mine) t(id) cross join lateral (
          select from flash.search_words k
          where k.territory_id = t.id and k.word ^@ term limit 1) k) then
      choices := choices || array(select quote_literal(w) from flash.similar_words(term, mine) w);
    end if;
    parts := parts || ('(' || array_to_string(choices, ' | ') || ')');
  end loop;
  return case when parts <> '{}' then to_tsquery('simple', array_to_string(parts, ' & ')) end;
end
$$;

-- The newest p_limit leads that match, among at most 4,000 looked at: as row security would show
-- them (database/programs/90_access/10_records.sql), said once more because it does not apply here.
create or replace function flash.found_leads(p_query tsquery, p_limit int) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select f.id from (
    select s.id, s.created_at
    from public.submissions s,
      (select a.profile_id, a.role, a.territory_ids from flash.my_access() a) me
    where to_tsvector('simple', flash.lead_words(s.business_name, s.owner_name, s.email, s.phone,
        s.address, s.reference)) @@ p_query
      and s.deleted_at is null
      and (me.role = 'admin' or s.territory_id = any (me.territory_ids)
           or me.role = 'rep' and s.owner_id = me.profile_id)
    limit 4000) f
  order by f.created_at desc limit p_limit
$$;

create or replace function flash.found_deals(p_query tsquery, p_limit int) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select f.id from (
    select d.id, d.created_at
    from public.deals d,
      (select a.profile_id, a.role, a.territory_ids from flash.my_access() a) me
    where to_tsvector('simple', flash.fold(d.title)) @@ p_query and d.deleted_at is null
      and (me.role = 'admin' or d.territory_id = any (me.territory_ids)
           or me.role in ('rep', 'manager') and d.owner_id = me.profile_id)
    limit 4000) f
  order by f.created_at desc limit p_limit
$$;

-- kind: 'lead', 'deal' or 'person'. `detail` is what else was found of it: the contact of a lead,
-- the lead of a deal, the address of a person. At most p_limit of each kind, the best first: those
-- whose name begins with what was typed, then open ones, then the score.
create or replace function public.search_records(p_query text, p_limit int default 6)
returns table (kind text, id uuid, lead_id uuid, title text, detail text, state text,
  score smallint, territory_id int, owner_id uuid)
language plpgsql stable security invoker set search_path = '' as $$
declare
  most constant int := least(greatest(coalesce(p_limit, 6), 1), 50);
  folded constant text := flash.fold(left(p_query, 120));
  asked constant tsquery := flash.search_query(p_query);
begin
  if asked is null then
    return;
  end if;
  return query
  (select 'lead', s.id, s.id, s.business_name, s.owner_name, s.status::text, s.lead_score,
     s.territory_id, s.owner_id
   from public.submissions s
   where s.id = any (array(select flash.found_leads(asked, 200)))
   order by flash.fold(s.business_name) ^@ folded desc,
     s.status in ('new', 'contacted', 'qualified', 'nurture') desc,
     s.lead_score desc nulls last, s.id desc
   limit most)
  union all
  (select 'deal', d.id, d.submission_id, d.title, l.business_name,
     coalesce(d.outcome, d.stage::text), d.lead_score, d.territory_id, d.owner_id
   from public.deals d left join public.submissions l on l.id = d.submission_id
   where d.id = any (array(select flash.found_deals(asked, 200)))
   order by flash.fold(d.title) ^@ folded desc, d.stage <> 'closed' desc,
     d.lead_score desc nulls last, d.id desc
   limit most)
  union all
  (select 'person', p.id, null::uuid, p.full_name, p.email, p.role::text, null::smallint, null::int,
     p.id
   from public.profiles p
   where p.active and to_tsvector('simple', flash.fold(p.full_name || ' ' || p.email)) @@ asked
   order by p.full_name limit most);
end
$$;

revoke execute on function flash.similar_words(text, int[]), flash.words_learn(int), flash.search_query(text),
  flash.found_leads(tsquery, int), flash.found_deals(tsquery, int),
  public.search_records(text, int) from public;
grant execute on function flash.search_query(text), flash.found_leads(tsquery, int),
  flash.found_deals(tsquery, int), public.search_records(text, int)
  to flash_rep, flash_manager, flash_viewer, flash_admin;
grant execute on function flash.lead_words(text, text, text, text, text, text)
  to authenticated, service_role, flash_worker;
