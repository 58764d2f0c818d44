-- Which status may follow which, and by whom. Any pair that is missing is illegal for everybody.
-- On a live system: creates a new table only.
-- Actors: the app roles; 'system' (jobs, timers, intake); 'deal' (the linked deal leads).
create table flash.legal_transition (
  from_status flash.submission_status not null,
  to_status flash.submission_status not null,
  actors text[] not null
    check (cardinality(actors) > 0 and actors <@ '{rep,manager,admin,system,deal}'),
  primary key (from_status, to_status),
  check (from_status <> to_status)
);
alter table flash.legal_transition enable row level security;

insert into flash.legal_transition (from_status, to_status, actors) values
  ('new', 'contacted', '{rep,manager,admin,deal}'),
  ('new', 'qualified', '{rep,manager,admin,deal}'),
  ('new', 'nurture', '{rep,manager,admin,deal}'),
  ('new', 'converted', '{deal}'),
  ('new', 'disqualified', '{rep,manager,admin,system,deal}'),
  ('new', 'archived', '{manager,admin,system}'),
  ('contacted', 'new', '{deal}'),
  ('contacted', 'qualified', '{rep,manager,admin,deal}'),
  ('contacted', 'nurture', '{rep,manager,admin,deal}'),
  ('contacted', 'converted', '{deal}'),
  ('contacted', 'disqualified', '{rep,manager,admin,deal}'),
  ('contacted', 'archived', '{manager,admin,system}'),
  ('qualified', 'new', '{deal}'),
  ('qualified', 'contacted', '{deal}'),
  ('qualified', 'nurture', '{rep,manager,admin,deal}'),
  ('qualified', 'converted', '{deal}'),
  ('qualified', 'disqualified', '{rep,manager,admin,deal}'),
  ('qualified', 'archived', '{manager,admin,system}'),
  ('nurture', 'new', '{deal}'),
  ('nurture', 'contacted', '{rep,manager,admin,system,deal}'),
  ('nurture', 'qualified', '{deal}'),
  ('nurture', 'converted', '{deal}'),
  ('nurture', 'disqualified', '{rep,manager,admin,deal}'),
  ('nurture', 'archived', '{manager,admin,system}'),
  ('converted', 'qualified', '{deal}'),
  ('disqualified', 'new', '{manager,admin,deal}'),
  ('disqualified', 'contacted', '{deal}'),
  ('disqualified', 'qualified', '{deal}'),
  ('disqualified', 'archived', '{manager,admin,system}'),
  ('archived', 'new', '{manager,admin}'),
  ('archived', 'contacted', '{manager,admin}'),
  ('archived', 'qualified', '{manager,admin}'),
  ('archived', 'nurture', '{manager,admin}'),
  ('archived', 'disqualified', '{manager,admin}');
