-- Who may do what: role x situation x table x verb, as data. A table without a row here fails.
-- A cell is four letters, for select, insert, update and delete:
--   +  it works on this row     0  the row does not exist for him
--   -  no right at all          !  refused by row security
--   x  refused by a rule of the table (a constraint or a trigger)
-- Columns: admin, manager (Jamaica), rep (Kingston), viewer (Jamaica), then those who only claim:
-- `forged` is the rep's token under the admin's database role, `no_profile` a stranger under the
-- rep's, `stranger` signed in without any role, `anon`. Last the services.
begin;
\ir kit/people.sql

-- Rows to try on. Kingston is the rep's; Saint Andrew his colleague's; Cayman somebody else's.
create temp table row_of (what text primary key, id text) on commit drop;
insert into row_of select v.what, pg_temp.lead(v.what, v.node, v.owner)::text
from (values ('own', 'JM-01', 'rep'), ('colleague', 'JM-01', 'colleague'),
  ('queue', 'JM-01', null), ('next door', 'JM-02', null), ('cayman', 'KY-GT', 'rep_ky'),
  ('owned elsewhere', 'KY-GT', 'rep'), ('deleted', 'JM-01', 'rep')) as v(what, node, owner);
update public.submissions s set deleted_at = now()
from row_of r where r.what = 'deleted' and s.id::text = r.id;
insert into public.deals (submission_id, owner_id, territory_id, title)
select s.id, s.owner_id, s.territory_id, r.what
from row_of r join public.submissions s on s.id::text = r.id where r.what <> 'deleted';
insert into row_of select 'deal ' || d.title, d.id::text from public.deals d;
insert into public.activities (submission_id, actor_id, kind, territory_id)
select s.id, s.owner_id, 'note', s.territory_id
from row_of r join public.submissions s on s.id::text = r.id;
insert into public.assignments (submission_id, profile_id, source, reason, territory_id)
select s.id, s.owner_id, 'rules', 'because', s.territory_id
from row_of r join public.submissions s on s.id::text = r.id;
insert into public.score_history (submission_id, score, band, model, factors, adjustment,
  territory_id)
select s.id, 50, 'cool', 'points-v2', '[]', 0, s.territory_id
from row_of r join public.submissions s on s.id::text = r.id;
insert into public.submission_phones (submission_id, number, is_primary)
select s.id, '+18765551234', true from row_of r join public.submissions s on s.id::text = r.id;
insert into public.organizations (territory_id, country, name, name_key)
values (pg_temp.place('JM-01'), 'JM', 'Org here', 'org here'),
  (pg_temp.place('KY-GT'), 'KY', 'Org there', 'org there');
insert into public.contacts (territory_id, full_name, email)
values (pg_temp.place('JM-01'), 'Contact here', 'here@x.example'),
  (pg_temp.place('KY-GT'), 'Contact there', 'there@x.example');
insert into public.contact_phones (contact_id, number)
select c.id, '+13459491234' from public.contacts c;
insert into public.profile_absences (profile_id, starts_at, ends_at, note)
select pg_temp.person(n), now(), now() + interval '1 day', n
from unnest(array['rep', 'rep_ky']) n;
insert into public.notifications (user_id, type, title_key)
values (pg_temp.person('rep'), 't', 'k'), (pg_temp.person('rep_ky'), 't', 'k');
insert into public.notification_prefs (user_id, type)
values (pg_temp.person('rep'), 't'), (pg_temp.person('rep_ky'), 't');
insert into public.saved_views (owner_id, territory_id, name)
values (pg_temp.person('rep'), null, 'Rep keeps'),
  (pg_temp.person('manager'), pg_temp.place('JM'), 'Manager shares');
insert into public.saved_view_marks (user_id, view_id)
select pg_temp.person('rep'), v.id from public.saved_views v where v.name = 'Rep keeps';
insert into public.dashboard_layouts (user_id, widgets) values (pg_temp.person('rep'), '[]');
insert into public.bulk_items (change_id, submission_id, actor_id, action, before, version)
select gen_random_uuid(), r.id::uuid, pg_temp.person('rep'), 'tag', '{}', 1 from row_of r where r.what = 'own';
insert into public.lead_merges (kept_id, other_id, before, after, other_before, moved)
select r.id::uuid, d.id::uuid, '{}', '{}', '{}', '{}' from row_of r, row_of d
where r.what in ('own', 'cayman') and d.what = 'deleted';
insert into flash.leads_apart (low, high)
select least(a.id, b.id)::uuid, greatest(a.id, b.id)::uuid from row_of a, row_of b
where a.what = 'own' and b.what = 'colleague';
insert into public.imports (owner_id, file_name, bytes) values (pg_temp.person('rep'), 'x.csv', 1);
insert into flash.import_parts (import_id, part, bytes) select i.id, 1, 'x' from public.imports i;
insert into flash.import_rows (import_id, line, verdict, cells) select i.id, 1, 'new', '{}' from public.imports i;
insert into flash.import_mappings (owner_id, headings, mapping) values (pg_temp.person('rep'), md5('x'), '{}');
insert into public.routing_rules (territory_id, priority, kind, name)
values (pg_temp.place('JM-01'), 200, 'queue', 'here'), (pg_temp.place('KY'), 200, 'queue', 'there');
insert into auth.identities (provider_id, provider, user_id, identity_data)
values ('1', 'email', pg_temp.person('rep'), '{}');
insert into auth.sessions (user_id) values (pg_temp.person('rep'));
insert into auth.refresh_tokens (token, user_id, session_id)
select 'secret', user_id, id from auth.sessions;
insert into public.feature_registry (name) values ('test');
insert into public.models (status, seed, leads, won, code, reason, report)
values ('refused', 1, 0, 0, 'too_few', 'because', '{"test": true}');
insert into public.models (status, stage, sha256, model, seed, leads, won, code, reason, report)
values ('rejected', 'lr', repeat('0', 64), '', 1, 50, 20, 'no_signal', 'because', '{}');
insert into public.recommendation_states (submission_id, key, state)
select r.id::uuid, 'test:1', 'done' from row_of r
where r.what in ('own', 'colleague', 'next door', 'cayman', 'owned elsewhere', 'deleted');
insert into public.model_drift (model_id, day, field, psi, leads)
select m.id, '2026-01-01', 'test', 0.1, 100 from public.models m where m.code = 'no_signal';
insert into public.lead_scores (submission_id, model_id, score, probability, low, high, badge)
select r.id::uuid, m.id, 50, 0.5, 0.4, 0.6, 'undecided' from row_of r, public.models m
where r.what in ('own', 'colleague', 'next door', 'cayman', 'owned elsewhere', 'deleted')
  and m.status = 'rejected';
insert into flash.lead_facts (submission_id, until, features)
select r.id::uuid, now(), '{}' from row_of r where r.what = 'own';
insert into flash.score_queue (submission_id) select r.id::uuid from row_of r where r.what = 'own';
insert into public.lead_findings (submission_id, source, subject, asked_at, state)
select r.id::uuid, 'mail', 'x.example', now(), 'nothing' from row_of r where r.what not like 'deal %';
insert into public.taken_findings (submission_id, field, source, name, before, value)
select r.id::uuid, 'address', 'places', 'address', 'null', '"x"' from row_of r where r.what not like 'deal %';
insert into public.fact_sources (source, place, active) values ('phone', 0, true);
insert into flash.enrich_queue (submission_id) select r.id::uuid from row_of r where r.what = 'own';
insert into flash.source_answers (source, subject, asked_at, answer) values ('mail', 'x.example', now(), '{}');
insert into flash.secrets (name, value) values ('test', 'secret');
insert into flash.meta (key, value) values ('test', 'x');
insert into flash.idempotency_keys (scope, key, request_hash) values ('anon', 'k', 'h');
insert into flash.outbox (kind, payload) values ('email', '{}');
insert into flash.jobs (kind) values ('test');
insert into flash.sla_clock (submission_id, ring_at) values (gen_random_uuid(), now());
insert into flash.assignment_turns values (pg_temp.place('JM-01'), pg_temp.person('rep'), now());
insert into flash.migrations (version, name, checksum) values (0, 'test',
  '') on conflict do nothing;
insert into flash.programs (path, checksum) values ('test', '') on conflict do nothing;
insert into public.territories (code, name, kind, parent_id, country)
values ('JM-99', 'Spare', 'area', pg_temp.place('JM'), 'JM');
insert into public.territory_settings (territory_id)
values (pg_temp.place('JM-01')), (pg_temp.place('KY-GT'));

create temp table matrix (
  place serial, tbl text, situation text, row_where text, set_list text, insertion text,
  admin text, manager text, rep text, viewer text, forged text, no_profile text, stranger text,
  anon text, service text, worker text) on commit drop;
\ir kit/matrix_cells.sql

do $$
declare
  m record;
  who text;
  verb text;
  answer text;
  got text;
  wanted text;
  target text;
  wrong text := '';
  missing text;
begin
  for m in select * from matrix order by place loop
    -- {own} stands for the id of that row.
    target := m.row_where;
    for answer, got in select r.what, r.id from row_of r loop
      target := replace(target, '{' || answer || '}', quote_literal(got));
    end loop;
    foreach who in array array['admin', 'manager', 'rep', 'viewer', 'forged', 'no_profile',
                               'stranger', 'anon', 'service', 'worker'] loop
      got := '';
      foreach verb in array array['s', 'i', 'u', 'd'] loop
        answer := pg_temp.try(who, case verb
          when 's' then format('select 1 from %s where %s limit 1', m.tbl, target)
          when 'i' then format('insert into %s %s', m.tbl, m.insertion)
          when 'u' then format('update %s set %s where %s', m.tbl, m.set_list, target)
          else format('delete from %s where %s', m.tbl, target) end);
        got := got || case when answer = '0' then '0' when answer ~ '^[0-9]+$' then '+'
          when answer = 'denied' then '-' when answer = 'check' then '!' else 'x' end;
        if verb = 'i' and answer not in ('denied', 'check') and answer !~ '^[0-9]+$' then
          raise notice '% % %: %', who, m.tbl, m.situation, answer;
        end if;
      end loop;
      wanted := to_jsonb(m) ->> who;
      if got is distinct from wanted then
        wrong := wrong || format(E'\n  %s, %s, %s: wanted %s, got %s', m.tbl, m.situation, who,
          wanted, got);
      end if;
    end loop;
  end loop;
  select string_agg(n.nspname || '.' || c.relname, ', ') into missing
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not like 'pg\_%'
    and n.nspname <> 'information_schema'
    and n.nspname || '.' || c.relname not in (select tbl from matrix);
  if missing is not null then
    wrong := wrong || E'\n  tables without a row in the matrix: ' || missing;
  end if;
  if wrong <> '' then
    raise exception 'policy matrix:%', wrong;
  end if;
end
$$;
rollback;
