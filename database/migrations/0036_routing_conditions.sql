-- Rules with conditions and with people by name; what a decision was made of.
-- On a live system: short exclusive locks on routing_rules (some rows) and assignments (columns
-- without default: no rewrite). The constraint on assignments is new and not validated over old
-- rows, whose column is null.
alter table public.routing_rules
  add column condition jsonb
    check (jsonb_typeof(condition) in ('object', 'boolean')
      and octet_length(condition::text) <= 16384),
  add check (octet_length(params::text) <= 8192),
  drop constraint routing_rules_kind_check,
  add constraint routing_rules_kind_check check (kind in
    ('returning_customer', 'high_value', 'specialist', 'territory', 'neighbours', 'parent', 'reps',
     'queue'));
-- One statement may exchange the priorities of two rules.
drop index public.routing_rules_place;
alter table public.routing_rules add constraint routing_rules_place
  unique nulls not distinct (territory_id, priority) deferrable;

alter table public.assignments add column inputs jsonb;
alter table public.assignments add constraint assignments_inputs_check
  check (jsonb_typeof(inputs) = 'object') not valid;

-- The page of the rules hears when somebody else saves.
alter table public.routing_rules replica identity full;
do $$
begin
  if not exists (select from pg_publication_tables
                 where pubname = 'supabase_realtime' and schemaname = 'public'
                   and tablename = 'routing_rules') then
    alter publication supabase_realtime add table public.routing_rules;
  end if;
end
$$;
