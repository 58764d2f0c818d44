-- The seven rules, in ascending priority; the first that yields a rep wins.
-- On a live system: inserts seven rows.
insert into public.routing_rules (territory_id, priority, kind, name, params) values
  (null, 10, 'returning_customer', 'Returning customer', '{}'),
  (null, 20, 'high_value', 'High value',
   '{"min_value_usd": 50000, "min_conversion": 0.15, "min_closed": 10, "months": 12}'),
  (null, 30, 'specialist', 'Specialist', '{}'),
  (null, 40, 'territory', 'Territory', '{}'),
  (null, 50, 'neighbours', 'Neighbours', '{}'),
  (null, 60, 'parent', 'Parent', '{}'),
  (null, 99, 'queue', 'Queue', '{}');
