-- Two leads that are one: who may merge, what moves, and that the way back restores all of it.
begin;
\ir kit/people.sql
create temp table made on commit drop as
select pg_temp.lead('Harbour Grill', 'JM-01', 'rep') as kept, pg_temp.lead('Harbor Grill', 'JM-02', 'colleague') as other,
  pg_temp.lead('Third', 'JM-01', 'rep') as third, pg_temp.lead('Cayman', 'KY-GT', 'rep_ky') as cayman,
  pg_temp.lead('Queue', 'JM-01', null) as queued;
grant select on made to public;
update public.submissions s set tags = '{a,b}', first_response_at = now() - interval '1 day', flags = '{possible_duplicate}',
  phone = '+18765550001', current_processor = 'Old', average_ticket = 10, currency = 'JMD'
from made where s.id = made.kept;
update public.submissions s set tags = '{b,c}', first_response_at = now() - interval '2 days', phone = '+18765550002',
  current_processor = 'New', average_ticket = 20, stated_value = 5, currency = 'USD', specific_needs = 'two tills'
from made where s.id = made.other;
insert into public.deals (submission_id, territory_id, owner_id, title, stage)
select other, 1, pg_temp.person('colleague'), 'Terminals', 'proposal' from made;
insert into public.activities (submission_id, actor_id, kind, body, completed_at, territory_id)
select other, pg_temp.person('colleague'), k, 'said', now(), 1 from made, unnest(array['call', 'note', 'task']) k;
insert into flash.sla_clock (submission_id, ring_at) select other, now() + interval '1 hour' from made;
update public.submissions s set duplicate_of = made.other from made where s.id = made.third;

-- What must come back, without what every write moves.
create function pg_temp.picture() returns jsonb language sql as $$
  select jsonb_build_object(
    'leads', (select jsonb_agg(to_jsonb(s) - '{version,updated_at}'::text[] order by s.id) from public.submissions s),
    'deals', (select jsonb_agg(to_jsonb(d) - '{version,updated_at}'::text[] order by d.id) from public.deals d),
    'activities', (select jsonb_agg(to_jsonb(a) - 'updated_at' order by a.id) from public.activities a
      where a.kind <> 'system' and not (a.kind = 'status_change' and a.data ->> 'via' = 'merge')),
    'phones', (select jsonb_agg(to_jsonb(p) order by p.submission_id, p.number) from public.submission_phones p),
    'clock', (select jsonb_agg(to_jsonb(c)) from flash.sla_clock c join made on c.submission_id = made.other))
$$;
create temp table before on commit drop as select pg_temp.picture() as picture;

create function pg_temp.merge(p_name text, p_kept uuid, p_other uuid, p_take text default '{}', p_by int default 0)
returns text language sql as $$
  select pg_temp.ask(p_name, format('select coalesce(r ->> ''merge'', '''') || '' '' || (r -> ''moved'')
    from public.merge_leads(%L, %s, %L, %s, %L) r', p_kept, p_by + (select version from public.submissions where id = p_kept),
    p_other, (select version from public.submissions where id = p_other), p_take))
$$;
select pg_temp.is(pg_temp.merge(who, kept, other), wanted, 'who may merge: ' || who)
from made, (values ('rep', 'PT404 not_found'), ('colleague', 'PT403 not_allowed'), ('rep_ky', 'PT404 not_found'),
  ('manager_ky', 'PT404 not_found'), ('viewer', 'denied'), ('gone', 'PT404 not_found'), ('anon', 'denied'),
  ('stranger', 'denied')) v(who, wanted);
select pg_temp.is(pg_temp.merge('manager', kept, cayman), 'PT404 not_found', 'not what he does not see') from made;
select pg_temp.is(pg_temp.merge('manager', kept, kept), 'PT422 two_leads_needed', 'not with itself') from made;
select pg_temp.is(pg_temp.merge('manager', kept, other, '{status}'), 'PT422 unknown_fact', 'facts only') from made;
select pg_temp.is(pg_temp.merge('manager', kept, other, '{}', -1), 'PT409 version_conflict', 'an old version') from made;
update public.submissions s set stated_value = 7 from made where s.id = made.kept;
select pg_temp.is(pg_temp.merge('manager', kept, other, '{average_ticket}'), 'PT422 currencies_differ', 'one currency') from made;
update public.submissions s set stated_value = null from made where s.id = made.kept;

-- The merge.
create temp table done on commit drop as
select split_part(pg_temp.merge('manager', kept, other, '{business_name,average_ticket,stated_value,specific_needs,phone}'), ' ', 1) as merge from made;
select pg_temp.is(concat_ws('|', s.business_name, s.business_key, s.current_processor, s.average_ticket, s.stated_value,
  s.currency, s.specific_needs, s.phone, s.tags, s.status, s.first_response_at = now() - interval '2 days', s.owner_id = pg_temp.person('rep')),
  'Harbor Grill|harbor grill|Old|20.00|5.00|USD|two tills|+18765550002|{a,b,c}|qualified|t|t', 'the kept lead')
from public.submissions s join made on s.id = made.kept;
select pg_temp.is(concat_ws('|', s.status, s.status_reason, s.previous_status, s.duplicate_of = made.kept, s.business_name),
  'archived|duplicate|qualified|t|Harbor Grill', 'the other stays as it was, archived')
from public.submissions s join made on s.id = made.other;
select pg_temp.is((select string_agg(p.number || p.is_primary, ',' order by p.number) from public.submission_phones p
  where p.submission_id = made.kept), '+18765550001false,+18765550002true', 'both numbers') from made;
select pg_temp.is((select string_agg(a.kind, ',' order by a.kind) from public.activities a where a.submission_id = made.kept
  and a.kind not in ('status_change', 'system')), 'call,note,task', 'what people did') from made;
select pg_temp.is((select count(*) from public.activities a join public.submissions s on s.id = a.submission_id
  where (a.territory_id, a.owner_id) is distinct from (s.territory_id, s.owner_id) and a.deal_id is null)::text, '0', 'copies follow');
select pg_temp.is((select d.territory_id = s.territory_id and d.submission_id = s.id from public.deals d, public.submissions s, made
  where s.id = made.kept)::text, 'true', 'the deal');
select pg_temp.is((select s.duplicate_of = made.kept from public.submissions s where s.id = made.third)::text, 'true',
  'what repeated the other repeats the kept one') from made;
select pg_temp.is((select count(*) from flash.sla_clock c where c.submission_id = made.other)::text, '0', 'no clock') from made;
select pg_temp.is(pg_temp.merge('manager', third, other), 'PT409 already_merged', 'once') from made;
select pg_temp.is(pg_temp.merge('manager', other, third), 'PT409 kept_is_archived', 'not into an archived one') from made;

-- Who reads of it.
select pg_temp.is(pg_temp.ask(who, 'select count(*) from public.lead_merges'), wanted, who)
from (values ('manager', '1'), ('rep', '1'), ('colleague', '1'), ('viewer', '1'), ('rep_ky', '0'), ('anon', 'denied')) v(who, wanted);

-- Back, exactly.
select pg_temp.is(pg_temp.ask(who, format('select public.unmerge_leads(%L)', merge)), wanted, who || ' takes back')
from done, (values ('rep', 'PT404 not_found'), ('colleague', 'PT403 not_allowed'), ('rep_ky', 'PT404 not_found'), ('viewer', 'denied')) v(who, wanted);
select pg_temp.is(pg_temp.ask('manager', format('select public.unmerge_leads(%L) -> ''left''', merge)), '[]', 'nothing is left')
from done;
do $$
declare
  part text;
begin
  for part in select jsonb_object_keys(pg_temp.picture()) loop
    perform pg_temp.is(jsonb_pretty(pg_temp.picture() -> part), jsonb_pretty((select picture -> part from before)), part);
  end loop;
end
$$;
select pg_temp.is(pg_temp.ask('manager', format('select public.unmerge_leads(%L)', merge)), 'PT409 nothing_to_undo', 'once') from done;

-- What somebody changed since keeps what it has; a lead that went on into another stays.
create temp table again on commit drop as
select split_part(pg_temp.merge('manager', kept, other, '{business_name,specific_needs}'), ' ', 1) as merge from made;
update public.submissions s set specific_needs = 'three tills' from made where s.id = made.kept;
create temp table further on commit drop as select split_part(pg_temp.merge('manager', queued, kept), ' ', 1) as merge from made;
select pg_temp.is(pg_temp.ask('manager', format('select public.unmerge_leads(%L)', merge)), 'PT409 merged_on', 'the later one first') from again;
select pg_temp.is(pg_temp.ask('manager', format('select public.unmerge_leads(%L) -> ''left''', merge)), '[]', 'the later one') from further;
select pg_temp.is(pg_temp.ask('manager', format('select public.unmerge_leads(%L) -> ''left''', merge)), '["specific_needs"]', 'edited since') from again;
select pg_temp.is(concat_ws('|', s.business_name, s.specific_needs), 'Harbour Grill|three tills', 'the rest is back')
from public.submissions s join made on s.id = made.kept;
create temp table old on commit drop as select split_part(pg_temp.merge('manager', kept, other), ' ', 1) as merge from made;
update public.lead_merges m set created_at = now() - interval '31 days' from old where m.id = old.merge::uuid;
select pg_temp.is(pg_temp.ask('manager', format('select public.unmerge_leads(%L)', merge)), 'PT409 too_late', 'a month') from old;
update public.lead_merges m set created_at = now() - interval '29 days' from old where m.id = old.merge::uuid;
select pg_temp.is(pg_temp.ask('manager', format('select public.unmerge_leads(%L) -> ''left''', merge)), '[]', 'in time') from old;

-- A rep merges his own with the queue; the queue of another place is not his.
select pg_temp.is((pg_temp.merge('rep', kept, queued) ~ '^[0-9a-f-]{36} ')::text, 'true', 'own and queue') from made;

-- Suspects: the strongest sign, only what both sides may be seen of, until somebody says they differ.
update public.submissions s set email = 'same@x.example' from made where s.id in (made.other, made.cayman);
update public.submissions s set email = 'SAME@x.example' from made where s.id = made.kept;
select pg_temp.is(pg_temp.ask(who, format('select string_agg(d.business_name || '' '' || d.why, '', '' order by d.business_name)
  from public.duplicates_of(%L) d', kept)), wanted, who)
from made, (values ('admin', 'Cayman email, Harbor Grill email'), ('manager', 'Harbor Grill email'), ('rep', null),
  ('viewer', 'Harbor Grill email'), ('rep_ky', null), ('anon', 'denied')) v(who, wanted);
update public.submissions s set business_name = 'Harbour Grill', flags = '{possible_duplicate}', duplicate_of = null from made where s.id = made.third;
create function pg_temp.suspects(p_name text) returns text language sql as $$
  select pg_temp.ask(p_name, 'select concat_ws('' '', r -> ''total'', (select string_agg(concat_ws(''>'', p -> ''newer'' ->> ''business_name'',
    p -> ''older'' ->> ''business_name'', p ->> ''why''), '','') from jsonb_array_elements(r -> ''pairs'') p)) from public.suspected_duplicates() r')
$$;
select pg_temp.is(pg_temp.suspects(who), wanted, who) from (values ('rep', '1 Harbour Grill>Harbour Grill>name'),
  ('manager', '1 Harbour Grill>Harbour Grill>name'), ('rep_ky', '0'), ('anon', 'denied')) v(who, wanted);
select pg_temp.is(pg_temp.try('viewer', format('select public.set_leads_apart(%L, %L, true)', kept, third)), 'denied', 'viewers') from made;
select pg_temp.is(pg_temp.try('rep_ky', format('select public.set_leads_apart(%L, %L, true)', kept, third)), 'PT404 not_found', 'others') from made;
select pg_temp.try('rep', format('select public.set_leads_apart(%L, %L, true)', third, kept), true) from made;
select pg_temp.is(pg_temp.suspects('rep'), '0', 'judged');
select pg_temp.try('rep', format('select public.set_leads_apart(%L, %L, false)', kept, third), true) from made;
select pg_temp.is(left(pg_temp.suspects('rep'), 1), '1', 'judged again');
rollback;
