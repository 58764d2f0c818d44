-- :one (id uuid, version int, facts jsonb) -> (submission jsonb)
update public.submissions s
set (business_name, owner_name, email, postal_code, address, business_type, monthly_revenue_band,
     employee_band, monthly_transactions, average_ticket, year_established, pain_points,
     current_processor, interest_level, decision_makers, specific_needs, package_seen, signed_up,
     preferred_language, consent_marketing, stated_value, form_data)
  = (select f.business_name, f.owner_name, f.email, f.postal_code, f.address, f.business_type,
       f.monthly_revenue_band, f.employee_band, f.monthly_transactions, f.average_ticket,
       f.year_established, f.pain_points, f.current_processor, f.interest_level,
       f.decision_makers, f.specific_needs, f.package_seen, f.signed_up, f.preferred_language,
       f.consent_marketing, f.stated_value, f.form_data
     from jsonb_populate_record(s, $3::jsonb) f)
where s.id = $1 and s.version = $2
returning to_jsonb(s)
