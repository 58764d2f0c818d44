-- Two leads that are one: suspected pairs, the merge, and the way back. Called through rpc.
-- What belongs to the other lead goes to the kept one, the other stays as an archived duplicate with
-- its own history; flash.lead_merges remembers enough to take all of it back for thirty days.
-- SECURITY DEFINER where rows change hands, so each repeats who may: flash.lead_for_update is the
-- only way to a row.

-- The facts that may come from the other lead. Money goes with its currency.
create or replace function flash.merge_facts() returns text[]
language sql immutable parallel safe
return '{business_name,owner_name,email,phone,address,postal_code,business_type,monthly_revenue_band,'
  'employee_band,monthly_transactions,average_ticket,stated_value,year_established,pain_points,'
  'current_processor,interest_level,decision_makers,specific_needs,package_seen,signed_up,'
  'preferred_language,consent_marketing}'::text[];

-- What a merge writes on the kept lead, and an unmerge writes back.
create or replace function flash.merge_columns() returns text[]
language sql immutable parallel safe
return flash.merge_facts() || '{currency,contact_id,organization_id,tags,previous_customer,status,'
  'previous_status,status_reason,status_changed_at,next_contact_at,first_response_at,'
  'last_activity_at}'::text[];

create or replace function flash.merge_part(p_row jsonb, p_columns text[]) returns jsonb
language sql immutable parallel safe set search_path = '' as $$
  select coalesce(jsonb_object_agg(c.name, p_row -> c.name), '{}') from unnest(p_columns) c(name)
$$;

-- Locks both in the order of their ids, so that two people who merge the same pair the other way
-- round wait for each other instead of failing. The kept one's access is the answer.
create or replace function flash.leads_for_merge(p_kept uuid, p_other uuid,
  out kept public.submissions, out other public.submissions, out me uuid)
language plpgsql volatile security definer set search_path = '' as $$
declare
  at record;
  wanted uuid;
begin
  if p_kept is null or p_other is null or p_kept = p_other then
    raise exception 'two_leads_needed' using errcode = 'PT422', detail = 'Name two leads.';
  end if;
  foreach wanted in array array[least(p_kept, p_other), greatest(p_kept, p_other)] loop
    select * into at from flash.lead_for_update(wanted, false);
    if (at.my_role = 'admin' or at.my_role = 'manager' and at.holds
        or at.my_role = 'rep' and ((at.lead).owner_id = at.me
          or at.holds and ((at.lead).owner_id is null or (at.lead).status = 'archived'))) is not true
    then
      perform flash.refuse('A rep merges his own leads and those of his queue; a manager all of his.');
    end if;
    me := at.me;
    if wanted = p_kept then
      kept := at.lead;
    else
      other := at.lead;
    end if;
  end loop;
end
$$;

-- Moves what hangs on `p_from` to `p_to`: ids by kind. The system's own notes of a lead are its
-- history and stay.
create or replace function flash.move_to_lead(p_from public.submissions, p_to public.submissions)
returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  deals uuid[];
  activities uuid[];
  phones text[];
  repeats uuid[];
begin
  with moved as (
    update public.deals d set submission_id = p_to.id, territory_id = p_to.territory_id
    where d.submission_id = p_from.id returning d.id)
  select array_agg(m.id) into deals from moved m;
  with moved as (
    update public.activities a
    set submission_id = p_to.id,
        territory_id = case when a.deal_id is null then p_to.territory_id else a.territory_id end,
        owner_id = case when a.deal_id is null then p_to.owner_id else a.owner_id end
    where a.submission_id = p_from.id and a.deleted_at is null
      and (a.deal_id is not null
        or a.kind in ('call', 'email', 'meeting', 'visit', 'message', 'note', 'task'))
    returning a.id)
  select array_agg(m.id) into activities from moved m;
  with copied as (
    insert into public.submission_phones (submission_id, number, label)
    select p_to.id, h.number, h.label from public.submission_phones h
    where h.submission_id = p_from.id
    on conflict (submission_id, number) do nothing returning number)
  select array_agg(c.number) into phones from copied c;
  with led as (
    update public.submissions s set duplicate_of = p_to.id
    where s.duplicate_of = p_from.id and s.id <> p_to.id returning s.id)
  select array_agg(l.id) into repeats from led l;
  return jsonb_build_object('deals', coalesce(deals, '{}'), 'activities', coalesce(activities, '{}'),
    'phones', coalesce(phones, '{}'), 'repeats', coalesce(repeats, '{}'),
    'clock', (select to_jsonb(c) from flash.sla_clock c where c.submission_id = p_from.id));
end
$$;

-- The columns of the kept lead as they will be.
create or replace function flash.merged_row(p_kept public.submissions, p_other public.submissions,
  p_take text[])
returns public.submissions
language plpgsql stable set search_path = '' as $$
declare
  out_row public.submissions;
  led record;
begin
  out_row := jsonb_populate_record(p_kept, flash.merge_part(to_jsonb(p_other), p_take));
  if p_take && '{average_ticket,stated_value}'::text[] and p_other.currency is distinct from p_kept.currency
  then
    if not '{average_ticket,stated_value}'::text[] <@ p_take
       and num_nonnulls(p_kept.average_ticket, p_kept.stated_value) = 2 then
      raise exception 'currencies_differ' using errcode = 'PT422',
        detail = 'The amounts of a lead have one currency: take both or none.';
    end if;
    out_row.currency := coalesce(p_other.currency, p_kept.currency);
  end if;
  out_row.contact_id := case when 'email' = any (p_take) then coalesce(p_other.contact_id, p_kept.contact_id)
    else coalesce(p_kept.contact_id, p_other.contact_id) end;
  out_row.organization_id := case when 'business_name' = any (p_take)
    then coalesce(p_other.organization_id, p_kept.organization_id)
    else coalesce(p_kept.organization_id, p_other.organization_id) end;
  out_row.tags := (select coalesce(array_agg(x.tag order by x.place), '{}') from (
    select t.tag, min(t.place) as place
    from unnest(p_kept.tags || p_other.tags) with ordinality as t(tag, place)
    group by t.tag order by 2 limit 12) x);
  out_row.previous_customer := p_kept.previous_customer or p_other.previous_customer
    or p_other.status = 'converted' and p_kept.status <> 'converted';
  out_row.first_response_at := least(p_kept.first_response_at, p_other.first_response_at);
  out_row.last_activity_at := greatest(p_kept.last_activity_at, p_other.last_activity_at);
  -- An open deal leads its lead, also one that has just come; a won one has converted it.
  select d.stage, d.outcome, d.next_contact_at into led from public.deals d
  where d.submission_id = p_kept.id and d.deleted_at is null
    and (d.stage <> 'closed' or d.outcome = 'won')
  order by d.stage <> 'closed' desc, d.stage_changed_at desc limit 1;
  if found then
    out_row.status := flash.lead_status_of(led.stage, led.outcome, led.next_contact_at);
  end if;
  if out_row.status <> p_kept.status then
    out_row.previous_status := p_kept.status;
    out_row.status_changed_at := now();
    out_row.status_reason := null;
    out_row.next_contact_at := null;
  end if;
  return out_row;
end
$$;

create or replace function flash.write_merged(p_id uuid, p_row public.submissions)
returns public.submissions
language plpgsql volatile security definer set search_path = '' as $$
declare
  written public.submissions;
begin
  update public.submissions s
  set (business_name, owner_name, email, phone, address, postal_code, business_type,
       monthly_revenue_band, employee_band, monthly_transactions, average_ticket, stated_value,
       year_established, pain_points, current_processor, interest_level, decision_makers,
       specific_needs, package_seen, signed_up, preferred_language, consent_marketing, currency,
       contact_id, organization_id, tags, previous_customer, status, previous_status, status_reason,
       status_changed_at, next_contact_at, first_response_at, last_activity_at)
    = (p_row.business_name, p_row.owner_name, p_row.email, p_row.phone, p_row.address,
       p_row.postal_code, p_row.business_type, p_row.monthly_revenue_band, p_row.employee_band,
       p_row.monthly_transactions, p_row.average_ticket, p_row.stated_value, p_row.year_established,
       p_row.pain_points, p_row.current_processor, p_row.interest_level, p_row.decision_makers,
       p_row.specific_needs, p_row.package_seen, p_row.signed_up, p_row.preferred_language,
       p_row.consent_marketing, p_row.currency, p_row.contact_id, p_row.organization_id, p_row.tags,
       p_row.previous_customer, p_row.status, p_row.previous_status, p_row.status_reason,
       p_row.status_changed_at, p_row.next_contact_at, p_row.first_response_at,
       p_row.last_activity_at)
  where s.id = p_id
  returning * into written;
  return written;
end
$$;

create or replace function flash.note_merge(p_lead uuid, p_subject text, p_merge uuid) returns void
language sql volatile security definer set search_path = '' as $$
  insert into public.activities (created_at, submission_id, actor_id, kind, subject, data,
    completed_at, territory_id)
  select now(), s.id, flash.actor(), 'system', left(p_subject, 200),
    jsonb_build_object('merge', p_merge), now(), s.territory_id
  from public.submissions s where s.id = p_lead
$$;

-- Merges p_other into p_kept; p_take names the facts that come from the other one. The versions are
-- those that the caller looked at: 409 version_conflict when either changed meanwhile.
-- {merge, lead, moved: {activities, deals, phones}}.
create or replace function public.merge_leads(p_kept uuid, p_kept_version int, p_other uuid,
  p_other_version int, p_take text[] default '{}')
returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  at record;
  went jsonb;
  result public.submissions;
  merge uuid := flash.uuid7();
begin
  select * into at from flash.leads_for_merge(p_kept, p_other);
  if (at.kept).version is distinct from p_kept_version
     or (at.other).version is distinct from p_other_version then
    raise exception 'version_conflict' using errcode = 'PT409',
      detail = 'One of the two has changed meanwhile.';
  end if;
  if not coalesce(p_take, '{}') <@ flash.merge_facts() then
    raise exception 'unknown_fact' using errcode = 'PT422', detail = 'Not a fact that can be taken.';
  end if;
  if (at.kept).status = 'archived' then
    raise exception 'kept_is_archived' using errcode = 'PT409', detail = 'Keep the lead that is open.';
  end if;
  if exists (select from public.lead_merges m where m.other_id = p_other and m.undone_at is null) then
    raise exception 'already_merged' using errcode = 'PT409', detail = 'It is part of another lead.';
  end if;
  perform set_config('flash.via', 'merge', true);
  -- What it was, before the other becomes a part of it.
  insert into public.lead_merges (id, kept_id, other_id, actor_id, taken, before, after, other_before,
    moved)
  values (merge, p_kept, p_other, at.me, coalesce(p_take, '{}'),
    flash.merge_part(to_jsonb(at.kept), flash.merge_columns()), '{}',
    flash.merge_part(to_jsonb(at.other), '{status,previous_status,status_reason,status_changed_at,'
      'next_contact_at,duplicate_of,version}'), '{}');
  went := flash.move_to_lead(at.other, at.kept);
  if (at.kept).duplicate_of = p_other then
    update public.submissions s set duplicate_of = null where s.id = p_kept;
    went := went || jsonb_build_object('kept_duplicate_of', p_other);
  end if;
  result := flash.write_merged(p_kept,
    flash.merged_row(at.kept, at.other, coalesce(p_take, '{}')));
  update public.submissions s
  set duplicate_of = p_kept, status = 'archived', status_reason = 'duplicate',
      previous_status = case when s.status = 'archived' then s.previous_status else s.status end,
      status_changed_at = case when s.status = 'archived' then s.status_changed_at else now() end,
      next_contact_at = null
  where s.id = p_other;
  update public.lead_merges m
  set moved = went, after = flash.merge_part(to_jsonb(result), flash.merge_columns())
  where m.id = merge;
  delete from flash.sla_clock c where c.submission_id = p_other;
  perform flash.note_merge(p_kept, 'Merged with ' || (at.other).reference || ' '
    || (at.other).business_name, merge);
  perform flash.note_merge(p_other, 'Merged into ' || (at.kept).reference || ' '
    || (at.kept).business_name, merge);
  perform set_config('flash.via', '', true);
  select * into result from public.submissions s where s.id = p_kept;
  return jsonb_build_object('merge', merge, 'lead', to_jsonb(result), 'moved', jsonb_build_object(
    'activities', jsonb_array_length(went -> 'activities'),
    'deals', jsonb_array_length(went -> 'deals'), 'phones', jsonb_array_length(went -> 'phones')));
end
$$;

-- Puts back what a merge moved: what is still with the kept lead.
create or replace function flash.move_back(p_merge public.lead_merges, p_kept public.submissions,
  p_other public.submissions)
returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  moved constant jsonb := p_merge.moved;
begin
  update public.deals d set submission_id = p_other.id, territory_id = p_other.territory_id
  where d.submission_id = p_kept.id
    and d.id in (select x::uuid from jsonb_array_elements_text(moved -> 'deals') x);
  update public.activities a
  set submission_id = p_other.id,
      territory_id = case when a.deal_id is null then p_other.territory_id else a.territory_id end,
      owner_id = case when a.deal_id is null then p_other.owner_id else a.owner_id end
  where a.submission_id = p_kept.id
    and (a.id in (select x::uuid from jsonb_array_elements_text(moved -> 'activities') x)
      or a.deal_id in (select x::uuid from jsonb_array_elements_text(moved -> 'deals') x));
  delete from public.submission_phones h
  where h.submission_id = p_kept.id and not h.is_primary
    and h.number in (select x from jsonb_array_elements_text(moved -> 'phones') x);
  update public.submissions s set duplicate_of = p_other.id
  where s.duplicate_of = p_kept.id
    and s.id in (select x::uuid from jsonb_array_elements_text(moved -> 'repeats') x);
  insert into flash.sla_clock
  select c.* from jsonb_populate_record(null::flash.sla_clock, nullif(moved -> 'clock', 'null')) c
  where c.submission_id is not null
  on conflict do nothing;
end
$$;

-- Takes a merge back within thirty days: {lead, other, left}. `left` names the facts that somebody
-- changed since; those keep what they have now.
create or replace function public.unmerge_leads(p_merge uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  merge public.lead_merges;
  at record;
  now_is jsonb;
  still text[];
  restored public.submissions;
begin
  select * into merge from public.lead_merges m where m.id = p_merge for update;
  if merge.id is null then
    raise exception 'not_found' using errcode = 'PT404', detail = 'No such merge.';
  end if;
  select * into at from flash.leads_for_merge(merge.kept_id, merge.other_id);
  if merge.undone_at is not null then
    raise exception 'nothing_to_undo' using errcode = 'PT409', detail = 'It was taken back already.';
  end if;
  if merge.created_at < now() - interval '30 days' then
    raise exception 'too_late' using errcode = 'PT409',
      detail = 'A merge can be taken back for thirty days.';
  end if;
  if exists (select from public.lead_merges m where m.other_id = merge.kept_id and m.undone_at is null)
  then
    raise exception 'merged_on' using errcode = 'PT409',
      detail = 'This lead became part of another one; take that back first.';
  end if;
  if (at.other).duplicate_of is distinct from merge.kept_id or (at.other).status <> 'archived' then
    raise exception 'version_conflict' using errcode = 'PT409',
      detail = 'The other lead has changed meanwhile.';
  end if;
  now_is := to_jsonb(at.kept);
  select coalesce(array_agg(c.name), '{}') into still from unnest(flash.merge_columns()) c(name)
  where now_is -> c.name = merge.after -> c.name;
  perform set_config('flash.via', 'merge', true);
  perform flash.write_merged(merge.kept_id,
    jsonb_populate_record(at.kept, flash.merge_part(merge.before, still)));
  update public.submissions s set duplicate_of = merge.other_id
  where s.id = merge.kept_id and merge.moved ? 'kept_duplicate_of';
  perform flash.move_back(merge, at.kept, at.other);
  update public.submissions s
  set (status, previous_status, status_reason, status_changed_at, next_contact_at, duplicate_of)
    = (select b.status, b.previous_status, b.status_reason, b.status_changed_at, b.next_contact_at,
         b.duplicate_of from jsonb_populate_record(s, merge.other_before - 'version') b)
  where s.id = merge.other_id returning * into restored;
  update public.lead_merges m set undone_at = now(), undone_by = at.me where m.id = p_merge;
  perform flash.note_merge(merge.kept_id, 'The merge with ' || (at.other).reference
    || ' was taken back', p_merge);
  perform flash.note_merge(merge.other_id, 'The merge into ' || (at.kept).reference
    || ' was taken back', p_merge);
  perform set_config('flash.via', '', true);
  return jsonb_build_object('other', to_jsonb(restored),
    'lead', (select to_jsonb(s) from public.submissions s where s.id = merge.kept_id),
    'left', (select coalesce(jsonb_agg(c.name), '[]') from unnest(flash.merge_facts()) c(name)
             where c.name <> all (still)));
end
$$;

-- The ids that share an address, a number, or a name in a country with a lead, the strongest sign of
-- each; whoever calls reads them with his own rights. Text is compared by index here, which row
-- security would not allow.
create or replace function flash.kin_of(p_id uuid) returns table (id uuid, why text)
language sql stable security definer set search_path = '' as $$
  with me as (select s.* from public.submissions s where s.id = p_id and s.deleted_at is null),
  kin as (
    (select k.id, 1 as strength from me, public.submissions k
     where lower(k.email) = lower(me.email) and k.email is not null limit 50)
    union all
    (select h.submission_id, 2 from public.submission_phones mine
     join public.submission_phones h on h.number = mine.number where mine.submission_id = p_id limit 50)
    union all
    (select k.id, 3 from me, public.submissions k
     where k.business_key = me.business_key and k.country = me.country limit 50)
    union all
    (select me.duplicate_of, 4 from me where me.duplicate_of is not null))
  select k.id, (array['email', 'phone', 'name', 'marked'])[min(k.strength)]
  from kin k
  where k.id <> p_id and not exists (
    select from flash.leads_apart x where x.low = least(k.id, p_id) and x.high = greatest(k.id, p_id))
  group by k.id
$$;

-- What else may be the same merchant as this lead, the best first: [{id, why, business_name, ...}].
create or replace function public.duplicates_of(p_id uuid)
returns table (id uuid, why text, business_name text, owner_name text, status text, reference text,
  created_at timestamptz, owner_id uuid, territory_id int, lead_score smallint)
language sql stable security invoker set search_path = '' as $$
  select s.id, k.why, s.business_name, s.owner_name, s.status::text, s.reference, s.created_at,
    s.owner_id, s.territory_id, s.lead_score
  from flash.kin_of(p_id) k join public.submissions s on s.id = k.id
  where exists (select from public.submissions me where me.id = p_id)
    and not exists (select from public.lead_merges m where m.undone_at is null
      and (m.other_id in (s.id, p_id)))
  order by array_position('{email,phone,name,marked}', k.why), s.status = 'archived', s.created_at
  limit 20
$$;

-- Which of these pairs somebody found to be different.
create or replace function flash.are_apart(p_a uuid, p_b uuid) returns bool
language sql stable security definer set search_path = '' as $$
  select exists (select from flash.leads_apart x
    where x.low = least(p_a, p_b) and x.high = greatest(p_a, p_b))
$$;

create or replace function flash.pair_line(s public.submissions) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('id', s.id, 'business_name', s.business_name, 'owner_name', s.owner_name,
    'email', s.email, 'phone', s.phone, 'status', s.status, 'reference', s.reference, 'created_at', s.created_at,
    'owner_id', s.owner_id, 'territory_id', s.territory_id, 'country', s.country,
    'lead_score', s.lead_score, 'channel', s.channel)
$$;

-- Pairs that the pipeline took for one merchant and nobody has judged yet, the newest first, of the
-- newest 1,000 leads with such a mark: {pairs: [{newer, older, why}], total, more}. `newer` and
-- `older` are rows with what a list shows.
create or replace function public.suspected_duplicates(p_limit int default 50)
returns jsonb
language sql stable security invoker set search_path = '' as $$
  with marked as (
    select s.id, s.created_at, s.duplicate_of, s.business_key, s.country, s.email, s.phone, s.status
    from public.submissions s
    where s.deleted_at is null and (s.duplicate_of is not null or s.flags <> '{}')
      and (s.duplicate_of is not null and s.status_reason = 'duplicate'
        or 'possible_duplicate' = any (s.flags) and s.status <> 'archived')
    order by s.created_at desc, s.id desc limit 1000),
  pairs as (
    select m.id as newer, o.id as older, m.created_at,
      case when lower(o.email) = lower(m.email) then 'email' when o.phone = m.phone then 'phone'
        when m.duplicate_of is null then 'name' else 'marked' end as why
    from marked m cross join lateral (
      (select o.id, o.email, o.phone from public.submissions o
       where o.id = m.duplicate_of and o.deleted_at is null and o.status <> 'archived')
      union all
      (select o.id, o.email, o.phone from public.submissions o
       where m.duplicate_of is null and o.business_key = m.business_key and o.country = m.country
         and o.deleted_at is null and o.status <> 'archived' and (o.created_at, o.id) < (m.created_at, m.id)
       order by o.created_at desc limit 1)) o
    where not flash.are_apart(m.id, o.id)
      and not exists (select from public.lead_merges g where g.undone_at is null
        and g.other_id in (m.id, o.id))),
  shown as (select * from pairs order by created_at desc, newer desc
    limit least(greatest(coalesce(p_limit, 50), 1), 200))
  select jsonb_build_object(
    'total', (select count(*) from pairs),
    'more', (select count(*) = 1000 from marked),
    'pairs', (select coalesce(jsonb_agg(jsonb_build_object('why', p.why, 'newer', flash.pair_line(n),
        'older', flash.pair_line(o)) order by p.created_at desc, p.newer desc), '[]')
      from shown p join public.submissions n on n.id = p.newer join public.submissions o on o.id = p.older))
$$;

-- Says that two leads are different merchants, or takes that back. Whoever may merge them may say so.
create or replace function public.set_leads_apart(p_a uuid, p_b uuid, p_apart bool) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  at record;
begin
  select * into at from flash.leads_for_merge(p_a, p_b);
  if p_apart then
    insert into flash.leads_apart (low, high, actor_id)
    values (least(p_a, p_b), greatest(p_a, p_b), at.me) on conflict do nothing;
  else
    delete from flash.leads_apart x where x.low = least(p_a, p_b) and x.high = greatest(p_a, p_b);
  end if;
end
$$;

do $$
declare
  t text;
begin
  execute 'revoke all on public.lead_merges from anon, authenticated, service_role, flash_worker,
    flash_rep, flash_manager, flash_viewer, flash_admin';
  grant select on public.lead_merges to flash_rep, flash_manager, flash_viewer, flash_admin;
  grant select, insert, update, delete on public.lead_merges to service_role;
  drop policy if exists services on public.lead_merges;
  create policy services on public.lead_merges to service_role using (true) with check (true);
  -- Seen with either of the two leads.
  drop policy if exists read_with_lead on public.lead_merges;
  create policy read_with_lead on public.lead_merges for select
    to flash_rep, flash_manager, flash_viewer, flash_admin
    using (exists (select from public.submissions s where s.id in (kept_id, other_id)));
  foreach t in array array['flash.kin_of(uuid)', 'flash.are_apart(uuid, uuid)',
      'flash.pair_line(public.submissions)', 'public.duplicates_of(uuid)',
      'public.suspected_duplicates(int)'] loop
    execute format('revoke execute on function %s from public', t);
    execute format('grant execute on function %s to flash_rep, flash_manager, flash_viewer,
      flash_admin', t);
  end loop;
  foreach t in array array['public.merge_leads(uuid, int, uuid, int, text[])',
      'public.unmerge_leads(uuid)', 'public.set_leads_apart(uuid, uuid, bool)'] loop
    execute format('revoke execute on function %s from public', t);
    execute format('grant execute on function %s to flash_rep, flash_manager, flash_admin', t);
  end loop;
  foreach t in array array['flash.leads_for_merge(uuid, uuid)',
      'flash.move_to_lead(public.submissions, public.submissions)',
      'flash.write_merged(uuid, public.submissions)', 'flash.note_merge(uuid, text, uuid)',
      'flash.move_back(public.lead_merges, public.submissions, public.submissions)'] loop
    execute format('revoke execute on function %s from public', t);
  end loop;
end
$$;
