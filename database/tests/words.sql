-- The functions that stored values and dates depend on.
begin;
\ir kit/people.sql
select pg_temp.is(flash.fold(v.given), v.wanted, v.given) from (values
  ('  Kòrsou  ', 'korsou'), ('CURAÇAO', 'curacao'), ('St. Ann''s', 'st anns'),
  ('St’ Ann', 'st ann'), ('Savanna-la-Mar', 'savanna la mar'), ('ØL & Søn', 'ol son'),
  ('Straße', 'strasse'), ('a—b…c', 'a b c'), ('', ''), ('日本', '日本')) as v(given, wanted);
select pg_temp.is(flash.business_key(v.given), v.wanted, v.given) from (values
  ('Rum Bar Ltd.', 'rum bar'), ('Rum Bar Limited', 'rum bar'), ('Rum Bar N.V.', 'rum bar'),
  ('RUM BAR nv', 'rum bar'), ('Rum-Bar B.V.', 'rum bar'), ('Rum Bar, Inc.', 'rum bar'),
  ('Rum Bar Co. Ltd', 'rum bar co'), ('Limited Edition', 'limited edition'), ('Ltd', 'ltd'),
  ('Café  Ö', 'cafe o')) as v(given, wanted);
select pg_temp.is(flash.tidy_email(v.given), v.wanted, v.given) from (values
  (' Ann@EXAMPLE.com ', 'Ann@example.com'), ('a@b@C.d', 'a@b@c.d'), ('', null), ('nobody',
    'nobody'))
  as v(given, wanted);
-- Version 7: in the order of time, and of the right version and variant.
select pg_temp.is((select bool_and(substr(id::text, 15, 1) = '7' and substr(id::text, 20, 1) in
    ('8', '9', 'a', 'b'))::text from (select flash.uuid7() as id from generate_series(1, 200)) x),
  'true', 'uuid');
select pg_temp.is((flash.uuid7('2026-01-01') < flash.uuid7('2026-01-01 00:00:00.001'))::text,
  'true',
  'ordered');
select pg_temp.is((select string_agg(n::text, ',' order by id) from (
    select n, flash.uuid7('2026-01-01'::timestamptz + n * interval '2 microseconds') as id
    from generate_series(1, 9) n) x), '1,2,3,4,5,6,7,8,9', 'within a millisecond too');
select pg_temp.is(left(flash.uuid7('2026-11-22 00:00:00+00')::text, 13), '01a2008d-7400',
  'the time');
select pg_temp.is((count(distinct flash.new_reference()) >= 1999)::text, 'true', 'references')
from generate_series(1, 2000);

-- Working time, in the zone of the place. 2026-11-20 is a Friday.
select pg_temp.is(flash.add_working_minutes(v.start::timestamptz, v.minutes, v.zone,
    '{1,2,3,4,5}', v.opens::time, '17:00') at time zone v.zone || '', v.wanted,
      v.start || v.minutes)
from (values
  ('2026-11-20 10:00-05', 60, 'America/Jamaica', '09:00', '2026-11-20 11:00:00'),
  ('2026-11-20 16:30-05', 60, 'America/Jamaica', '09:00', '2026-11-23 09:30:00'),
  ('2026-11-20 23:00-05', 240, 'America/Jamaica', '09:00', '2026-11-23 13:00:00'),
  ('2026-11-21 03:00-05', 0, 'America/Jamaica', '09:00', '2026-11-23 09:00:00'),
  ('2026-11-20 06:00-05', 480, 'America/Jamaica', '09:00', '2026-11-20 17:00:00'),
  ('2026-11-20 06:00-05', 481, 'America/Jamaica', '09:00', '2026-11-23 09:01:00'),
  ('2026-03-06 16:00-05', 120, 'America/Nassau', '09:00',
    '2026-03-09 10:00:00')) -- over a clock change
  as v(start, minutes, zone, opens, wanted);
select pg_temp.is(flash.add_working_minutes(now(), 60, 'UTC', '{}', '09:00', '17:00')::text, null,
  'a calendar without work days ends');
select pg_temp.is((flash.first_response_due(pg_temp.place('KY-GT'), '2026-11-20 08:30-05', 'hot')
  at time zone 'America/Cayman')::text, '2026-11-20 12:30:00', 'hot: four working hours');
select pg_temp.is((flash.first_response_due(pg_temp.place('CW-WIL'), '2026-11-20 12:00-04', 'cool')
  at time zone 'America/Curacao')::text, '2026-11-25 12:00:00', 'cool: three working days');

-- Money.
insert into public.exchange_rates values ('JMD', '2026-02-01', 0.0065), ('JMD', '2026-03-01',
  0.0070);
select pg_temp.is(round(flash.to_usd(1000, 'JMD', v.day::date), 2)::text, v.wanted, v.day)
from (values ('2026-01-31', '6.30'), ('2026-02-01', '6.50'), ('2026-02-28', '6.50'),
  ('2026-03-01', '7.00')) as v(day, wanted);
select pg_temp.is(round(flash.to_usd(100, 'KYD', '2026-01-01'), 2)::text, '120.00', 'pegged');
select pg_temp.is(round(flash.to_usd(179, 'XCG', '2026-01-01'), 2)::text, '100.00', 'pegged');
rollback;
