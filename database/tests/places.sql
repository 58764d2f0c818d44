-- The reference data as the specification has it.
begin;
\ir kit/people.sql
create function pg_temp.below(p_code text) returns text language sql as $$
  select string_agg(t.code, ',' order by t.code) from public.territories t
  join flash.territory_paths c on c.descendant_id = t.id
  where c.ancestor_id = pg_temp.place(p_code) and t.kind = 'area'
$$;
select pg_temp.is(pg_temp.below('JM-SURREY'), 'JM-01,JM-02,JM-03,JM-04', 'Surrey');
select pg_temp.is(pg_temp.below('JM-MIDDX'), 'JM-05,JM-06,JM-12,JM-13,JM-14', 'Middlesex');
select pg_temp.is(pg_temp.below('JM-CORNW'), 'JM-07,JM-08,JM-09,JM-10,JM-11', 'Cornwall');
select pg_temp.is(pg_temp.below('KY'), 'KY-BT,KY-EE,KY-GT,KY-NS,KY-SI,KY-WB', 'Cayman');
select pg_temp.is((select count(*)::text from public.territories where country = 'CW'
  and kind = 'area'), '7', 'Curaçao');
select pg_temp.is((select string_agg(code, ',' order by sort_order) from public.territories
  where kind = 'country' and published), 'JM,KY,CW', 'published');
select pg_temp.is((select count(*)::text from public.territories where kind = 'country'
  and not published), '27', 'switched off');
select pg_temp.is((select count(*)::text from public.territory_neighbours n
  where not exists (select from public.territory_neighbours m
    where (m.territory_id, m.neighbour_id) = (n.neighbour_id, n.territory_id))), '0', 'symmetric');
select pg_temp.is((select count(*)::text from public.territory_neighbours), '58', '29 borders');
select pg_temp.is((select string_agg(t.code, ',' order by t.code) from public.territory_neighbours n
  join public.territories t on t.id = n.neighbour_id where n.territory_id = pg_temp.place('JM-01')),
  'JM-02', 'Kingston borders Saint Andrew alone');
insert into public.territory_neighbours values (pg_temp.place('CW-WIL'), pg_temp.place('CW-JTH'));
select pg_temp.is((select count(*)::text from public.territory_neighbours
  where territory_id = pg_temp.place('CW-JTH')), '1', 'the other direction is written');
delete from public.territory_neighbours where territory_id = pg_temp.place('CW-JTH');
select pg_temp.is((select count(*)::text from public.territory_neighbours
  where territory_id = pg_temp.place('CW-WIL')), '0', 'and removed');

select pg_temp.is((select string_agg(t.code, ',' order by t.code) from public.territory_aliases a
  join public.territories t on t.id = a.territory_id where a.alias_key = v.key), v.wanted, v.key)
from (values ('st ann', 'JM-06'), ('st anns', 'JM-06'), ('saint ann', 'JM-06'),
  ('ksa', 'JM-01,JM-02'), ('corporate area', 'JM-01,JM-02'), ('curacao', 'CW'), ('korsou', 'CW'),
  ('montego bay', 'JM-08'), ('cayman brac', 'KY-SI'), ('george town', 'KY-GT')) as v(key, wanted);
select pg_temp.is((select count(*)::text from public.territory_aliases
  where alias_key <> flash.fold(alias)), '0', 'keys are folded');

select pg_temp.is((select concat_ws(' ', e.currency, e.time_zone, e.phone_prefixes, e.languages)
  from flash.territory_effective e where e.territory_id = pg_temp.place(v.code)), v.wanted, v.code)
from (values ('JM-08', 'JMD America/Jamaica {1876,1658} {en}'),
  ('KY-SI', 'KYD America/Cayman {1345} {en}'), ('CW-JTH', 'XCG America/Curacao {5999} {nl,pap,en}'),
  ('BQ', 'USD America/Kralendijk {5993,5994,5997} {nl,pap,en}'),
  ('SX', 'XCG America/Lower_Princes {1721} {nl,en}')) as v(code, wanted);
select pg_temp.is((select count(*)::text from flash.territory_effective e
  where not exists (select from pg_timezone_names z where z.name = e.time_zone)
    or not exists (select from public.exchange_rates r where r.currency = e.currency)), '0',
  'every zone is known and every currency has a rate');
select pg_temp.is((select string_agg(p, ',') from (select unnest(s.phone_prefixes) as p
  from public.territory_settings s) x group by p having count(*) > 1), null, 'no prefix twice');
-- 2026-07-15 10:00 in Jamaica is 11:00 in Curaçao; so it is in January.
select pg_temp.is((d || ' 10:00')::timestamp at time zone 'America/Jamaica' at time zone
  'America/Curacao' || '', d || ' 11:00:00', d) from unnest(array['2026-07-15', '2026-01-15']) d;
select pg_temp.is(pg_temp.try('admin', 'update public.territory_settings set time_zone = ''Mars''
  where territory_id = ' || pg_temp.place('JM')), '22023 unknown time zone "Mars"', 'a zone');

-- A setting changed at the country reaches every area that has none of its own.
insert into public.territory_settings (territory_id,
  auto_deal_score) values (pg_temp.place('JM-09'), 90);
update public.territory_settings set auto_deal_score = 55, work_start = '07:30'
where territory_id = pg_temp.place('JM');
select pg_temp.is((select string_agg(concat_ws(' ', t.code, e.auto_deal_score, e.work_start), ','
    order by t.code) from flash.territory_effective e join public.territories t on t.id
      = e.territory_id
  where t.code in ('JM-09', 'JM-10', 'KY')), 'JM-09 90 07:30:00,JM-10 55 07:30:00,KY 70 08:30:00',
  'inherited');
select pg_temp.is((select string_agg(priority || ' ' || kind, ',' order by priority)
  from public.routing_rules where territory_id is null), '10 returning_customer,20 high_value,'
  '30 specialist,40 territory,50 neighbours,60 parent,99 queue', 'the seven rules');
rollback;
