-- The pipeline board: deals as cards, and the sums over its columns. Read by the web app over REST
-- and rpc, with the caller's own rights.

-- A deal with what its card says of the lead and the next open task. `touched_at` is when somebody
-- last did something about it.
create or replace view public.deal_cards with (security_invoker = true) as
select d.id, d.version, d.created_at, d.updated_at, d.deleted_at, d.submission_id, d.territory_id,
  d.owner_id, d.title, d.stage, d.outcome, d.stage_changed_at, d.value, d.currency, d.rate_date,
  d.probability, d.probability_manual, d.expected_close, d.close_date, d.lost_reason, d.lost_note,
  d.next_contact_at, d.lead_score, s.business_name, s.first_response_due_at, s.first_response_at,
  greatest(d.stage_changed_at, s.last_activity_at) as touched_at,
  n.subject as next_step, n.due_at as next_due_at
from public.deals d
left join public.submissions s on s.id = d.submission_id
left join lateral (
  select a.subject, a.due_at from public.activities a
  where a.submission_id = d.submission_id and a.kind = 'task' and a.completed_at is null
    and a.deleted_at is null
  order by a.due_at, a.id limit 1) n on true;

-- {columns: [{stage, deals, usd, weighted_usd}], won: {deals, usd}, lost: {deals}, rate_date,
-- example_rates}: open deals by stage, and what was closed in the current calendar month of the
-- caller. p_territory: it and all below; p_owner: one person's; null means everything.
create or replace function public.board_totals(p_territory int default null,
  p_owner uuid default null)
returns jsonb
language plpgsql stable security invoker set search_path = '' as $$
declare
  nodes constant int[] := case when p_territory is not null
    then coalesce(flash.subtree(p_territory), '{}') end;
  month constant date := date_trunc('month', flash.my_today())::date;
  columns jsonb;
  closed record;
begin
  -- Summed by currency and day before conversion, so that the rate is looked up once each.
  select jsonb_agg(jsonb_build_object('stage', t.stage, 'deals', t.deals, 'usd', round(t.usd, 2),
    'weighted_usd', round(t.weighted, 2))) into columns
  from (
    select c.stage, sum(c.deals) as deals,
      coalesce(sum(flash.to_usd(c.value, c.currency, c.rate_date)), 0) as usd,
      coalesce(sum(flash.to_usd(c.weighted, c.currency, c.rate_date)), 0) as weighted
    from (
      select d.stage::text as stage, d.currency, d.rate_date, count(*) as deals,
        sum(d.value) as value, sum(d.value * d.probability / 100) as weighted
      from public.deals d
      where d.stage <> 'closed' and (nodes is null or d.territory_id = any (nodes))
        and (p_owner is null or d.owner_id = p_owner)
      group by d.stage, d.currency, d.rate_date) c
    group by c.stage) t;
  select coalesce(sum(c.deals) filter (where c.outcome = 'won'), 0) as won,
    coalesce(sum(c.deals) filter (where c.outcome = 'lost'), 0) as lost,
    coalesce(round(sum(flash.to_usd(c.value, c.currency, c.rate_date))
      filter (where c.outcome = 'won'), 2), 0) as usd
  into closed
  from (
    select d.outcome, d.currency, d.rate_date, count(*) as deals, sum(d.value) as value
    from public.deals d
    where d.stage = 'closed' and d.close_date >= month
      and (nodes is null or d.territory_id = any (nodes))
      and (p_owner is null or d.owner_id = p_owner)
    group by d.outcome, d.currency, d.rate_date) c;
  return jsonb_build_object('columns', coalesce(columns, '[]'),
    'won', jsonb_build_object('deals', closed.won, 'usd', closed.usd),
    'lost', jsonb_build_object('deals', closed.lost), 'month', month,
    'rate_date', (select max(r.rate_date) from public.exchange_rates r
                  where r.rate_date <= flash.my_today()),
    'example_rates', flash.rates_are_examples(flash.my_today()));
end
$$;

revoke all on public.deal_cards from anon, authenticated;
grant select on public.deal_cards
  to flash_rep, flash_manager, flash_viewer, flash_admin, service_role;
grant execute on function public.board_totals(int, uuid)
  to flash_rep, flash_manager, flash_viewer, flash_admin, service_role;
