-- Saved views, tags, and changes of many leads with their way back.
begin;
\ir kit/people.sql

-- Views: one's own, and those shared with a node one works in or below.
insert into public.saved_views (id, owner_id, territory_id, name) values
  ('00000000-0000-7000-8000-0000000000a1', pg_temp.person('manager'), pg_temp.place('JM'), 'Jamaica'),
  ('00000000-0000-7000-8000-0000000000a2', pg_temp.person('manager'), null, 'Private'),
  ('00000000-0000-7000-8000-0000000000a3', pg_temp.person('rep'), null, 'Rep''s'),
  ('00000000-0000-7000-8000-0000000000a4', pg_temp.person('admin'), 1, 'Everybody');
select pg_temp.is(pg_temp.ask(who, 'select string_agg(name, '', '' order by name)
  from public.saved_views'), wanted, who)
from (values ('manager', 'Everybody, Jamaica, Private'), ('rep', 'Everybody, Jamaica, Rep''s'),
  ('viewer', 'Everybody, Jamaica'), ('rep_ky', 'Everybody'), ('manager_ky', 'Everybody'),
  ('gone', null), ('no_profile', null), ('anon', 'denied'), ('stranger', 'denied')) v(who, wanted);
select pg_temp.is(pg_temp.try(who, format('insert into public.saved_views (name, territory_id)
  values (''x'', %s)', coalesce(pg_temp.place(node)::text, 'null'))), wanted, who || node)
from (values ('rep', 'JM-01', 'check'), ('manager', 'JM-01', '1'), ('manager', 'KY', 'check'),
  ('viewer', 'JM', 'check'), ('viewer', 'none', '1'), ('admin', 'KY', '1')) v(who, node, wanted);
select pg_temp.is(pg_temp.try('rep', 'update public.saved_views set name = ''x''
  where name = ''Jamaica'''), '0', 'a shared view is its owner''s');
select pg_temp.is(pg_temp.try('rep', 'insert into public.saved_views (name, owner_id)
  values (''x'', pg_temp.person(''manager''))'), 'denied', 'nobody saves in another''s name');

select pg_temp.is(pg_temp.try('rep', 'select public.mark_view(
  ''00000000-0000-7000-8000-0000000000a2'', true)'), 'PT404 not_found', 'not one he cannot see');
select pg_temp.try('rep', 'select public.mark_view(''00000000-0000-7000-8000-0000000000a1'', true, true)', true);
select pg_temp.try('rep', 'select public.mark_view(''00000000-0000-7000-8000-0000000000a3'', null, true)', true);
select pg_temp.is(pg_temp.ask('rep', 'select string_agg(v.name || m.pinned || m.is_default, '', ''
  order by v.name) from public.saved_view_marks m join public.saved_views v on v.id = m.view_id'),
  'Jamaicatruefalse, Rep''sfalsetrue', 'one default a person');
select pg_temp.is(pg_temp.ask('manager', 'select count(*) from public.saved_view_marks'), '0',
  'marks are one''s own');

-- Tags keep to their bounds.
create temp table made on commit drop as
select pg_temp.lead('Own', 'JM-01', 'rep') as own, pg_temp.lead('Colleague''s', 'JM-01', 'colleague') as other,
  pg_temp.lead('With deal', 'JM-01', 'rep') as dealt, pg_temp.lead('Cayman', 'KY-GT', 'rep_ky') as cayman;
insert into public.deals (submission_id, territory_id, owner_id, title)
select dealt, 1, pg_temp.person('rep'), 'd' from made;
grant select on made to public;
select pg_temp.is(pg_temp.try('rep', format('update public.submissions set tags = %L where id = %L',
  tags, (select own from made))), wanted, tags::text)
from (values ('{vip}'::text[], '1'), ('{a,b,c,d,e,f,g,h,i,j,k,l}', '1'),
  ('{a,b,c,d,e,f,g,h,i,j,k,l,m}', '23514 new row for relation "submissions" violates check constraint "submissions_tags_check"'),
  (array[repeat('x', 40)], '1'),
  (array[repeat('x', 41)], '23514 new row for relation "submissions" violates check constraint "submissions_tags_check"'),
  ('{" a"}', '23514 new row for relation "submissions" violates check constraint "submissions_tags_check"'))
  v(tags, wanted);

-- Many at once: each by its own rules, counted, and once only when sent again.
create function pg_temp.bulk(p_name text, p_action text, p_args text, p_change text default 'c1')
returns text language sql as $$
  select regexp_replace(pg_temp.ask(p_name, format('select (r ->> ''done'') || '' done ''
      || coalesce((select string_agg(x ->> ''reason'', '', '' order by x ->> ''reason'')
        from jsonb_array_elements(r -> ''refused'') x), ''-'')
    from public.bulk_change_leads(md5(%L)::uuid, %L, %L, (select array[own, other, dealt, cayman] from made)) r',
    p_change, p_action, p_args)), '\s+', ' ', 'g')
$$;
select pg_temp.is(pg_temp.bulk('rep', 'tag', '{"tag": "expo"}'), '2 done not_found, not_owner', 'tag');
select pg_temp.is(pg_temp.bulk('rep', 'tag', '{"tag": "expo"}'), '2 done not_found, not_owner',
  'sent again it is not done twice');
select pg_temp.is(pg_temp.bulk('manager', 'status', '{"status": "archived"}', 'c2'),
  '2 done deal_governs_status, not_found', 'an open deal leads its lead');
select pg_temp.is(pg_temp.bulk('manager', 'assign', format('{"to": "%s", "reason": "holiday"}',
  pg_temp.person('colleague')), 'c3'), '3 done not_found', 'assign');
select pg_temp.is(pg_temp.ask('viewer', 'select public.bulk_change_leads(md5(''x'')::uuid, ''tag'',
  ''{"tag": "x"}'', array[md5(''y'')::uuid])'), 'denied', 'viewers change nothing');
select pg_temp.is(pg_temp.ask('rep', 'select public.bulk_change_leads(md5(''x'')::uuid, ''tag'', ''{}'',
  array_fill(md5(''y'')::uuid, array[201]))'), 'PT422 too_many', 'one over');
select pg_temp.is(pg_temp.ask('rep', 'select public.bulk_change_leads(md5(''x'')::uuid, ''tag'',
  ''{"tag": "x"}'', array_fill(md5(''y'')::uuid, array[200])) ->> ''done'''), '0', 'at the limit');
select pg_temp.is(pg_temp.ask('rep', 'select public.bulk_change_leads(md5(''x'')::uuid, ''drop'', ''{}'',
  array[md5(''y'')::uuid])'), 'PT422 unknown_action', 'no other action');

-- Back: owners, then status; what somebody changed since stays.
create function pg_temp.undo(p_name text, p_change text) returns text language sql as $$
  select pg_temp.ask(p_name, format('select concat_ws('' '', r ->> ''done'', r ->> ''left'',
    (select string_agg(x ->> ''reason'', '', '') from jsonb_array_elements(r -> ''refused'') x))
    from public.undo_bulk_change(md5(%L)::uuid) r', p_change))
$$;
select pg_temp.is(pg_temp.undo('rep', 'c3'), '0 0', 'another''s change is not there');
select pg_temp.is(pg_temp.undo('manager', 'c3'), '3 0', 'owners');
select pg_temp.is((select string_agg(p.full_name, ',' order by s.business_name)
  from public.submissions s join public.profiles p on p.id = s.owner_id
  where s.business_name <> 'Cayman'), 'Colleague,Rep,Rep', 'as before');
select pg_temp.is(pg_temp.undo('rep', 'c1'), '0 0 version_conflict, version_conflict',
  'somebody changed both since');
select pg_temp.is(pg_temp.bulk('rep', 'tag', '{"tag": "fair"}', 'c5'), '2 done not_found, not_owner',
  'one more');
update public.submissions s set interest_level = 9 from made where s.id = made.own;
select pg_temp.is(pg_temp.undo('rep', 'c5'), '1 0 version_conflict', 'the tag of the one left alone');
select pg_temp.is(pg_temp.ask('rep', 'select string_agg(tag || leads, '','') from public.known_tags()'),
  'expo2,fair1', 'the tags in use');

-- An export is written down before its first row, in the name of whoever takes it; only admins read that.
select pg_temp.is(pg_temp.ask(who, 'select flash.note_export(''status=eq.new'', ''{score}'', 0)'), wanted, who)
from (values ('rep', null), ('viewer', 'denied'), ('anon', 'denied')) v(who, wanted);
select pg_temp.is(pg_temp.ask(who, 'select string_agg(concat_ws('' '', actor_role, changed ->> ''query''), '','')
  from public.audit_log where op = ''export'''), wanted, who)
from (values ('admin', 'flash_rep status=eq.new'), ('manager', null), ('rep', null)) v(who, wanted);
rollback;
