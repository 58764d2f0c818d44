-- Search: what finds a record, and who finds which.
begin;
\ir kit/people.sql

create temp table made on commit drop as
select pg_temp.lead('Café Papine Hardware Ltd', 'JM-01', 'rep') as own,
  pg_temp.lead('Papine Jerk Centre', 'JM-01', 'colleague') as colleague,
  pg_temp.lead('Papine of George Town', 'KY-GT') as cayman,
  pg_temp.lead('Papine Surf School', 'KY-GT', 'rep') as elsewhere,
  pg_temp.lead('Papine Gone', 'JM-01', 'rep') as gone;
update public.submissions s set deleted_at = now() from made where s.id = made.gone;
update public.submissions s set phone = '+18765550142', address = '7 Hagley Park Road'
from made where s.id = made.own;
insert into public.deals (submission_id, territory_id, owner_id, title)
select own, pg_temp.place('JM-01'), pg_temp.person('rep'), 'Papine terminals' from made;
select flash.words_learn(500);

create function pg_temp.found(p_name text, p_typed text) returns text language sql as $$
  select pg_temp.ask(p_name, format(
    'select string_agg(kind || '' '' || title, '', '' order by kind, title)
     from public.search_records(%L)', p_typed))
$$;

-- Accents, case, the beginning of words, any order, and typing errors.
select pg_temp.is(pg_temp.found('rep', typed), 'lead Café Papine Hardware Ltd', typed)
from unnest(array['cafe', 'CAFÉ hard', 'hardwre', 'hardwear papine', 'hagley', '5550142',
  '+18765550142', 'cafepapine hardware']) with ordinality as t(typed, n) where n < 8;
select pg_temp.is(pg_temp.found('rep', 'Café x'), 'lead Café Papine Hardware Ltd',
  'a letter alone is still being typed');
select pg_temp.is(pg_temp.found('rep', 'xyzzy'), null, 'no word is near it');
select pg_temp.is(pg_temp.found('rep', typed), null, coalesce(typed, 'null'))
from unnest(array['', '%', '''', '&|!()', ':*', '\', 'a', null, repeat('é', 5000)]) t(typed);
select pg_temp.is(pg_temp.found('rep', 'pap'' | ''x:* & <->'), 'deal Papine terminals, '
  'lead Café Papine Hardware Ltd, lead Papine Jerk Centre, lead Papine Surf School',
  'operators are no words');

-- Each sees what row security shows him: his nodes, and as a rep what he owns elsewhere.
select pg_temp.is(pg_temp.found(who, 'papine'), wanted, who) from (values
  ('admin', 'deal Papine terminals, lead Café Papine Hardware Ltd, lead Papine Jerk Centre, '
    'lead Papine Surf School, lead Papine of George Town'),
  ('manager', 'deal Papine terminals, lead Café Papine Hardware Ltd, lead Papine Jerk Centre'),
  ('rep', 'deal Papine terminals, lead Café Papine Hardware Ltd, lead Papine Jerk Centre, '
    'lead Papine Surf School'),
  ('viewer', 'deal Papine terminals, lead Café Papine Hardware Ltd, lead Papine Jerk Centre'),
  ('rep_ky', 'lead Papine Surf School, lead Papine of George Town'),
  ('manager_ky', 'lead Papine Surf School, lead Papine of George Town'),
  ('gone', null), ('forged', null), ('no_profile', null),
  ('anon', 'denied'), ('stranger', 'denied')) v(who, wanted);
-- The definer's half alone says no more.
select pg_temp.is(pg_temp.ask(who, 'select count(*) from flash.found_leads(''papine:*'', 100)'),
  wanted, who || ' by the inner function') from (values ('admin', '4'), ('manager', '2'),
  ('rep', '3'), ('viewer', '2'), ('rep_ky', '2'), ('gone', '0'), ('forged', '3'),
  ('no_profile', '0'), ('anon', 'denied'), ('stranger', 'denied')) v(who, wanted);

select pg_temp.is(pg_temp.found('rep', 'colleague'), 'person Colleague', 'people one works with');
select pg_temp.is(pg_temp.found('rep_ky', 'colleague'), null, 'not those one does not');

-- The best first, and no more than was asked for.
select pg_temp.is(pg_temp.ask('admin', 'select string_agg(title, '', '') from
  (select title from public.search_records(''papine'', 1)) t'),
  'Papine Surf School, Papine terminals', 'one of each kind');
update public.submissions s set business_name = 'Zebra Quay' from made where s.id = made.own;
select flash.words_learn(500);
select pg_temp.is(pg_temp.found('rep', 'zebar'), 'lead Zebra Quay', 'a new name is repaired too');

-- What is repaired, and with what, tells nothing of words that only other territories have.
select pg_temp.lead('Harbour Grill', 'JM-01'), pg_temp.lead('Harbaur Dive', 'KY-GT');
select pg_temp.is((flash.words_learn(500) > 0)::text, 'true', 'words waited');
select pg_temp.is(pg_temp.found(who, typed), wanted, who || ' types ' || typed) from (values
  ('viewer', 'harbour', 'lead Harbour Grill'), ('viewer', 'harbaur', 'lead Harbour Grill'),
  ('manager_ky', 'harbaur', 'lead Harbaur Dive'), ('manager_ky', 'harbour', 'lead Harbaur Dive'),
  ('admin', 'harbaur', 'lead Harbaur Dive'), ('gone', 'harbaur', null)) v(who, typed, wanted);
update public.submissions s set territory_id = pg_temp.place('JM-01') where s.business_name = 'Harbaur Dive';
select flash.words_learn(500);
select pg_temp.is(pg_temp.found('viewer', 'harbaur'), 'lead Harbaur Dive', 'it moved, and its words');
select pg_temp.is(flash.words_learn(500)::text, '0', 'once');
select pg_temp.is(pg_temp.ask('rep', 'select count(*) from flash.words_waiting'), 'denied',
  'those that wait as well');
select pg_temp.is(pg_temp.ask('rep', 'select count(*) from flash.search_words'), 'denied',
  'the vocabulary holds words of others');
rollback;
