-- Intake keeps the plans of its look-ups only while the statistics know the tables they are for.
begin;
\ir kit/people.sql
select flash.plan_look_ups();
select pg_temp.is(current_setting('plan_cache_mode'), 'force_generic_plan',
  'small tables: any plan will do');
insert into public.contacts (territory_id, full_name, email)
select pg_temp.place('JM-01'), repeat('n', 120), n || '@x.example' from generate_series(1, 20000) n;
select flash.plan_look_ups();
select pg_temp.is(current_setting('plan_cache_mode'), 'force_custom_plan',
  'a table that grew unseen is planned for anew');
analyze public.contacts;
select flash.plan_look_ups();
select pg_temp.is(current_setting('plan_cache_mode'), 'force_generic_plan',
  'once somebody has looked, plans are kept');
rollback;
