-- What a person does with facts from outside: takes one into a field, takes that back, asks anew.
-- Called through rpc. SECURITY DEFINER, so each asks by flash.lead_for_update who may.

-- Who may change the lead: its owner, its managers, admins. Viewers read.
create or replace function flash.lead_for_findings(p_lead uuid) returns public.submissions
language plpgsql volatile security definer set search_path = '' as $$
declare
  at record;
begin
  select * into at from flash.lead_for_update(p_lead, false);
  if (at.my_role = 'admin' or at.my_role = 'manager' and at.holds
      or at.my_role = 'rep' and (at.lead).owner_id = at.me) is not true then
    perform flash.refuse('A rep changes his own leads; a manager those of his territories.');
  end if;
  return at.lead;
end
$$;

-- The fields that facts may be taken into, as they are now. 'form.x' is x of form_data.
create or replace function flash.finding_field(p_lead public.submissions, p_field text) returns jsonb
language sql immutable set search_path = '' as $$
  select case when p_field like 'form.%' then coalesce(p_lead.form_data -> substr(p_field, 6), 'null')
    when p_field in ('address', 'phone', 'year_established') then to_jsonb(p_lead) -> p_field end
$$;

create or replace function flash.set_finding_field(p_lead uuid, p_field text, p_value jsonb)
returns public.submissions
language sql volatile security definer set search_path = '' as $$
  update public.submissions s
  set address = case p_field when 'address' then p_value #>> '{}' else s.address end,
      phone = case p_field when 'phone' then p_value #>> '{}' else s.phone::text end,
      year_established = case p_field when 'year_established' then (p_value #>> '{}')::int
        else s.year_established end,
      form_data = case when p_field not like 'form.%' then s.form_data
        when p_value = 'null' then s.form_data - substr(p_field, 6)
        else jsonb_set(s.form_data, array[substr(p_field, 6)], p_value) end
  where s.id = p_lead
  returning *
$$;

-- Takes a fact into its field. p_version is the lead's as the caller saw it: 409 version_conflict.
-- 404 no_such_fact when it was found otherwise meanwhile; 422 not_a_field for what has no field.
create or replace function public.take_finding(p_lead uuid, p_version int, p_source text, p_name text,
  p_value text)
returns public.submissions
language plpgsql volatile security definer set search_path = '' as $$
declare
  lead public.submissions := flash.lead_for_findings(p_lead);
  fact jsonb;
  field text;
  was jsonb;
  value jsonb;
begin
  if lead.version is distinct from p_version then
    raise exception 'version_conflict' using errcode = 'PT409',
      detail = 'The lead has changed meanwhile.';
  end if;
  select x.fact into fact
  from public.lead_findings f cross join lateral jsonb_array_elements(f.facts) as x(fact)
  where f.submission_id = p_lead and f.source = p_source and x.fact ->> 'name' = p_name
    and x.fact ->> 'value' = p_value
  limit 1;
  if fact is null then
    raise exception 'no_such_fact' using errcode = 'PT404',
      detail = 'The source says something else by now.';
  end if;
  field := fact ->> 'field';
  was := flash.finding_field(lead, field);
  if was is null then
    raise exception 'not_a_field' using errcode = 'PT422', detail = 'It has no field to be taken into.';
  end if;
  value := case field when 'year_established' then to_jsonb(p_value::int) else to_jsonb(p_value) end;
  -- Taken twice: what stood there before the first time is what undoing brings back.
  insert into public.taken_findings as old (submission_id, field, source, name, actor_id, before, value)
  values (p_lead, field, p_source, p_name, flash.actor(), was, value)
  on conflict on constraint taken_findings_pkey do update
  set source = excluded.source, name = excluded.name, actor_id = excluded.actor_id,
      taken_at = now(), value = excluded.value,
      before = case when excluded.before = old.value then old.before else excluded.before end;
  return flash.set_finding_field(p_lead, field, value);
end
$$;

-- The way back. 404 not_taken; 409 changed_since when somebody changed the field after it was taken:
-- what a person typed stays.
create or replace function public.untake_finding(p_lead uuid, p_field text)
returns public.submissions
language plpgsql volatile security definer set search_path = '' as $$
declare
  lead public.submissions := flash.lead_for_findings(p_lead);
  taken public.taken_findings;
begin
  delete from public.taken_findings t
  where t.submission_id = p_lead and t.field = p_field returning t.* into taken;
  if taken.field is null then
    raise exception 'not_taken' using errcode = 'PT404', detail = 'No fact was taken into that field.';
  end if;
  if flash.finding_field(lead, p_field) is distinct from taken.value then
    raise exception 'changed_since' using errcode = 'PT409',
      detail = 'The field was changed after the fact was taken.';
  end if;
  return flash.set_finding_field(p_lead, p_field, taken.before);
end
$$;

-- Asks the sources anew, past the cache. False: they were asked less than a minute ago.
create or replace function public.refresh_findings(p_lead uuid) returns bool
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform flash.lead_for_findings(p_lead);
  if exists (select from public.lead_findings f
             where f.submission_id = p_lead and f.asked_at > now() - interval '1 minute')
     or exists (select from flash.enrich_queue q where q.submission_id = p_lead and q.fresh) then
    return false;
  end if;
  insert into flash.enrich_queue (submission_id, fresh) values (p_lead, true)
  on conflict (submission_id) do update
  set queued_at = clock_timestamp(), run_at = now(), attempts = 0, fresh = true;
  perform flash.enqueue_job('enrich_lead', p_lead::text, p_priority => -10);
  return true;
end
$$;

revoke execute on function flash.lead_for_findings(uuid),
  flash.finding_field(public.submissions, text), flash.set_finding_field(uuid, text, jsonb),
  public.take_finding(uuid, int, text, text, text), public.untake_finding(uuid, text),
  public.refresh_findings(uuid) from public;
grant execute on function public.take_finding(uuid, int, text, text, text),
  public.untake_finding(uuid, text), public.refresh_findings(uuid)
  to flash_rep, flash_manager, flash_admin;
