-- The cells of policy_matrix.sql. {own} and the like name the rows made there.
insert into matrix (tbl, situation, row_where, set_list, insertion,
  admin, manager, rep, viewer, forged, no_profile, stranger, anon, service, worker)
select 'public.submissions', v.situation, format('id = {%s}', v.situation),
  'specific_needs = ''x''',
  format('(territory_id, country, business_name, owner_name, email, business_type, interest_level)
    values (pg_temp.place(%L), %L, ''New'', ''Owner'', ''n@x.example'', ''retail'', 5)',
    v.node, v.country),
  v.admin, v.manager, v.rep, v.viewer, v.forged, '0!0-', '----', '----',
  case v.situation when 'deleted' then '++++' else '+++x' end, '+++-'   -- its deal goes first
from (values
  ('own', 'JM-01', 'JM', '+++-', '+++-', '+++-', '+---', '0!0-'),
  ('colleague', 'JM-01', 'JM', '+++-', '+++-', '++0-', '+---', '0!0-'),
  ('queue', 'JM-01', 'JM', '+++-', '+++-', '++0-', '+---', '0!0-'),
  ('next door', 'JM-02', 'JM', '+++-', '+++-', '0!0-', '+---', '0!0-'),
  ('cayman', 'KY-GT', 'KY', '+++-', '0!0-', '0!0-', '0---', '0!0-'),
  ('owned elsewhere', 'KY-GT', 'KY', '+++-', '0!0-', '+!+-', '0---', '0!0-'),
  ('deleted', 'JM-01', 'JM', '0+0-', '0+0-', '0+0-', '0---', '0!0-')
) as v(situation, node, country, admin, manager, rep, viewer, forged);

-- No lead is named here, so that inserting asks for the territory alone.
insert into matrix (tbl, situation, row_where, set_list, insertion,
  admin, manager, rep, viewer, forged, no_profile, stranger, anon, service, worker)
select 'public.deals', v.situation, format('id = {deal %s}', v.situation), 'title = ''x''',
  format('(territory_id, title) values (pg_temp.place(%L), ''n'')', v.node),
  v.admin, v.manager, v.rep, v.viewer, '0!0-', '0!0-', '----', '----', '++++', '+++-'
from (values
  ('own', 'JM-01', '+++-', '+++-', '+++-', '+---'),
  ('colleague', 'JM-01', '+++-', '+++-', '++0-', '+---'),
  ('queue', 'JM-01', '+++-', '+++-', '++0-', '+---'),
  ('next door', 'JM-02', '+++-', '+++-', '0!0-', '+---'),
  ('cayman', 'KY-GT', '+++-', '0!0-', '0!0-', '0---'),
  ('owned elsewhere', 'KY-GT', '+++-', '0!0-', '+!+-', '0---')
) as v(situation, node, admin, manager, rep, viewer);

-- The note on each lead was written by the lead's owner.
insert into matrix (tbl, situation, row_where, set_list, insertion,
  admin, manager, rep, viewer, forged, no_profile, stranger, anon, service, worker)
select 'public.activities', v.situation,
  format('kind = ''note'' and submission_id = {%s}', v.situation), 'body = ''x''',
  format('(submission_id, kind) values (%L, ''note'')',
    (select r.id from row_of r where r.what = v.situation)),
  v.admin, v.manager, v.rep, v.viewer, '0x0-', '0x0-', '----', '----', '++++', '+++-'
from (values
  ('own', '++0-', '++0-', '+++-', '+---'),
  ('colleague', '++0-', '++0-', '++0-', '+---'),
  ('cayman', '++0-', '0x0-', '0x0-', '0---'),
  ('owned elsewhere', '++0-', '0x0-', '+++-', '0---'),
  ('deleted', '0x0-', '0x0-', '0x0-', '0---')
) as v(situation, admin, manager, rep, viewer);

-- What was decided about a step is seen with its lead, and written by whoever may change the lead.
insert into matrix (tbl, situation, row_where, set_list, insertion,
  admin, manager, rep, viewer, forged, no_profile, stranger, anon, service, worker)
select 'public.recommendation_states', v.situation,
  format('key = ''test:1'' and submission_id = {%s}', v.situation), 'state = ''dismissed''',
  format('(submission_id, key, state) values (%L, ''test:2'', ''done'')',
    (select r.id from row_of r where r.what = v.situation)),
  v.admin, v.manager, v.rep, v.viewer, '0!00', '0!00', '----', '----', '++++', '+++-'
from (values
  ('own', '++++', '++++', '++++', '+---'),
  ('colleague', '++++', '++++', '+!00', '+---'),
  ('next door', '++++', '++++', '0!00', '+---'),
  ('cayman', '++++', '0!00', '0!00', '0---'),
  ('owned elsewhere', '++++', '0!00', '++++', '0---'),
  ('deleted', '0!00', '0!00', '0!00', '0---')
) as v(situation, admin, manager, rep, viewer);

insert into matrix (tbl, situation, row_where, set_list, insertion,
  admin, manager, rep, viewer, forged, no_profile, stranger, anon, service, worker)
select t.name, v.situation, t.keyed || format(' = {%s%s}', t.prefix, v.situation),
  t.set_list, t.insertion, v.admin, v.manager, v.rep, v.viewer,
  '0---', '0---', '----', '----', t.service, t.worker
from (values
  ('own', '+---', '+---', '+---', '+---'), ('colleague', '+---', '+---', '+---', '+---'),
  ('next door', '+---', '+---', '0---', '+---'), ('cayman', '+---', '0---', '0---', '0---'),
  ('owned elsewhere', '+---', '0---', '+---', '0---'),
  ('deleted', '0---', '0---', '0---', '0---')) as v(situation, admin, manager, rep, viewer)
cross join (values
  ('public.assignments', 'submission_id', '', 'reason = ''x''',
   '(submission_id, source, reason) select id, ''rules'', ''x'' from public.submissions limit 1',
   '++++', '+++-'),
  ('public.score_history', 'submission_id', '', 'score = 1',
   '(submission_id, score, band, model, factors, adjustment) select id, 1, ''cold'', ''m'', ''[]'', 0
    from public.submissions limit 1', '++++', '+++-'),
  ('public.submission_phones', 'submission_id', '', 'label = ''work''',
   '(submission_id, number) select id, ''+18760000000'' from public.submissions limit 1',
   '++++', '+++-'),
  ('public.lead_scores', 'submission_id', '', 'score = 1',
   '(submission_id, model_id, score, probability, low, high, badge)
    select s.id, m.id, 1, 0.01, 0, 1, ''undecided'' from public.submissions s, public.models m
    where m.status = ''rejected'' and s.id not in (select l.submission_id from public.lead_scores l)
    limit 1', '++++', '+++-'),
  ('public.lead_findings', 'submission_id', '', 'reason = ''x''',
   '(submission_id, source, subject, asked_at, state)
    select id, ''places'', ''x'', now(), ''nothing'' from public.submissions limit 1', '++++', '----'),
  ('public.taken_findings', 'submission_id', '', 'name = ''x''',
   '(submission_id, field, source, name, before, value)
    select id, ''phone'', ''places'', ''x'', ''1'', ''2'' from public.submissions limit 1',
   '++++', '----'),
  ('public.deal_stage_history', 'deal_id', 'deal ', 'reason = ''x''',
   '(deal_id, to_stage, currency, territory_id) select id, ''new'', ''USD'', territory_id
    from public.deals limit 1', '++++', '+++-')
) as t(name, keyed, prefix, set_list, insertion, service, worker)
where not (t.prefix = 'deal ' and v.situation = 'deleted');
update matrix set rep = '+---' where tbl in ('public.deal_stage_history')
  and situation = 'owned elsewhere';

insert into matrix (tbl, situation, row_where, set_list, insertion,
  admin, manager, rep, viewer, forged, no_profile, stranger, anon, service, worker) values
('public.profiles', 'self of rep', 'email = ''rep@test.example''', 'full_name = ''x''',
 '(id, email, full_name, role) values (gen_random_uuid(), ''a@b'', ''c'', ''admin'')',
 '+-+-', '+-+-', '+-+-', '+-0-', '+-0-', '0-0-', '----', '----', '+x+x', '+x+-'),
('public.profiles', 'rep of another country', 'email = ''rep_ky@test.example''',
  'full_name = ''x''',
 '(id, email, full_name, role) values (gen_random_uuid(), ''a@b'', ''c'', ''admin'')',
 '+-+-', '0-0-', '0-0-', '0-0-', '0-0-', '0-0-', '----', '----', '+x+x', '+x+-'),
('public.profiles', 'role of rep', 'email = ''rep@test.example''', 'role = ''admin''',
 '(id, email, full_name, role) values (gen_random_uuid(), ''a@b'', ''c'', ''admin'')',
 '+-+-', '+---', '+---', '+---', '+-0-', '0---', '----', '----', '+x+x', '+x+-'),
('public.profile_territories', 'of rep', 'profile_id = pg_temp.person(''rep'')',
 'territory_id = pg_temp.place(''KY'')',
 'values (pg_temp.person(''rep''), pg_temp.place(''KY''))',
 '++-+', '+---', '+---', '+---', '+!-0', '0---', '----', '----', '++++', '+++-'),
('public.profile_territories', 'of rep_ky', 'profile_id = pg_temp.person(''rep_ky'')',
 'territory_id = pg_temp.place(''JM'')',
 'values (pg_temp.person(''rep_ky''), pg_temp.place(''JM''))',
 '++-+', '0---', '0---', '0---', '0!-0', '0---', '----', '----', '++++', '+++-'),
('public.profile_absences', 'of rep', 'profile_id = pg_temp.person(''rep'')', 'note = ''x''',
 '(profile_id, starts_at, ends_at) values (pg_temp.person(''rep''), now(), now() + ''1 day'')',
 '++++', '++++', '++++', '+---', '+!00', '0!00', '----', '----', '++++', '+++-'),
('public.profile_absences', 'of rep_ky', 'profile_id = pg_temp.person(''rep_ky'')', 'note = ''x''',
 '(profile_id, starts_at, ends_at) values (pg_temp.person(''rep_ky''), now(), now() + ''1 day'')',
 '++++', '0!00', '0!00', '0---', '0!00', '0!00', '----', '----', '++++', '+++-'),
('flash.profile_access', 'of rep', 'profile_id = pg_temp.person(''rep'')',
  'territory_ids = ''{1}''',
 '(profile_id, role, active, territory_ids) values (gen_random_uuid(), ''admin'', true, ''{1}'')',
 '0---', '0---', '+---', '0---', '+---', '0---', '----', '----', '+---', '+---'),
('public.organizations', 'here', 'name = ''Org here''', 'website = ''x''',
 '(territory_id, country, name, name_key) values (pg_temp.place(''JM-01''), ''JM'', ''xx'', ''xx'')',
 '+-+-', '+-+-', '+-0-', '+---', '0-0-', '0-0-', '----', '----', '++++', '+++-'),
('public.organizations', 'there', 'name = ''Org there''', 'website = ''x''',
 '(territory_id, country, name, name_key) values (pg_temp.place(''KY-GT''), ''KY'', ''xx'', ''xx'')',
 '+-+-', '0-0-', '0-0-', '0---', '0-0-', '0-0-', '----', '----', '++++', '+++-'),
('public.contacts', 'here', 'full_name = ''Contact here''', 'full_name = ''xx''',
 '(territory_id, full_name) values (pg_temp.place(''JM-01''), ''xx'')',
 '+-+-', '+-+-', '+-0-', '+---', '0-0-', '0-0-', '----', '----', '++++', '+++-'),
('public.contacts', 'there', 'full_name = ''Contact there''', 'full_name = ''xx''',
 '(territory_id, full_name) values (pg_temp.place(''KY-GT''), ''xx'')',
 '+-+-', '0-0-', '0-0-', '0---', '0-0-', '0-0-', '----', '----', '++++', '+++-'),
('public.contact_phones', 'here',
 'contact_id = (select id from public.contacts where full_name = ''Contact here'')',
 'label = ''work''', '(contact_id, number) select id, ''+18760000000'' from public.contacts limit 1',
 '+---', '+---', '+---', '+---', '0---', '0---', '----', '----', '++++', '+++-'),
('public.contact_phones', 'there', 'number = ''+13459491234'' and contact_id in (
   select id from public.contacts where full_name = ''Contact there'')',
 'label = ''work''', '(contact_id, number) select id, ''+18760000000'' from public.contacts limit 1',
 '+---', '0---', '0---', '0---', '0---', '0---', '----', '----', '++++', '+++-'),
('public.notifications', 'of rep', 'user_id = pg_temp.person(''rep'')', 'read_at = now()',
 '(user_id, type, title_key) values (pg_temp.person(''rep''), ''t'', ''k'')',
 '0-0-', '0-0-', '+-+-', '0-0-', '+-+-', '0-0-', '----', '----', '++++', '+++-'),
('public.notification_prefs', 'of rep', 'user_id = pg_temp.person(''rep'')', 'email = false',
 '(user_id, type) values (pg_temp.person(''rep''), ''other'')',
 '0!00', '0!00', '++++', '0!00', '++++', '0!00', '----', '----', '++++', '+++-'),
('public.audit_log', 'own lead', 'table_name = ''submissions'' and row_id = {own}', 'at = now()',
 '(actor_role, table_name, row_id, op) values (''x'', ''x'', ''x'', ''insert'')',
 '+---', '+---', '+---', '0---', '0---', '0---', '----', '----', '+---', '----'),
('public.audit_log', 'lead of a colleague', 'table_name = ''submissions'' and row_id = {colleague}',
 'at = now()', '(actor_role, table_name, row_id, op) values (''x'', ''x'', ''x'', ''insert'')',
 '+---', '+---', '0---', '0---', '0---', '0---', '----', '----', '+---', '----'),
('public.audit_log', 'lead of another country',
  'table_name = ''submissions'' and row_id = {cayman}',
 'at = now()', '(actor_role, table_name, row_id, op) values (''x'', ''x'', ''x'', ''insert'')',
 '+---', '0---', '0---', '0---', '0---', '0---', '----', '----', '+---', '----'),
('public.territories', 'a parish', 'code = ''JM-99''', 'name = ''x''',
 '(code, name, kind, parent_id, country) values (''ZZ'', ''x'', ''country'', 1, ''ZZ'')',
 '++++', '+---', '+---', '+---', '+!00', '0---', '----', '----', '++++', '+++-'),
('public.territory_settings', 'here', 'territory_id = pg_temp.place(''JM-01'')',
 'auto_deal_score = 60', '(territory_id) values (pg_temp.place(''JM-02''))',
 '++++', '+-+-', '+---', '+---', '+!00', '0---', '----', '----', '++++', '+++-'),
('public.territory_settings', 'there', 'territory_id = pg_temp.place(''KY-GT'')',
 'auto_deal_score = 60', '(territory_id) values (pg_temp.place(''JM-02''))',
 '++++', '+-0-', '+---', '+---', '+!00', '0---', '----', '----', '++++', '+++-'),
('public.territory_aliases', 'any', 'alias = ''Jamaica''', 'alias = ''Xaymaca''',
 '(territory_id, alias) values (1, ''xx'')',
 '++++', '+---', '+---', '+---', '+!00', '0---', '----', '----', '++++', '+++-'),
('public.territory_neighbours', 'any', 'territory_id = pg_temp.place(''JM-01'')',
 'neighbour_id = pg_temp.place(''JM-03'')',
 'values (pg_temp.place(''JM-01''), pg_temp.place(''JM-14''))',
 '++++', '+---', '+---', '+---', '+!00', '0---', '----', '----', '++++', '+++-'),
('public.exchange_rates', 'any', 'currency = ''JMD''', 'usd = 1',
 '(currency, rate_date, usd) values (''JMD'', ''2026-01-01'', 1)',
 '++++', '+---', '+---', '+---', '+!00', '0---', '----', '----', '++++', '+++-'),
('public.routing_rules', 'everywhere', 'territory_id is null', 'name = ''x''',
 '(priority, kind, name) values (300, ''queue'', ''x'')',
 '++++', '+!00', '----', '----', '0!00', '----', '----', '----', '++++', '+++-'),
('public.routing_rules', 'here', 'name = ''here''', 'name = ''x''',
 '(territory_id, priority, kind, name) values (pg_temp.place(''JM-01''), 300, ''queue'', ''x'')',
 '++++', '++++', '----', '----', '0!00', '----', '----', '----', '++++', '+++-'),
('public.routing_rules', 'there', 'name = ''there''', 'name = ''x''',
 '(territory_id, priority, kind, name) values (pg_temp.place(''KY''), 300, ''queue'', ''x'')',
 '++++', '0!00', '----', '----', '0!00', '----', '----', '----', '++++', '+++-'),
('public.feature_registry', 'any', 'name = ''test''', 'label = ''x''', '(name) values (''other'')',
 '++++', '+---', '+---', '+---', '+!00', '0---', '----', '----', '++++', '+++-'),
('public.models', 'any', 'code = ''too_few''', 'reason = ''x''',
 '(status, seed, leads, won, code, reason, report)
  values (''refused'', 1, 0, 0, ''x'', ''x'', ''{}'')',
 '+---', '+---', '----', '----', '0---', '----', '----', '----', '++++', '+++-'),
('public.model_drift', 'any', 'field = ''test''', 'psi = 0.2',
 '(model_id, day, field, psi, leads)
  select id, ''2026-01-02'', ''x'', 0, 0 from public.models limit 1',
 '+---', '+---', '----', '----', '0---', '----', '----', '----', '++++', '+++-'),
('flash.territory_paths', 'any', 'depth = 1', 'depth = 2', 'values (1, 1, 0)',
 '+---', '+---', '+---', '+---', '+---', '0---', '----', '----', '+---', '+---'),
('flash.territory_effective', 'any', 'territory_id = 1', 'currency = ''JMD''', 'default values',
 '+---', '+---', '+---', '+---', '+---', '0---', '----', '----', '+---', '+---'),
('flash.legal_transition', 'any', 'from_status = ''new''', 'actors = ''{rep}''',
 'values (''converted'', ''new'', ''{rep}'')',
 '+---', '+---', '+---', '+---', '+---', '0---', '----', '----', '+---', '+---');

-- Nobody but a service.
insert into matrix (tbl, situation, row_where, set_list, insertion,
  admin, manager, rep, viewer, forged, no_profile, stranger, anon, service, worker)
select v.tbl, 'any', 'true', v.set_list, v.insertion,
  '----', '----', '----', '----', '----', '----', '----', '----', v.service, v.worker
from (values
  ('flash.routing_state', 'assigned_count = 1',
    '(territory_id) select max(id) from public.territories',
   '+---', '++++'),
  ('flash.assignment_turns', 'last_assigned_at = now()',
   'values (pg_temp.place(''JM-02''), pg_temp.person(''rep''), now())', '+---', '++++'),
  ('flash.idempotency_keys', 'status = 200',
    '(scope, key, request_hash) values (''a'', ''b'', ''c'')',
   '+---', '++++'),
  ('flash.outbox', 'attempts = 1', '(kind, payload) values (''push'', ''{}'')', '+---', '++++'),
  ('flash.jobs', 'attempts = 1', '(kind) values (''x'')', '+---', '++++'),
  ('flash.sla_clock', 'stage = 1', 'values (gen_random_uuid(), now(), 0)', '+---', '++++'),
  ('flash.lead_facts', 'schema_version = 2',
   '(submission_id, until, features) select id, now(), ''{}'' from public.submissions limit 1',
   '+---', '+---'),
  ('flash.score_queue', 'queued_at = now()',
   '(submission_id) select id from public.submissions
    where id not in (select submission_id from flash.score_queue) limit 1', '+---', '++++'),
  ('flash.enrich_waiting', 'submission_ids = ''{}''', '(submission_ids) values (''{}'')', '----',
   '----'),
  ('flash.enrich_queue', 'attempts = 1',
   '(submission_id) select id from public.submissions
    where id not in (select submission_id from flash.enrich_queue) limit 1', '----', '----'),
  ('flash.source_answers', 'answer = ''1''',
   '(source, subject, asked_at, answer) values (''a'', ''b'', now(), ''{}'')', '----', '----'),
  ('flash.meta', 'value = ''y''', '(key, value) values (''z'', ''z'')', '+---', '+---'),
  ('flash.search_words', 'word = ''yyy''', '(territory_id, word) values (1, ''zzz'')', '----',
   '----'),
  ('flash.words_waiting', 'texts = ''{}''', '(territory_id, texts) values (1, ''{}'')', '----',
   '----'),
  ('flash.leads_apart', 'actor_id = null',
    '(low, high) select a.id, b.id from public.submissions a, public.submissions b where a.id < b.id order by a.id desc limit 1',
   '----', '----'),
  ('flash.rule_sets', 'rules = ''[]''', '(id, rules) values (md5(''z''), ''[]'')', '----', '----'),
  ('flash.import_parts', 'part = 3', '(import_id, part, bytes) select id, 2, ''x'' from public.imports limit 1', '----', '----'),
  ('flash.import_rows', 'reason = ''x''', '(import_id, line, verdict, cells) select id, 9, ''new'', ''{}'' from public.imports limit 1',
   '----', '----'),
  ('flash.import_mappings', 'mapping = ''{}''',
   '(owner_id, headings, mapping) values (pg_temp.person(''rep''), md5(''y''), ''{}'')', '----', '----'),
  ('flash.secrets', 'value = ''y''', '(name, value) values (''z'', ''z'')', '----', '----'),
  ('flash.migrations', 'name = ''y''', '(version, name, checksum) values (-1, ''x'', ''x'')',
   '----', '----'),
  ('flash.programs', 'checksum = ''y''', '(path, checksum) values (''x'', ''x'')', '----', '----'),
  ('auth.users', 'is_anonymous = true', '(email) values (''x@y.example'')', '----', '----'),
  ('auth.identities', 'provider = ''x''',
   '(provider_id, provider, user_id, identity_data) values (''2'', ''x'', pg_temp.person(''rep''), ''{}'')',
   '----', '----'),
  ('auth.sessions', 'aal = ''aal2''', '(user_id) values (pg_temp.person(''rep''))', '----', '----'),
  ('auth.refresh_tokens', 'revoked = true',
   '(token, user_id, session_id) values (''x'', pg_temp.person(''rep''), gen_random_uuid())',
   '----', '----')
) as v(tbl, set_list, insertion, service, worker);
-- A view of joined tables: nobody reads it but sign-in, and nothing can be written through it.
insert into matrix (tbl, situation, row_where, set_list, insertion,
  admin, manager, rep, viewer, forged, no_profile, stranger, anon, service, worker) values
('auth.people', 'any', 'true', 'phone = ''x''', '(email) values (''x@y.example'')',
 '-xxx', '-xxx', '-xxx', '-xxx', '-xxx', '-xxx', '-xxx', '-xxx', '-xxx', '-xxx'),
('public.saved_views', 'of rep', 'name = ''Rep keeps''', 'name = ''x''', '(name) values (''x'')',
 '0+00', '0+00', '++++', '0+00', '++++', '0!00', '----', '----', '+x++', '----'),
('public.saved_views', 'shared', 'name = ''Manager shares''', 'name = ''x''',
 '(name, territory_id) values (''x'', pg_temp.place(''JM-01''))',
 '++00', '++++', '+!00', '+!00', '+!00', '0!00', '----', '----', '+x++', '----'),
('public.saved_view_marks', 'of rep', 'user_id = pg_temp.person(''rep'')', 'pinned = false',
 '(view_id) select id from public.saved_views where name = ''Manager shares'' and owner_id <> auth.uid()',
 '0+00', '0000', '++++', '0+00', '++++', '0000', '----', '----', '+0++', '----'),
('public.dashboard_layouts', 'of rep', 'user_id = pg_temp.person(''rep'')', 'widgets = ''[1]''',
 '(user_id, widgets) values (pg_temp.person(''rep''), ''[]'') on conflict (user_id) do update set widgets = excluded.widgets',
 '0!00', '0!00', '++++', '0!00', '++++', '0!00', '----', '----', '++++', '----'),
('public.bulk_items', 'of rep', 'actor_id = pg_temp.person(''rep'')', 'undone_at = now()',
 '(change_id, submission_id, action, before, version)
    select gen_random_uuid(), id, ''tag'', ''{}'', 1 from public.submissions limit 1',
 '0+00', '0+00', '++++', '----', '+0++', '0000', '----', '----', '+x++', '----'),
('public.lead_merges', 'own', 'kept_id = {own}', 'undone_at = now()',
 '(kept_id, other_id, before, after, other_before, moved)
    select a.id, b.id, ''{}'', ''{}'', ''{}'', ''{}'' from public.submissions a, public.submissions b where a.id < b.id limit 1',
 '+---', '+---', '+---', '+---', '0---', '0---', '----', '----', '++++', '----'),
('public.lead_merges', 'cayman', 'kept_id = {cayman}', 'undone_at = now()',
 '(kept_id, other_id, before, after, other_before, moved)
    select a.id, b.id, ''{}'', ''{}'', ''{}'', ''{}'' from public.submissions a, public.submissions b where a.id < b.id limit 1',
 '+---', '0---', '0---', '0---', '0---', '0---', '----', '----', '++++', '----'),
('public.fact_sources', 'any', 'true', 'place = 2', '(source, place, active) values (''x'', 9, true)',
 '+---', '----', '----', '----', '0---', '----', '----', '----', '++++', '----'),
('public.imports', 'of rep', 'owner_id = pg_temp.person(''rep'')', 'file_name = ''x''',
 '(owner_id, file_name, bytes) values (pg_temp.person(''rep''), ''x'', 1)',
 '0---', '0---', '+---', '----', '+---', '0---', '----', '----', '++++', '----'),
-- Read with the rights of its tables, and nothing can be written through it.
('public.deal_cards', 'own', 'id = {deal own}', 'title = ''x''', '(title) values (''x'')',
 '+xxx', '+xxx', '+xxx', '+xxx', '0xxx', '0xxx', '-xxx', '-xxx', '+xxx', '-xxx'),
('public.deal_cards', 'cayman', 'id = {deal cayman}', 'title = ''x''', '(title) values (''x'')',
 '+xxx', '0xxx', '0xxx', '0xxx', '0xxx', '0xxx', '-xxx', '-xxx', '+xxx', '-xxx');
