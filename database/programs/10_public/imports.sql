-- Files of leads. A person begins an import, sends its pieces, has it checked, runs it, cancels it and
-- takes it back (rpc); the server's worker::import jobs read the file, check every row with the rules of
-- the form, and call the rest. What is written is decided by the pipeline as any lead (channel
-- 'import'). The jobs act for the import's owner: each function asks for his access, not the worker's.

create or replace function flash.my_import(p_id uuid) returns public.imports
language plpgsql volatile security definer set search_path = '' as $$
declare
  found_one public.imports;
begin
  select i.* into found_one from public.imports i join flash.my_access() a on a.profile_id = i.owner_id
  where i.id = p_id and a.role in ('rep', 'manager', 'admin') for update of i;
  if found_one.id is null then
    raise exception 'not_found' using errcode = 'PT404', detail = 'No such import.';
  end if;
  return found_one;
end
$$;

create or replace function public.begin_import(p_name text, p_bytes bigint) returns public.imports
language plpgsql volatile security definer set search_path = '' as $$
declare
  made public.imports;
begin
  if not exists (select from flash.my_access() a where a.role in ('rep', 'manager', 'admin')) then
    perform flash.refuse('Reps, managers and admins import leads.');
  end if;
  if p_bytes is null or p_bytes not between 1 and 67108864 then
    raise exception 'file_too_large' using errcode = 'PT422',
      detail = 'A file of leads has at most 64 MB; split it.';
  end if;
  if (select count(*) from public.imports i
      where i.owner_id = auth.uid() and i.state in ('sending', 'checking', 'checked', 'running')) >= 5 then
    raise exception 'too_many_imports' using errcode = 'PT409',
      detail = 'Five imports are open: run or cancel one of them.';
  end if;
  insert into public.imports (owner_id, file_name, bytes)
  values (auth.uid(), left(coalesce(nullif(btrim(p_name), ''), 'leads.csv'), 200), p_bytes)
  returning * into made;
  return made;
end
$$;

-- p_bytes: base64 of at most a megabyte. A piece that is sent again replaces itself.
create or replace function public.add_import_part(p_import uuid, p_part int, p_bytes text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  it public.imports := flash.my_import(p_import);
begin
  if it.state <> 'sending' then
    raise exception 'wrong_state' using errcode = 'PT409', detail = 'The file is complete.';
  end if;
  if length(p_bytes) > 1398104 then
    raise exception 'part_too_large' using errcode = 'PT422', detail = 'A piece has at most a megabyte.';
  end if;
  insert into flash.import_parts (import_id, part, bytes) values (p_import, p_part, decode(p_bytes, 'base64'))
  on conflict (import_id, part) do update set bytes = excluded.bytes;
  if (select sum(octet_length(p.bytes)) from flash.import_parts p where p.import_id = p_import) > it.bytes then
    raise exception 'file_too_large' using errcode = 'PT422', detail = 'More came than was announced.';
  end if;
end
$$;

-- Has every row checked; nothing is written. p_mapping: {"columns": [field or null, ...], "defaults":
-- {field: text}}; null: as remembered, else guessed.
create or replace function public.check_import(p_import uuid, p_mapping jsonb default null)
returns public.imports
language plpgsql volatile security definer set search_path = '' as $$
declare
  it public.imports := flash.my_import(p_import);
begin
  if it.state not in ('sending', 'checked', 'failed') then
    raise exception 'wrong_state' using errcode = 'PT409', detail = it.state;
  end if;
  if (select coalesce(sum(octet_length(p.bytes)), 0) from flash.import_parts p
      where p.import_id = p_import) <> it.bytes then
    raise exception 'file_incomplete' using errcode = 'PT409', detail = 'A piece of the file is missing.';
  end if;
  update public.imports i set state = 'checking', reason = null, progress = 0, cancel_requested = false,
    mapping = coalesce(p_mapping, '{}'), total = 0, fresh = 0, updates = 0, duplicates = 0, errors = 0
  where i.id = p_import returning * into it;
  delete from flash.import_rows r where r.import_id = p_import;
  if p_mapping is not null and it.header <> '{}' then
    insert into flash.import_mappings (owner_id, headings, mapping)
    values (it.owner_id, md5(it.header::text), p_mapping)
    on conflict (owner_id, headings) do update set mapping = excluded.mapping, used_at = now();
  end if;
  perform flash.enqueue_job('import_check', p_import::text, jsonb_build_object('import', p_import),
    p_max_attempts => 3);
  return it;
end
$$;

create or replace function public.run_import(p_import uuid) returns public.imports
language plpgsql volatile security definer set search_path = '' as $$
declare
  it public.imports := flash.my_import(p_import);
begin
  if it.state <> 'checked' or it.fresh + it.updates = 0 then
    raise exception 'wrong_state' using errcode = 'PT409', detail = it.state;
  end if;
  update public.imports i set state = 'running', progress = 0, cancel_requested = false
  where i.id = p_import returning * into it;
  perform flash.enqueue_job('import_run', p_import::text, jsonb_build_object('import', p_import),
    p_max_attempts => 5);
  return it;
end
$$;

create or replace function public.undo_import(p_import uuid) returns public.imports
language plpgsql volatile security definer set search_path = '' as $$
declare
  it public.imports := flash.my_import(p_import);
begin
  if it.state not in ('done', 'cancelled') or it.created_at < now() - interval '30 days' then
    raise exception 'wrong_state' using errcode = 'PT409', detail = it.state;
  end if;
  update public.imports i set state = 'undoing', progress = 0, cancel_requested = false, refused = 0
  where i.id = p_import returning * into it;
  perform flash.enqueue_job('import_undo', p_import::text, jsonb_build_object('import', p_import),
    p_max_attempts => 5);
  return it;
end
$$;

-- Stops it at the next portion; what is written stays until it is taken back.
create or replace function public.cancel_import(p_import uuid) returns public.imports
language plpgsql volatile security definer set search_path = '' as $$
declare
  it public.imports := flash.my_import(p_import);
begin
  update public.imports i set cancel_requested = true,
    state = case when i.state in ('sending', 'checked') then 'cancelled' else i.state end
  where i.id = p_import and i.state in ('sending', 'checking', 'checked', 'running') returning * into it;
  return it;
end
$$;

-- Rows that were not written and why, in portions: those after a line. For the file of errors.
create or replace function public.import_problems(p_import uuid, p_after bigint default 0)
returns table (line bigint, verdict text, reason text, cells text[])
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform flash.my_import(p_import);
  return query select r.line, r.verdict::text, r.reason, r.cells from flash.import_rows r
  where r.import_id = p_import and r.line > p_after
    and (r.verdict in ('error', 'duplicate') or r.state in ('refused', 'kept'))
  order by r.line limit 1000;
end
$$;

-- What a job needs to begin; null: there is nothing to do any more.
create or replace function flash.import_open(p_import uuid, p_state text) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('mapping', i.mapping, 'bytes', i.bytes,
    'parts', (select count(*) from flash.import_parts p where p.import_id = i.id))
  from public.imports i where i.id = p_import and i.state = p_state
$$;

create or replace function flash.import_part(p_import uuid, p_part int) returns text
language sql stable security definer set search_path = '' as $$
  select encode(p.bytes, 'hex') from flash.import_parts p where p.import_id = p_import and p.part = p_part
$$;

-- What the beginning of the file says; the mapping that holds from here comes back.
create or replace function flash.import_began(p_import uuid, p_found jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  it public.imports;
  names text[] := array(select jsonb_array_elements_text(p_found -> 'header'));
begin
  update public.imports i
  set encoding = p_found ->> 'encoding', separator = p_found ->> 'separator', header = names,
      sample = coalesce(p_found -> 'sample', '[]'),
      mapping = case when i.mapping <> '{}' then i.mapping else coalesce(
        (select m.mapping from flash.import_mappings m
         where m.owner_id = i.owner_id and m.headings = md5(names::text)), p_found -> 'guess') end
  where i.id = p_import returning * into it;
  return it.mapping;
end
$$;

-- Judges up to some hundred rows: [{line, cells, reason, facts, reference}]. A reason is an error of the
-- row itself. False: the import was cancelled. Only leads that the owner sees are compared.
create or replace function flash.import_judge(p_import uuid, p_rows jsonb, p_progress int, p_odd bigint)
returns bool
language plpgsql volatile security definer set search_path = '' as $$
declare
  it public.imports;
  me flash.profile_access;
begin
  select * into it from public.imports i where i.id = p_import and i.state = 'checking' for update;
  if it.id is null or it.cancel_requested then
    return false;
  end if;
  select * into me from flash.profile_access a where a.profile_id = it.owner_id and a.active;
  with given as (
    select (r ->> 'line')::bigint as line, array(select jsonb_array_elements_text(r -> 'cells')) as cells,
      nullif(r ->> 'reason', '') as reason, coalesce(r -> 'facts', '{}') as facts,
      nullif(r ->> 'reference', '') as reference,
      lower(nullif(r -> 'facts' ->> 'email', '')) as email, nullif(r -> 'facts' ->> 'phone', '') as phone
    from jsonb_array_elements(p_rows) r),
  seen as (
    select g.*,
      (select s.id from public.submissions s where s.reference = g.reference and s.deleted_at is null
         and (me.role = 'admin' or s.territory_id = any (me.territory_ids)
              and (me.role = 'manager' or s.owner_id = me.profile_id))) as target,
      flash.home_territory(g.facts ->> 'country',
        (select t.id from public.territories t where t.code = g.facts ->> 'sub_area')) as home,
      case when g.reference is null and g.reason is null then coalesce(
        (select s.id from public.submissions s where lower(s.email) = g.email and s.deleted_at is null
           and (me.role = 'admin' or s.territory_id = any (me.territory_ids)) order by s.created_at desc limit 1),
        (select s.id from public.submission_phones h join public.submissions s on s.id = h.submission_id
         where h.number = g.phone and s.deleted_at is null
           and (me.role = 'admin' or s.territory_id = any (me.territory_ids)) order by s.created_at desc limit 1))
        end as twin,
      case when g.reference is null and g.reason is null then coalesce(
        (select min(r.line) from flash.import_rows r where r.import_id = p_import and r.email = g.email
           and r.verdict = 'new' and r.line < g.line),
        (select min(r.line) from flash.import_rows r where r.import_id = p_import and r.phone = g.phone
           and r.verdict = 'new' and r.line < g.line),
        (select min(o.line) from given o where o.line < g.line and o.reason is null and o.reference is null
           and (o.email = g.email or o.phone = g.phone))) end as earlier
    from given g),
  judged as (
    insert into flash.import_rows (import_id, line, cells, facts, email, phone, submission_id, verdict, reason)
    select p_import, s.line, s.cells, s.facts, s.email, s.phone, coalesce(s.target, s.twin),
      case when s.reason is not null or s.reference is not null and s.target is null
          or s.reference is null and not (me.role = 'admin' or s.home = any (me.territory_ids)) then 'error'
        when s.reference is not null then 'update'
        when s.twin is not null or s.earlier is not null then 'duplicate' else 'new' end,
      case when s.reason is not null then left(s.reason, 1000)
        when s.reference is not null and s.target is null
          then 'Reference: no lead of yours is called ' || left(s.reference, 40)
        when s.reference is null and not (me.role = 'admin' or s.home = any (me.territory_ids))
          then 'Country: it lies outside your territories'
        when s.twin is not null then 'The same e-mail or phone as '
          || (select x.reference from public.submissions x where x.id = s.twin)
        when s.earlier is not null then 'The same e-mail or phone as line ' || s.earlier end
    from seen s on conflict (import_id, line) do nothing
    returning verdict)
  update public.imports i
  set total = i.total + j.total, fresh = i.fresh + j.fresh, updates = i.updates + j.updates,
      duplicates = i.duplicates + j.duplicates, errors = i.errors + j.errors,
      progress = p_progress, odd_bytes = p_odd
  from (select count(*) as total, count(*) filter (where verdict = 'new') as fresh,
      count(*) filter (where verdict = 'update') as updates,
      count(*) filter (where verdict = 'duplicate') as duplicates,
      count(*) filter (where verdict = 'error') as errors from judged) j
  where i.id = p_import;
  return true;
end
$$;

-- The end of a step. p_state 'failed' says why.
create or replace function flash.import_ended(p_import uuid, p_state text, p_reason text default null)
returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.imports i
  set state = case when i.cancel_requested and i.state <> 'undoing' then 'cancelled' else p_state end,
      reason = left(p_reason, 400), progress = 100,
      finished_at = now()
  where i.id = p_import and i.state in ('checking', 'running', 'undoing');
  delete from flash.import_parts p where p.import_id = p_import
    and exists (select from public.imports i where i.id = p_import and i.state in ('done', 'undone', 'cancelled'));
end
$$;

-- Ends what nobody will end: a step whose job has died, a file that nobody ran for a week. The bytes of
-- a file go when its import is over, its rows when it can no longer be taken back.
create or replace function flash.imports_tidy() returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.imports i
  set state = case i.state when 'checking' then 'failed' when 'running' then 'cancelled' else 'done' end,
    reason = 'It broke off; the log of the server says why.', finished_at = now()
  where i.state in ('checking', 'running', 'undoing') and not exists (
    select from flash.jobs j where j.key = i.id::text and j.kind ^@ 'import_' and j.finished_at is null);
  update public.imports i set state = 'cancelled', reason = 'Nobody ran it for a week.', finished_at = now()
  where i.state in ('sending', 'checked', 'failed') and i.created_at < now() - interval '7 days';
  delete from flash.import_parts p using public.imports i
  where i.id = p.import_id and i.state in ('done', 'undone', 'cancelled');
  delete from flash.import_rows r using public.imports i
  where i.id = r.import_id and i.state in ('done', 'undone', 'cancelled')
    and i.created_at < now() - interval '31 days';
end
$$;

-- The columns that an import may write on a lead that is there.
create or replace function flash.import_columns() returns text[]
language sql immutable parallel safe
return '{business_name,owner_name,email,phone,postal_code,address,business_type,monthly_revenue_band,'
  'employee_band,monthly_transactions,average_ticket,year_established,current_processor,interest_level,'
  'specific_needs,package_seen,signed_up,preferred_language,consent_marketing,stated_value,tags}'::text[];

-- Writes those columns on a lead and returns it.
create or replace function flash.import_set(p_lead public.submissions, p_facts jsonb)
returns public.submissions
language plpgsql volatile security definer set search_path = '' as $$
declare
  l public.submissions := jsonb_populate_record(p_lead, p_facts);
begin
  update public.submissions s
  set (business_name, owner_name, email, phone, postal_code, address, business_type, monthly_revenue_band,
       employee_band, monthly_transactions, average_ticket, year_established, current_processor, interest_level,
       specific_needs, package_seen, signed_up, preferred_language, consent_marketing, stated_value, tags)
    = (l.business_name, l.owner_name, l.email, l.phone, l.postal_code, l.address, l.business_type,
       l.monthly_revenue_band, l.employee_band, l.monthly_transactions, l.average_ticket, l.year_established,
       l.current_processor, l.interest_level, l.specific_needs, l.package_seen, l.signed_up,
       l.preferred_language, l.consent_marketing, l.stated_value, l.tags)
  where s.id = p_lead.id returning * into l;
  return l;
end
$$;

create or replace function flash.import_update_one(p_row flash.import_rows) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  was public.submissions;
  is_now public.submissions;
  names constant text[] := array(select k from jsonb_object_keys(p_row.facts) k where k = any (flash.import_columns()));
begin
  select * into strict was from public.submissions s
  where s.id = p_row.submission_id and s.deleted_at is null for update;
  is_now := flash.import_set(was, flash.merge_part(p_row.facts, names));
  update flash.import_rows r set state = 'written', before = flash.merge_part(to_jsonb(was), names),
    after = flash.merge_part(to_jsonb(is_now), names)
  where r.import_id = p_row.import_id and r.line = p_row.line;
end
$$;

create or replace function flash.import_add_one(p_row flash.import_rows) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  f constant public.submissions := jsonb_populate_record(null::public.submissions, p_row.facts - 'sub_area');
  made uuid;
begin
  insert into public.submissions (business_name, owner_name, email, phone, country, sub_area_id, postal_code, address,
    business_type, monthly_revenue_band, employee_band, monthly_transactions, average_ticket, currency,
    year_established, pain_points, current_processor, interest_level, decision_makers, specific_needs,
    package_seen, signed_up, preferred_language, consent_contact, consent_marketing, stated_value, tags, channel)
  values (f.business_name, f.owner_name, f.email, f.phone, f.country,
    (select t.id from public.territories t where t.code = p_row.facts ->> 'sub_area'), f.postal_code, f.address,
    f.business_type, f.monthly_revenue_band, f.employee_band, f.monthly_transactions, f.average_ticket,
    (select e.currency from public.territories t join flash.territory_effective e on e.territory_id = t.id
     where t.kind = 'country' and t.country = f.country),
    f.year_established, coalesce(f.pain_points, '{}'), f.current_processor, f.interest_level,
    coalesce(f.decision_makers, '{}'), f.specific_needs, coalesce(f.package_seen, false),
    coalesce(f.signed_up, false), f.preferred_language, coalesce(f.consent_contact, false),
    coalesce(f.consent_marketing, false), f.stated_value, coalesce(f.tags, '{}'), 'import')
  returning id into made;
  update flash.import_rows r set state = 'written', submission_id = made
  where r.import_id = p_row.import_id and r.line = p_row.line;
end
$$;

-- Writes the next p_limit rows; each alone, so that one that is refused does not hold up the others.
-- False: nothing is left, or it was cancelled.
create or replace function flash.import_apply(p_import uuid, p_limit int) returns bool
language plpgsql volatile security definer set search_path = '' as $$
declare
  it public.imports;
  me flash.profile_access;
  item flash.import_rows;
  n int := 0;
  bad int := 0;
  said text;
begin
  select * into it from public.imports i where i.id = p_import and i.state = 'running' for update;
  if it.id is null or it.cancel_requested then
    return false;
  end if;
  select * into me from flash.profile_access a where a.profile_id = it.owner_id and a.active;
  -- What it writes is the owner's doing.
  perform set_config('request.jwt.claim.sub', it.owner_id::text, true);
  for item in select * from flash.import_rows r where r.import_id = p_import and r.state = 'waiting'
      and r.verdict in ('new', 'update') order by r.line limit p_limit loop
    n := n + 1;
    begin
      if me.profile_id is null or item.verdict = 'update' and not exists (select from public.submissions s
          where s.id = item.submission_id and (me.role = 'admin' or s.territory_id = any (me.territory_ids)
            and (me.role = 'manager' or s.owner_id = me.profile_id))) then
        raise exception 'not yours to change';
      end if;
      if item.verdict = 'new' then
        perform flash.import_add_one(item);
      else
        perform flash.import_update_one(item);
      end if;
    exception when others then
      get stacked diagnostics said = message_text;
      bad := bad + 1;
      update flash.import_rows r set state = 'refused', reason = left(said, 400)
      where r.import_id = p_import and r.line = item.line;
    end;
  end loop;
  perform set_config('request.jwt.claim.sub', '', true);
  update public.imports i set written = i.written + n - bad, refused = i.refused + bad,
    progress = least(99, (i.written + n + i.refused) * 100 / greatest(i.fresh + i.updates, 1))
  where i.id = p_import;
  return n > 0;
end
$$;

-- Takes the next p_limit rows back: leads that came are deleted, those updated get what they had. What a
-- person has touched since stays and is listed.
create or replace function flash.import_unapply(p_import uuid, p_limit int) returns bool
language plpgsql volatile security definer set search_path = '' as $$
declare
  it public.imports;
  item flash.import_rows;
  lead public.submissions;
  n int := 0;
  kept int := 0;
  back bool;
begin
  select * into it from public.imports i where i.id = p_import and i.state = 'undoing' for update;
  if it.id is null then
    return false;
  end if;
  perform set_config('request.jwt.claim.sub', it.owner_id::text, true);
  for item in select * from flash.import_rows r where r.import_id = p_import and r.state = 'written'
      order by r.line desc limit p_limit loop
    n := n + 1;
    select * into lead from public.submissions s where s.id = item.submission_id for update;
    if item.verdict = 'new' then
      back := lead.id is not null and lead.deleted_at is null
        and not exists (select from public.audit_log a where a.row_id = lead.id::text and a.op = 'update'
          and a.actor_id is not null and a.table_name = 'submissions')
        and not exists (select from public.activities a where a.submission_id = lead.id and a.actor_id is not null
          and a.kind in ('call', 'email', 'meeting', 'visit', 'message', 'note', 'task'));
      if back then
        update public.submissions s set deleted_at = now() where s.id = lead.id;
      end if;
    else
      back := lead.id is not null and lead.deleted_at is null
        and flash.merge_part(to_jsonb(lead), array(select jsonb_object_keys(item.after))) = item.after;
      if back then
        perform flash.import_set(lead, item.before);
      end if;
    end if;
    kept := kept + (not back)::int;
    update flash.import_rows r set state = case when back then 'undone' else 'kept' end,
      reason = case when back then r.reason else 'Somebody changed the lead since; it stays as it is' end
    where r.import_id = p_import and r.line = item.line;
  end loop;
  perform set_config('request.jwt.claim.sub', '', true);
  update public.imports i set refused = i.refused + kept,
    progress = least(99, i.progress + 1)
  where i.id = p_import;
  return n > 0;
end
$$;

do $$
declare
  f text;
begin
  revoke all on public.imports from anon, authenticated, service_role, flash_worker, flash_rep, flash_manager,
    flash_viewer, flash_admin;
  grant select on public.imports to flash_rep, flash_manager, flash_admin;
  grant select, insert, update, delete on public.imports to service_role;
  drop policy if exists services on public.imports;
  create policy services on public.imports to service_role using (true) with check (true);
  drop policy if exists own on public.imports;
  create policy own on public.imports for select to flash_rep, flash_manager, flash_admin
    using (owner_id = (select a.profile_id from flash.profile_access a where a.profile_id = auth.uid() and a.active));
  foreach f in array array['public.begin_import(text, bigint)', 'public.add_import_part(uuid, int, text)',
      'public.check_import(uuid, jsonb)', 'public.run_import(uuid)', 'public.undo_import(uuid)',
      'public.cancel_import(uuid)', 'public.import_problems(uuid, bigint)'] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to flash_rep, flash_manager, flash_admin', f);
  end loop;
  foreach f in array array['flash.import_open(uuid, text)', 'flash.import_part(uuid, int)',
      'flash.import_began(uuid, jsonb)', 'flash.import_judge(uuid, jsonb, int, bigint)',
      'flash.import_ended(uuid, text, text)', 'flash.import_apply(uuid, int)',
      'flash.import_unapply(uuid, int)'] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to flash_worker', f);
  end loop;
  foreach f in array array['flash.my_import(uuid)', 'flash.imports_tidy()', 'flash.import_update_one(flash.import_rows)',
      'flash.import_set(public.submissions, jsonb)', 'flash.import_add_one(flash.import_rows)'] loop
    execute format('revoke execute on function %s from public', f);
  end loop;
end
$$;
