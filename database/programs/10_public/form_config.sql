-- What the public form asks and offers. Called by GET /api/config as flash_intake; published places
-- only, and nothing about people.
create or replace function flash.form_config(p_seller text, p_key text) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'seller', p_seller,
    'publishable_key', p_key,
    'territories', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'code', t.code, 'name', t.name, 'country', t.country, 'currency', e.currency,
        'locale', e.locale, 'time_zone', e.time_zone, 'languages', e.languages,
        'phone_prefixes', e.phone_prefixes, 'postal_pattern', e.postal_pattern,
        'sub_area_label', e.sub_area_label, 'form_fields', e.form_fields,
        'sub_areas', (
          select coalesce(jsonb_agg(jsonb_build_object('code', a.code, 'name', a.name)
            order by a.sort_order, a.name), '[]')
          from public.territories a
          where a.country = t.country and a.kind = 'area' and a.published))
        order by t.sort_order, t.name), '[]')
      from public.territories t join flash.territory_effective e on e.territory_id = t.id
      where t.kind = 'country' and t.published),
    'currencies', (
      select coalesce(jsonb_agg(jsonb_build_object('code', l.currency, 'usd', l.usd)
        order by l.currency), '[]')
      from (select distinct on (x.currency) x.currency, x.usd from public.exchange_rates x
            where x.rate_date <= current_date order by x.currency, x.rate_date desc) l
      where l.currency in (
        select e.currency from public.territories t
        join flash.territory_effective e on e.territory_id = t.id
        where t.kind = 'country' and t.published)),
    'business_types', '["restaurant", "retail", "hospitality", "healthcare", "automotive", "other"]'::jsonb,
    'monthly_revenue_bands', '["0-10k", "10k-50k", "50k-100k", "100k-250k", "250k+"]'::jsonb,
    'employee_bands', '["1-5", "6-20", "21-50", "51-100", "100+"]'::jsonb,
    'pain_points', '["high_fees", "slow_processing", "international_payments", "poor_support", "security_concerns", "reporting", "integration", "equipment"]'::jsonb,
    'languages', '["en", "nl", "es", "fr", "pap"]'::jsonb)
$$;

revoke execute on function flash.form_config(text, text) from public;
grant execute on function flash.form_config(text, text) to flash_intake;
