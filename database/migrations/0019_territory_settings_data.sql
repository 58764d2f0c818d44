-- Settings by territory: the root is complete, countries differ where they do.
-- On a live system: inserts some thirty rows.
insert into public.territory_settings (territory_id, currency, time_zone, locale, languages,
  phone_prefixes, postal_areas, work_days, work_start, work_end, strategy, allow_neighbours,
  hold_outside_hours, specialist_types, score_multiplier, auto_deal_score, hot_sla_hours,
  warm_sla_days, cool_sla_days, cold_sla_days, confirm_by_email, block_won_on_compliance,
  sub_area_label, form_fields)
select id, 'USD', 'America/Port_of_Spain', 'en', '{en}', '{}', '{}', '{1,2,3,4,5}', '09:00',
  '17:00', 'least_loaded', true, false, '{}', 1.00, 70, 4, 1, 3, 7, true, false, 'area', '[]'
from public.territories where kind = 'root';

insert into public.territory_settings (territory_id, currency, time_zone, locale, languages,
  phone_prefixes)
select t.id, v.currency, v.zone, v.locale, v.languages::text[], v.prefixes::text[]
from (values
  ('JM', 'JMD', 'America/Jamaica', 'en-JM', '{en}', '{1876,1658}'),
  ('KY', 'KYD', 'America/Cayman', 'en-KY', '{en}', '{1345}'),
  ('CW', 'XCG', 'America/Curacao', 'nl-CW', '{nl,pap,en}', '{5999}'),
  ('TT', 'TTD', 'America/Port_of_Spain', 'en-TT', '{en}', '{1868}'),
  ('BB', 'BBD', 'America/Barbados', 'en-BB', '{en}', '{1246}'),
  ('BS', 'BSD', 'America/Nassau', 'en-BS', '{en}', '{1242}'),
  ('GY', 'GYD', 'America/Guyana', 'en-GY', '{en}', '{592}'),
  ('AG', 'XCD', 'America/Antigua', 'en-AG', '{en}', '{1268}'),
  ('LC', 'XCD', 'America/St_Lucia', 'en-LC', '{en}', '{1758}'),
  ('GD', 'XCD', 'America/Grenada', 'en-GD', '{en}', '{1473}'),
  ('VC', 'XCD', 'America/St_Vincent', 'en-VC', '{en}', '{1784}'),
  ('DM', 'XCD', 'America/Dominica', 'en-DM', '{en}', '{1767}'),
  ('KN', 'XCD', 'America/St_Kitts', 'en-KN', '{en}', '{1869}'),
  ('DO', 'DOP', 'America/Santo_Domingo', 'es-DO', '{es}', '{1809,1829,1849}'),
  ('PR', 'USD', 'America/Puerto_Rico', 'es-PR', '{es,en}', '{1787,1939}'),
  ('CU', 'CUP', 'America/Havana', 'es-CU', '{es}', '{53}'),
  ('HT', 'HTG', 'America/Port-au-Prince', 'fr-HT', '{fr}', '{509}'),
  ('MQ', 'EUR', 'America/Martinique', 'fr-MQ', '{fr}', '{596}'),
  ('GP', 'EUR', 'America/Guadeloupe', 'fr-GP', '{fr}', '{590}'),
  ('AW', 'AWG', 'America/Aruba', 'nl-AW', '{nl,pap}', '{297}'),
  ('SX', 'XCG', 'America/Lower_Princes', 'nl-SX', '{nl,en}', '{1721}'),
  ('BQ', 'USD', 'America/Kralendijk', 'nl-BQ', '{nl,pap,en}', '{5993,5994,5997}'),
  ('TC', 'USD', 'America/Grand_Turk', 'en-TC', '{en}', '{1649}'),
  ('VG', 'USD', 'America/Tortola', 'en-VG', '{en}', '{1284}'),
  ('VI', 'USD', 'America/St_Thomas', 'en-VI', '{en}', '{1340}'),
  ('AI', 'XCD', 'America/Anguilla', 'en-AI', '{en}', '{1264}'),
  ('MS', 'XCD', 'America/Montserrat', 'en-MS', '{en}', '{1664}'),
  ('SR', 'SRD', 'America/Paramaribo', 'nl-SR', '{nl}', '{597}'),
  ('BZ', 'BZD', 'America/Belize', 'en-BZ', '{en,es}', '{501}'),
  ('BM', 'BMD', 'Atlantic/Bermuda', 'en-BM', '{en}', '{1441}')
) as v(code, currency, zone, locale, languages, prefixes)
join public.territories t on t.code = v.code;

-- No number format below is checked with an authority, so a mismatch warns and never blocks.
update public.territory_settings s set
  sub_area_label = 'parish',
  form_fields = '[
    {"name": "business_registration_number", "label": "Business registration number",
     "max_length": 20},
    {"name": "tax_registration_number", "label": "Tax registration number (TRN)",
     "max_length": 20, "digits": 9}]'
from public.territories t where t.id = s.territory_id and t.code = 'JM';

update public.territory_settings s set
  work_start = '08:30', work_end = '17:30', sub_area_label = 'district',
  postal_pattern = '^KY[1-3](-[0-9]{4})?$',
  postal_areas = '{"KY1": "KY-GC", "KY2": "KY-SI", "KY3": "KY-SI"}',
  form_fields = '[
    {"name": "company_registration", "label": "Company registration", "max_length": 20},
    {"name": "regulatory_license", "label": "Regulatory licence", "max_length": 40},
    {"name": "compliance_officer", "label": "Compliance officer", "max_length": 120}]'
from public.territories t where t.id = s.territory_id and t.code = 'KY';

update public.territory_settings s set
  work_start = '08:00',
  form_fields = '[
    {"name": "chamber_of_commerce_number", "label": "Chamber of commerce number (KvK)",
     "max_length": 20, "digits": 0},
    {"name": "tax_id", "label": "Tax number (CRIB)", "max_length": 20}]'
from public.territories t where t.id = s.territory_id and t.code = 'CW';
