-- Intake keeps the plans of its look-ups until a table has doubled since they were made.
begin;
\ir kit/people.sql
set local plan_cache_mode = force_generic_plan;
prepare named(text) as select count(*) from public.contacts c where c.full_name > $1;
create function pg_temp.rows_planned() returns bigint language plpgsql as $$
declare
  plan json;
begin
  execute 'explain (format json) execute named(''a'')' into plan;
  return (plan #>> '{0,Plan,Plans,0,Plan Rows}')::bigint;
end
$$;
create temp table planned (at text, rows bigint) on commit drop;
create function pg_temp.note(p_at text) returns void language sql as $$
  select flash.plan_look_ups();
  insert into planned select p_at, pg_temp.rows_planned() $$;

select pg_temp.note('empty');
insert into public.contacts (territory_id, full_name, email)
select pg_temp.place('JM-01'), repeat('n', 120), n || '@x.example' from generate_series(1, 20000) n;
insert into planned select 'grown unseen', pg_temp.rows_planned();
select pg_temp.note('grown');
select pg_temp.is((select (p.rows = e.rows)::text from planned p, planned e
  where p.at = 'grown unseen' and e.at = 'empty'), 'true', 'a plan is kept');
select pg_temp.is((select (p.rows > 10 * e.rows)::text from planned p, planned e
  where p.at = 'grown' and e.at = 'empty'), 'true', 'until its table has doubled');
create temp table before on commit drop as select current_setting('flash.planned_pages') as pages;
select flash.plan_look_ups();
select pg_temp.is(current_setting('flash.planned_pages'), (select pages from before), 'once');
rollback;
