-- What the housework throws away, and what it leaves.
begin;
\ir kit/people.sql

insert into flash.idempotency_keys (scope, key, request_hash, created_at, expires_at) values
  ('anon', 'old', 'h', now() - interval '2 days', now() - interval '1 day'),
  ('anon', 'young', 'h', now(), now() + interval '1 day');
insert into flash.jobs (kind, state, finished_at) values
  ('x', 'done', now() - interval '31 days'), ('y', 'done', now() - interval '1 day'),
  ('z', 'queued', null);
insert into flash.outbox (created_at, kind, payload, finished_at, outcome) values
  (now() - interval '40 days', 'email', '{"n":1}', now() - interval '39 days', 'sent'),
  (now() - interval '40 days', 'email', '{"n":2}', null, null),
  (now(), 'email', '{"n":3}', now(), 'sent');
select pg_temp.lead('Wordy Works', 'JM-01');

select pg_temp.is(flash.housework(500)::text, '2000', 'it learned words: again soon');
select pg_temp.is((select string_agg(key, ', ') from flash.idempotency_keys), 'young', 'keys');
select pg_temp.is((select string_agg(kind, ', ' order by kind) from flash.jobs
  where kind in ('x', 'y', 'z')), 'y, z', 'jobs');
select pg_temp.is((select string_agg(payload ->> 'n', ', ' order by id) from flash.outbox
  where payload ? 'n'), '2, 3', 'mails');
select pg_temp.is(exists (select from flash.search_words where word = 'wordy')::text, 'true', 'words');
select pg_temp.is(flash.housework(500)::text, null, 'nothing more to do');
select pg_temp.is(pg_temp.ask('rep', 'select flash.housework(500)'), 'denied', 'nobody''s door');
rollback;
