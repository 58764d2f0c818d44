-- The demo: Harbour Pay, seven people, some 400 leads of the last 90 days in three territories, and
-- everything that happened to them. Loaded once into an empty database by its owner; the people
-- get their passwords from the server. Every name, number and address is invented.
-- What happened is simulated event by event in the order of time, under the same triggers as real
-- work (flash.via = 'import' lets the events state their own time and author). The same day always
-- gives the same data: chance is a hash of the lead's number.
create function pg_temp.chance(p_lead int, p_topic text, p_of int) returns int
language sql immutable as
$$ select (('x' || substr(md5(p_topic || p_lead), 1, 7))::bit(28)::int) % p_of $$;
create function pg_temp.pick(p_lead int, p_topic text, p_from text[]) returns text
language sql immutable as
$$ select p_from[1 + pg_temp.chance(p_lead, p_topic, cardinality(p_from))] $$;
create function pg_temp.demo_id(p_key text, p_at timestamptz) returns uuid
language sql immutable as $$
  select overlay(overlay(lpad(to_hex((extract(epoch from p_at) * 1000)::bigint), 12, '0')
    || substr(md5(p_key), 1, 20) placing '7' from 13 for 1) placing '8' from 17 for 1)::uuid
$$;
-- Somebody's first free minute at work: mornings for the night, Monday for the weekend.
create function pg_temp.at_work(p_at timestamptz, p_zone text, p_lead int) returns timestamptz
language plpgsql stable as $$
declare
  here timestamp := p_at at time zone p_zone;
  early interval := make_interval(mins => 8 * 60 + 35 + pg_temp.chance(p_lead, 'early', 70));
begin
  if here::time < '08:30' then
    here := date_trunc('day', here) + early;
  elsif here::time > '17:15' then
    here := date_trunc('day', here) + interval '1 day' + early;
  end if;
  while extract(isodow from here) > 5 loop
    here := date_trunc('day', here) + interval '1 day' + early;
  end loop;
  return here at time zone p_zone;
end
$$;

-- points-v2 once more, in SQL: src/score is where it lives. The seed has to be loadable without it.
create function pg_temp.points(l public.submissions, out score int, out basic int,
  out factors jsonb, out adjustment int, out completeness real)
language plpgsql stable as $$
declare
  revenue int := coalesce(array_position(
    '{0-10k,10k-50k,50k-100k,100k-250k,250k+}', l.monthly_revenue_band::text), 0);
  staff int := coalesce(array_position(array['1-5', '6-20', '21-50', '51-100', '100+'],
    l.employee_band::text), 0);
  age int := extract(year from l.created_at)::int - l.year_established;
  pains int := (select count(*) from unnest(l.pain_points) p where p in ('high_fees',
    'slow_processing', 'international_payments', 'poor_support', 'security_concerns'));
  engaged text[] := array_remove(array[case when l.package_seen then 'package_seen' end,
    case when l.signed_up then 'signed_up' end,
    case when l.current_processor is not null then 'processor_named' end], null);
  total int;
begin
  select jsonb_agg(jsonb_build_object('field', f.field, 'label', f.label, 'value', f.value,
      'points', f.points, 'max', f.most, 'hint', f.hint) order by f.place),
    sum(f.points), count(nullif(f.value, 'null'))::real / 7
  into factors, total, completeness
  from (values
    (1, 'revenue', 'Monthly revenue', coalesce(to_jsonb(l.monthly_revenue_band), 'null'),
      5 * revenue, 25, case when revenue = 0 then 'Ask for the monthly revenue' end),
    (2, 'interest', 'Interest', to_jsonb(l.interest_level), 2 * l.interest_level, 20,
      case when l.interest_level < 8 then 'Show the saving on their own fees' end),
    (3, 'transactions', 'Monthly transactions', coalesce(to_jsonb(l.monthly_transactions), 'null'),
      case when l.monthly_transactions >= 1000 then 15 when l.monthly_transactions >= 500 then 12
        when l.monthly_transactions >= 200 then 9 when l.monthly_transactions >= 50 then 6
        when l.monthly_transactions >= 1 then 3 else 0 end, 15,
      case when l.monthly_transactions is null then 'Ask how many payments they take a month' end),
    (4, 'pain_points', 'Pain points',
      case when l.pain_points = '{}' then 'null' else to_jsonb(l.pain_points) end, 3 * pains, 15,
      case when l.pain_points = '{}' then 'Ask what bothers them about payments today' end),
    (5, 'engagement', 'Engagement', case when engaged = '{}' then 'null' else to_jsonb(engaged) end,
      l.package_seen::int * 3 + l.signed_up::int * 5
        + (l.current_processor is not null)::int * 2, 10,
      case when not l.package_seen then 'Send the package' end),
    (6, 'employees', 'Employees', coalesce(to_jsonb(l.employee_band), 'null'), 2 * staff, 10,
      case when staff = 0 then 'Ask how many people work there' end),
    (7, 'business_age', 'Years in business', coalesce(to_jsonb(age), 'null'),
      case when age >= 10 then 5 when age >= 5 then 4 when age >= 3 then 3 when age >= 1 then 2
        when age >= 0 then 1 else 0 end, 5,
      case when age is null then 'Ask when they opened' end)
  ) as f(place, field, label, value, points, most, hint);
  score := least(100, floor(total * least(1.2, greatest(0.8,
    (select e.score_multiplier from flash.territory_effective e
     where e.territory_id = l.territory_id)
    * case when l.business_type in ('restaurant', 'retail') then 1.05 else 1 end)) + 0.5));
  adjustment := score - total;
  basic := least(100, floor(50 + least((array[0, 1, 6, 15, 35, 50])[revenue + 1] * 10 / 10.0, 30)
    + least((array[0, 4.5, 19.5, 53.25, 113.25, 150])[staff + 1], 20)
    + 2 * l.interest_level + 0.5));
end
$$;

create temp table demo_person (email text, full_name text, role text, node text, languages text[],
  zone text, capacity int, id uuid);
insert into demo_person (email, full_name, role, node, languages, zone, capacity) values
  ('admin', 'Andre Campbell', 'admin', null, '{en,es}', 'America/Jamaica', 0),
  ('manager', 'Shanice Brown', 'manager', 'JM', '{en}', 'America/Jamaica', 0),
  ('rep.kemar', 'Kemar Clarke', 'rep', 'JM', '{en}', 'America/Jamaica', 40),
  ('rep.rochelle', 'Rochelle Grant', 'rep', 'JM', '{en,es}', 'America/Jamaica', 40),
  ('rep.tiffany', 'Tiffany Ebanks', 'rep', 'KY', '{en}', 'America/Cayman', 30),
  ('rep.rensley', 'Rensley Martina', 'rep', 'CW', '{pap,nl,en,es}', 'America/Curacao', 30),
  ('viewer.cw', 'Marieke Janssen', 'viewer', 'CW', '{nl,en}', 'America/Curacao', 0);

-- Names: two words of the island and one of the trade.
create temp table demo_words (country text, topic text, words text[]);
insert into demo_words values
  ('JM', 'place',
    '{Blue Mahoe,Doctor Bird,Lignum Vitae,Ackee Tree,Rio Grande,Blue Mountain,'
    'Harbour View,Pimento Hill,Sea Grape,Poinciana,Cane River,Fern Gully,White Marl,'
    'Bamboo Walk,Long Bay,Sunset Strip,Castleton,Breadfruit Lane}'),
  ('KY', 'place',
    '{Silver Thatch,Ironshore,Stingray,Blue Iguana,Banana Orchid,Mastic Trail,Breakers,'
    'Turtle Grass,Northwest Point,Smith Cove,Cayman Kai,Old Man Bay,Gun Bay}'),
  ('CW', 'place',
    '{Divi Divi,Watapana,Trupial,Kibrahacha,Shete Boka,Caracasbaai,Piscadera,'
    'Handelskade,Kenepa,Brievengat,Tula}'),
  ('BB', 'place', '{Flying Fish,Bearded Fig,Rockley}'),
  ('JM', 'first',
    '{Marcia,Devon,Simone,Garfield,Althea,Omar,Nadine,Winston,Kerry-Ann,Dwayne,Yanique,'
    'Leroy,Tameka,Errol}'),
  ('JM', 'last',
    '{Reid,Morgan,Bailey,Wright,Gordon,Palmer,Salmon,Francis,Lewin,Thompson,Dacosta,'
    'Hylton,McKenzie,Walters}'),
  ('KY', 'first', '{Cora,Anton,Delroy,Jessica,Bernie,Melanie,Wade,Sherri,Colin,Naomi}'),
  ('KY', 'last', '{Bodden,Ebanks,McLaughlin,Rivers,Jackson,Whittaker,Scott,Tibbetts,Kirkconnell}'),
  ('CW', 'first',
    '{Marisela,Ruthmila,Giovanni,Sharlon,Ludwina,Hensley,Mirugia,Edsel,Nathaly,Errol}'),
  ('CW', 'last',
    '{Martina,Cijntje,Rosalia,Maduro,Jansen,Pieters,Sambo,Girigorie,Winklaar,de Windt}'),
  ('BB', 'first', '{Shontelle,Corey}'), ('BB', 'last', '{Greenidge,Alleyne}');
create temp table demo_trade (type text, names text[]);
insert into demo_trade values
  ('restaurant', '{Café,Jerk Centre,Grill,Bakery,Seafood Kitchen,Juice Bar}'),
  ('retail', '{Hardware,Supermarket,Boutique,Gift Shop,Furniture,Electronics}'),
  ('hospitality', '{Guest House,Garden Inn,Beach Villas,Hotel,Dive Tours,Charters}'),
  ('healthcare', '{Medical Centre,Dental,Pharmacy,Opticians,Physiotherapy}'),
  ('automotive', '{Auto Parts,Tyre Centre,Car Rental,Service Station}'),
  ('other', '{Printery,Laundry,Events,Security,Garden Supplies}');

create temp table demo_event (at timestamptz, lead int, kind text, detail text);

create procedure pg_temp.people() language plpgsql as $$
declare
  began timestamptz := now() - interval '120 days';
begin
  update demo_person p set id = pg_temp.demo_id(p.email, began);
  insert into auth.users (id, email, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
    created_at)
  select p.id, p.email || '@harbourpay.example', began,
    '{"provider": "email", "providers": ["email"]}', jsonb_build_object('full_name', p.full_name),
    began from demo_person p;
  insert into auth.identities (provider_id, provider, user_id, identity_data, created_at)
  select p.id::text, 'email', p.id, jsonb_build_object('sub', p.id, 'email',
    p.email || '@harbourpay.example', 'email_verified', true, 'phone_verified', false), began
  from demo_person p;
  insert into public.profiles (id, email, full_name, role, languages, time_zone, capacity,
    created_at, specialities)
  select p.id, p.email || '@harbourpay.example', p.full_name, p.role, p.languages, p.zone,
    p.capacity, began, case p.email when 'rep.rochelle' then '{hospitality}'::text[] else '{}' end
  from demo_person p;
  insert into public.profile_territories (profile_id, territory_id)
  select p.id, t.id from demo_person p join public.territories t on t.code = p.node;
  insert into public.profile_absences (profile_id, starts_at, ends_at, note)
  select p.id, now() - interval '4 days', now() - interval '2 days', 'Family day'
  from demo_person p where p.email = 'rep.rensley';
  -- Examples of the right size with days of their own, nobody's quotation: some 160 Jamaican dollars
  -- for one of the United States. The Cayman dollar (1.20) and Curaçao's guilder (1 / 1.79, XCG since
  -- 31 March 2025, ANG before) are pegged, and come with the tables.
  insert into public.exchange_rates (currency, rate_date, usd) values
    ('JMD', '2025-06-02', 0.00627), ('JMD', '2025-12-01', 0.00624), ('JMD', '2026-03-02', 0.00623),
    ('JMD', '2026-06-01', 0.00622), ('JMD', '2026-09-01', 0.00621), ('JMD', '2026-11-02', 0.00620);
end
$$;

-- The leads as they arrive, and what will happen to each. Events that lie ahead never happen.
create temp table demo_lead (lead int primary key, arrives timestamptz, row public.submissions);
create procedure pg_temp.plan() language plpgsql as $$
declare
  l public.submissions;
  p record;
  zone text;
  node text;
  names text[];
  story int;
  at timestamptz;
  step text;
  steps text[];
begin
  for n in 1..400 loop
    l := null;
    l.country := case when n % 167 = 3 then 'BB' when n % 25 in (1, 4, 8, 13, 17, 21) then 'KY'
      when n % 25 in (2, 9, 15, 23) then 'CW' else 'JM' end;
    zone := (select e.time_zone from public.territories t join flash.territory_effective e
      on e.territory_id = t.id where t.code = l.country);
    -- More of them of late; by day rather than by night; few at weekends. The last came just now.
    at := now() - make_interval(mins => (90 * 1440 * power((400 - n) / 400.0, 1.15))::int);
    at := (date_trunc('day', at at time zone zone) + make_interval(
      mins => 7 * 60 + pg_temp.chance(n, 'minute', 14 * 60))) at time zone zone;
    if extract(isodow from at at time zone zone) > 5 and pg_temp.chance(n, 'weekend', 10) < 7 then
      at := at - interval '2 days';
    end if;
    while at > now() - make_interval(mins => 4 + (400 - n) * 23) loop
      at := at - interval '1 day';
    end loop;
    if n > 394 then
      at := now() - make_interval(mins => 4 + (400 - n) * 41);
    end if;
    l.created_at := at;
    node := pg_temp.pick(n, 'node', case l.country
      when 'JM' then
        '{JM-02,JM-02,JM-02,JM-01,JM-01,JM-14,JM-14,JM-08,JM-08,JM-06,JM-06,JM-12,JM-13,'
        'JM-10,JM-07,JM-11,JM-05,JM-04,JM-09,JM-03}'::text[]
      when 'KY' then '{KY-GT,KY-GT,KY-GT,KY-WB,KY-WB,KY-BT,KY-SI,KY-EE,KY-NS}'
      when 'CW' then '{CW-WIL,CW-WIL,CW-WIL,CW-JTH,CW-SMI,CW-BAR,CW-WES,CW-NIE}' else '{BB}' end);
    select t.id into l.territory_id from public.territories t where t.code = node;
    l.sub_area_id := case when node like '%-%' then l.territory_id end;
    l.business_type := (array['restaurant', 'retail', 'hospitality', 'healthcare', 'automotive',
      'other', 'restaurant', 'retail', 'hospitality'])[1 + n % 9];
    select d.words into names from demo_words d where d.country = l.country and d.topic = 'place';
    for try in 0..60 loop                  -- until nobody is called so
      l.business_name := names[1 + (n * 7 + try) % cardinality(names)] || ' '
        || (select pg_temp.pick(n, 'trade' || try, t.names) from demo_trade t
            where t.type = l.business_type);
      exit when not exists (select from demo_lead x
        where (x.row).business_name ^@ l.business_name and (x.row).country = l.country);
    end loop;
    l.business_name := l.business_name || case when pg_temp.chance(n, 'legal', 3) = 0
      then case l.country when 'CW' then ' N.V.' else ' Ltd' end else '' end;
    l.business_key := flash.business_key(l.business_name);
    select pg_temp.pick(n, 'first', f.words) || ' ' || pg_temp.pick(n, 'last', s.words)
    into l.owner_name from demo_words f join demo_words s using (country)
    where f.country = l.country and f.topic = 'first' and s.topic = 'last';
    l.email := replace(flash.fold(l.owner_name), ' ', '.') || '@'
      || replace(l.business_key, ' ', '-') || '.example';
    l.phone := case l.country when 'JM' then '+1876555' when 'KY' then '+1345949'
      when 'CW' then '+5999518' else '+1246428' end || lpad((1000 + n * 19)::text, 4, '0');
    l.postal_code := case when l.country = 'KY'
      then 'KY' || case node when 'KY-SI' then 2 else 1 end || '-' || 1000 + n end;
    l.monthly_revenue_band := case when n % 11 = 5 then null else pg_temp.pick(n, 'revenue',
      '{0-10k,10k-50k,10k-50k,50k-100k,50k-100k,100k-250k,100k-250k,250k+}') end;
    l.employee_band := case when n % 13 = 6 then null else pg_temp.pick(n, 'staff',
      '{1-5,1-5,6-20,6-20,21-50,51-100,100+}') end;
    l.monthly_transactions := case when n % 7 = 2 then null else (array[30, 80, 140, 220, 360, 520,
      750, 1100, 1900])[1 + pg_temp.chance(n, 'sales', 9)] + pg_temp.chance(n, 'sales2', 20) end;
    l.currency := (select e.currency from flash.territory_effective e
      where e.territory_id = l.territory_id);
    l.year_established := case when n % 9 = 4 then null
      else extract(year from now())::int - 1 - pg_temp.chance(n, 'year', 22) end;
    l.pain_points := (select coalesce(array_agg(x.pain order by x.place), '{}')
      from unnest(array['high_fees', 'slow_processing', 'international_payments', 'poor_support',
        'security_concerns', 'reporting', 'integration', 'equipment'])
        with ordinality x(pain, place)
      where pg_temp.chance(n, x.pain, 10) < case when x.place <= 3 then 6 else 3 end);
    l.current_processor := case when pg_temp.chance(n, 'processor', 3) > 0 then pg_temp.pick(n,
      'which', '{Own bank terminal,Cash only,Card machine from the bank,Online checkout,'
        'Mobile wallet}') end;
    l.interest_level := 4 + pg_temp.chance(n, 'interest', 7);
    l.specific_needs := case when n % 4 = 0 then pg_temp.pick(n, 'needs', array[
      'Wants a terminal that works when the power goes.',
      'Card fees eat the margin on small sales.',
      'Guests from abroad ask to pay from their phone.', 'Needs settlement within a day.',
      'Would like one report for three shops.']) end;
    l.decision_makers := case when n % 3 = 0 then array[l.owner_name] else '{}' end;
    l.package_seen := pg_temp.chance(n, 'package', 5) < 3;
    l.signed_up := n % 6 = 1 and pg_temp.chance(n, 'signed', 3) > 0;   -- only a rep can say so
    l.preferred_language := case l.country when 'CW' then pg_temp.pick(n, 'lang', '{pap,nl,pap,en}')
      else 'en' end;
    l.channel := case when n % 6 = 1 then 'rep_form' else 'public_form' end;
    if n > 300 and n % 9 in (0, 5) then    -- the large ones everybody wants
      l.monthly_revenue_band := '250k+'; l.employee_band := '51-100'; l.interest_level := 9;
      l.monthly_transactions := 1200 + n; l.package_seen := true; l.year_established := 2009;
      l.pain_points := '{high_fees,slow_processing,international_payments,security_concerns}';
    end if;
    p := pg_temp.points(l);
    l.lead_score := p.score; l.basic_score := p.basic; l.score_factors := p.factors;
    l.score_adjustment := p.adjustment; l.completeness := p.completeness;
    insert into demo_lead values (n, at, l);
    insert into demo_event values (at, n, 'arrive', null);

    -- Spam and repeats go no further, and nobody sells in Barbados yet.
    continue when n % 80 in (33, 71) or l.country = 'BB';
    story := pg_temp.chance(n, 'story', 100);
    steps := case
      when p.score >= 70 and story < 42 then '{contact,qualify,proposal,negotiation,won}'
      when p.score >= 70 and story < 70 then '{contact,qualify,proposal,lost}'
      when p.score >= 70 then '{contact,qualify,proposal}'
      when p.score >= 50 and story < 18 then '{contact,qualify,open_deal,proposal,negotiation,won}'
      when p.score >= 50 and story < 32 then '{contact,qualify,open_deal,proposal,lost}'
      when p.score >= 50 and story < 40 then '{contact,qualify,open_deal}'
      when story < 50 then '{contact,note,nurture}'
      when story < 90 then '{contact,note,disqualify}'
      else '{contact,note,note,archive}' end::text[];
    -- What stood still for long was let go.
    if n < 330 and steps[cardinality(steps)] in ('proposal', 'open_deal') then
      steps := steps || '{lost}'::text[];
    elsif n < 300 and steps[cardinality(steps)] = 'nurture' then
      steps := steps || '{archive}'::text[];
    end if;
    foreach step in array steps loop
      at := at + case step
        when 'contact' then make_interval(mins => 15 + pg_temp.chance(n, step, case
          when p.score >= 80 then 120 when p.score >= 60 then 300 else 1300 end))
        else make_interval(mins => 400 + pg_temp.chance(n, step, case step
          when 'open_deal' then 60 when 'won' then 9000 when 'archive' then 30000
          else 6500 end)) end;
      at := pg_temp.at_work(at, zone, n);
      if step = 'won' and at > now() and n % 3 = 0 and now() - interval '6 hours' > (
          select max(d.at) from demo_event d where d.lead = n) then
        at := now() - make_interval(mins => 12 + pg_temp.chance(n, 'today', 300));   -- a good day
      end if;
      insert into demo_event values (at, n, step, null);
    end loop;
  end loop;
end
$$;

-- What the choice below is made of, as the server keeps it.
create function pg_temp.inputs(p_lead uuid) returns jsonb language sql as $$
  select jsonb_build_object('territory_id', s.territory_id, 'strategy', 'least_loaded',
    'neighbours', true, 'specialist', false, 'held', false,
    'facts', jsonb_strip_nulls(jsonb_build_object('business_type', s.business_type,
      'country', s.country, 'territory', t.code, 'monthly_revenue_band', s.monthly_revenue_band,
      'employee_band', s.employee_band, 'preferred_language', s.preferred_language,
      'channel', s.channel, 'score_band', s.score_band, 'current_processor', s.current_processor,
      'lead_score', s.lead_score, 'interest_level', s.interest_level,
      'monthly_transactions', s.monthly_transactions, 'year_established', s.year_established,
      'previous_customer', false, 'package_seen', s.package_seen, 'signed_up', s.signed_up,
      'working_hours', true, 'has_email', s.email is not null, 'has_phone', s.phone is not null,
      'pain_points', s.pain_points, 'flags', s.flags)))
  from public.submissions s join public.territories t on t.id = s.territory_id where s.id = p_lead
$$;

insert into flash.rule_sets (id, rules)
select md5(r.rules::text), r.rules
from (select jsonb_agg(jsonb_build_object('id', r.id, 'priority', r.priority, 'kind', r.kind,
        'name', r.name, 'params', r.params) order by r.priority) as rules
      from public.routing_rules r where r.territory_id is null and r.enabled) r
on conflict do nothing;

-- The choice of an owner at the simulated moment, with its numbers and its reason.
create procedure pg_temp.assign(p_lead uuid, p_territory int, p_at timestamptz, p_hot bool)
language plpgsql as $$
declare
  pool jsonb;
  best jsonb;
  second jsonb;
  why text;
begin
  -- A submission with its open deal counts once.
  select coalesce(jsonb_agg(jsonb_build_object('profile_id', c.id, 'name', c.full_name,
      'open', c.open, 'capacity', c.capacity, 'ratio', round(c.open::numeric / c.capacity, 3),
      'bucket', c.open * 5 / c.capacity, 'won', c.won, 'closed', c.closed,
      'conversion', trunc((c.won + 1.0) / (c.closed + 2), 3), 'last_assigned_us',
      (extract(epoch from c.last_assigned_at) * 1000000)::bigint, 'turn_us', null, 'handled',
      c.closed, 'covers', true, 'speaks', true, 'specialist', false, 'near', false, 'at_work', true,
      'reach', c.reach, 'specialities', c.specialities, 'languages', c.languages,
      'eligible', not c.away)
      || case when c.away then '{"excluded": "out_of_office", "rules": []}'
        else '{"rules": [40]}'::jsonb end
    order by c.away, c.open * 5 / c.capacity, (c.won + 1.0) / (c.closed + 2) desc,
      c.last_assigned_at nulls first, c.id), '[]')
  into pool
  from (
    select p.id, p.full_name, p.capacity, p.last_assigned_at, p.specialities, p.languages,
      (select min(t.depth) from public.profile_territories n
       join flash.territory_paths t on t.ancestor_id = n.territory_id
       where n.profile_id = p.id and t.descendant_id = p_territory) as reach,
      (select count(*) from public.submissions s where s.owner_id = p.id
        and s.status in ('new', 'contacted', 'qualified', 'nurture')) as open,
      (select count(*) from public.deals d where d.owner_id = p.id and d.outcome = 'won') as won,
      (select count(*) from public.deals d where d.owner_id = p.id and d.stage = 'closed')
        as closed,
      exists (select from public.profile_absences a where a.profile_id = p.id
        and p_at between a.starts_at and a.ends_at) as away
    from public.profiles p join flash.profile_access a on a.profile_id = p.id
    where p.role = 'rep' and p.active and p_territory = any (a.territory_ids)) c;
  best := case when (pool -> 0 ->> 'eligible')::bool then pool -> 0 end;
  second := case when (pool -> 1 ->> 'eligible')::bool then pool -> 1 end;
  why := case
    when best is null and pool -> 0 is null then 'Rule 99 Queue: nobody works in this territory.'
    when best is null then format('Rule 99 Queue: nobody can take it: %s %s/%s is out of office.',
      pool -> 0 ->> 'name', pool -> 0 ->> 'open', pool -> 0 ->> 'capacity')
    when second is null then format('Rule 40 Territory (least loaded): %s %s/%s. %s is the only '
      'one who can take it.', best ->> 'name', best ->> 'open', best ->> 'capacity',
      best ->> 'name')
    else format('Rule 40 Territory (least loaded): %s %s/%s, %s %s/%s. %s %s.',
      best ->> 'name', best ->> 'open', best ->> 'capacity', second ->> 'name', second ->> 'open',
      second ->> 'capacity', best ->> 'name', case
        when best -> 'bucket' <> second -> 'bucket' then 'is in the lower load bucket'
        when best -> 'conversion' <> second -> 'conversion' then 'closes the larger share of deals'
        else 'was assigned a lead longest ago' end) end;
  if best is not null then
    pool := jsonb_set(pool, '{0,chosen}', 'true');
    update public.submissions set owner_id = (best ->> 'profile_id')::uuid where id = p_lead;
    update public.profiles set last_assigned_at = p_at where id = (best ->> 'profile_id')::uuid;
  end if;
  insert into public.assignments (created_at, submission_id, profile_id, source, rule_priority,
    rule_kind, strategy, confidence, reason, inputs, rule_set, candidates)
  values (p_at, p_lead, (best ->> 'profile_id')::uuid, 'rules',
    case when best is null then 99 else 40 end,
    case when best is null then 'queue' else 'territory' end,
    case when best is not null then 'least_loaded' end,
    case when best is not null then 0.5 + least((best ->> 'handled')::int / 10.0 * 0.2, 0.2) end,
    why, pg_temp.inputs(p_lead), (select r.id from flash.rule_sets r), pool);
  insert into public.activities (created_at, submission_id, kind, subject, body, data)
  values (p_at, p_lead, 'assignment', coalesce('Assigned to ' || (best ->> 'name'),
    'Waits in the queue'), why, jsonb_build_object('to', best ->> 'profile_id'));
  if p_at > now() - interval '14 days' then
    if best is not null then
      perform flash.notify((best ->> 'profile_id')::uuid, 'lead_assigned', 'submission', p_lead,
        jsonb_build_object('business_name', (select s.business_name from public.submissions s
          where s.id = p_lead)), 'high');
    end if;
    if p_hot then
      perform flash.notify(a.profile_id, 'hot_lead', 'submission', p_lead, jsonb_build_object(
        'business_name', s.business_name, 'score', s.lead_score), 'urgent')
      from flash.profile_access a join public.submissions s on s.id = p_lead
      where a.role = 'manager' and p_territory = any (a.territory_ids);
    end if;
  end if;
end
$$;

create procedure pg_temp.arrive(n int, p_at timestamptz) language plpgsql as $$
declare
  l public.submissions := (select d.row from demo_lead d where d.lead = n);
  original uuid;
begin
  l.id := pg_temp.demo_id('lead' || n, p_at);
  if n % 80 = 71 then
    select s.id, s.organization_id, s.contact_id into original, l.organization_id, l.contact_id
    from public.submissions s
    where s.country = l.country and s.status = 'contacted' order by s.created_at desc limit 1;
    -- Who comes again has the same address and number.
    select s.email, s.phone, s.owner_name into l.email, l.phone, l.owner_name
    from public.submissions s where s.id = original;
  end if;
  l.tags := case when n % 33 = 5 then '{expo,call back}' when n % 12 = 3 then '{expo}'
    when n % 20 = 7 then '{vip}' when n % 27 = 4 then '{partner}' else '{}' end::text[];
  if original is null and n % 80 <> 33 then
    l.organization_id := pg_temp.demo_id('organization' || n, p_at);
    l.contact_id := pg_temp.demo_id('contact' || n, p_at);
    insert into public.organizations (id, created_at, updated_at, territory_id, country, name,
      name_key, business_type)
    values (l.organization_id, p_at, p_at, l.territory_id, l.country, l.business_name,
      flash.business_key(l.business_name), l.business_type);
    insert into public.contacts (id, created_at, updated_at, territory_id, organization_id,
      full_name, email, preferred_language, consent_marketing)
    values (l.contact_id, p_at, p_at, l.territory_id, l.organization_id, l.owner_name, l.email,
      l.preferred_language, n % 3 = 0);
    insert into public.contact_phones (contact_id, number, label, is_primary)
    values (l.contact_id, l.phone, 'mobile', true);
    insert into public.contacts (id, created_at, updated_at, territory_id, organization_id,
      full_name)
    select pg_temp.demo_id('books' || n, p_at), p_at, p_at, l.territory_id, l.organization_id,
      (other.row).owner_name
    from demo_lead other where other.lead = (n + 16) % 400 + 1 and n % 4 = 1
      and (other.row).owner_name <> l.owner_name;
  end if;
  insert into public.submissions (id, reference, created_at, updated_at, status_changed_at,
    scored_at,
    processed_at, territory_id, territory_source, territory_confidence, status, status_reason,
    duplicate_of, flags, lead_score, basic_score, score_band, score_model, score_factors,
    score_adjustment, completeness, confidence, business_name, owner_name, email, phone, country,
    sub_area_id, postal_code, business_type, monthly_revenue_band, employee_band,
    monthly_transactions, currency, year_established, pain_points, current_processor,
    interest_level, decision_makers, specific_needs, package_seen, signed_up, preferred_language,
    consent_contact, consent_at, consent_version, consent_marketing, channel, tags,
    organization_id, contact_id)
  values (l.id, 'FL-' || upper(translate(substr(md5('ref' || n), 1, 6), '01', 'xy')), p_at, p_at,
    p_at, p_at, p_at, l.territory_id, 'stated', case when l.sub_area_id is null then 0.9 else 1 end,
    case when n % 80 = 33 then 'disqualified' when original is not null then 'archived'
      else 'new' end,
    case when n % 80 = 33 then 'spam' when original is not null then 'duplicate' end, original,
    case when n % 80 = 33 then '{spam}'::text[] else '{}' end, l.lead_score, l.basic_score,
    case when l.lead_score >= 80 then 'hot' when l.lead_score >= 60 then 'warm'
      when l.lead_score >= 40 then 'cool' else 'cold' end, 'points-v2', l.score_factors,
    l.score_adjustment, l.completeness, 0.65 * l.completeness, l.business_name, l.owner_name,
    l.email, l.phone, l.country, l.sub_area_id, l.postal_code, l.business_type,
    l.monthly_revenue_band, l.employee_band, l.monthly_transactions, l.currency,
    l.year_established, l.pain_points, l.current_processor, l.interest_level, l.decision_makers,
    l.specific_needs, l.package_seen, l.signed_up, l.preferred_language, true, p_at, '2026-01',
    n % 3 = 0, l.channel, l.tags, l.organization_id, l.contact_id);
  insert into public.submission_phones (submission_id, number, label, is_primary)
  values (l.id, l.phone, 'mobile', true);
  insert into public.activities (created_at, submission_id, kind, subject, data)
  values (p_at, l.id, 'intake', 'Came in by the ' || case l.channel when 'rep_form'
    then 'form of a rep' else 'public form' end, jsonb_build_object('score', l.lead_score,
      'channel', l.channel, 'territory_source', 'stated'));
  if n % 80 in (33, 71) then
    return;
  end if;
  call pg_temp.assign(l.id, l.territory_id, p_at, l.lead_score >= 80);
  if l.lead_score >= 70 then
    call pg_temp.open_deal(n, l.id, p_at);
  end if;
end
$$;

-- A year's fees, as a share of the turnover in the band, in the money of the territory.
create procedure pg_temp.open_deal(n int, p_lead uuid, p_at timestamptz) language plpgsql as $$
begin
  insert into public.deals (id, created_at, updated_at, stage_changed_at, submission_id, owner_id,
    territory_id, title, currency, rate_date, value, expected_close)
  select pg_temp.demo_id('deal' || n, p_at), p_at, p_at, p_at, s.id, s.owner_id, s.territory_id,
    s.business_name, s.currency, p_at::date,
    greatest(round((array[6000, 1500, 9000, 22500, 52500, 84000])[1 + coalesce(array_position(
      '{0-10k,10k-50k,50k-100k,100k-250k,250k+}', s.monthly_revenue_band::text), 0)]
      * (80 + pg_temp.chance(n, 'value', 45)) / 100.0
      / flash.to_usd(1, s.currency, p_at::date), -2), 500),
    (p_at + interval '35 days')::date
  from public.submissions s where s.id = p_lead;
end
$$;

create procedure pg_temp.step(n int, p_at timestamptz, p_kind text) language plpgsql as $$
declare
  s public.submissions;
  deal public.deals;
begin
  select * into s from public.submissions x
  where x.id = pg_temp.demo_id('lead' || n, (select d.arrives from demo_lead d where d.lead = n));
  if s.owner_id is null then
    return;                                -- it waits in the queue
  end if;
  perform set_config('flash.by', coalesce((select d.id from demo_person d
    where p_kind = 'archive' and d.role = case s.country when 'JM' then 'manager' else 'admin' end),
    s.owner_id)::text, true);              -- reps do not archive
  select * into deal from public.deals d where d.submission_id = s.id and d.stage <> 'closed';
  if p_kind in ('contact', 'note', 'proposal', 'negotiation') then
    insert into public.activities (created_at, completed_at, submission_id, deal_id, actor_id, kind,
      body)
    values (p_at, p_at, s.id, deal.id, s.owner_id, case p_kind when 'contact'
        then pg_temp.pick(n, 'how', '{call,call,email,message,visit}')
      when 'note' then 'note' else 'meeting' end,
      pg_temp.pick(n, p_kind, case p_kind
        when 'contact' then array['Introduced Harbour Pay; asked for last month''s statement.',
          'Spoke with the owner. Fees are the main worry.',
          'Left a message and sent the one-page offer.',
          'Asked for a second meeting with the accountant.', 'Wants to hear how settlement works.']
        when 'note' then array['Owner is away until next week.',
          'Compares with the offer of the bank.',
          'Has a contract until the end of the year.', 'Would rather talk in the evening.']
        else array['Walked through the figures together.', 'Demo on their own counter went well.',
          'They asked for a trial of two weeks.', 'Legal reads the agreement.'] end));
  end if;
  if deal.id is not null then
    update public.deals d set stage = case p_kind when 'contact' then 'contacted'
        when 'qualify' then 'qualified' when 'proposal' then 'proposal'
        when 'negotiation' then 'negotiation' else 'closed' end,
      outcome = case when p_kind in ('won', 'lost') then p_kind end,
      lost_reason = case p_kind when 'lost' then pg_temp.pick(n, 'lost',
        '{price,competitor,no_decision,timing}') end,
      close_date = case when p_kind in ('won', 'lost') then (p_at at time zone
        (select e.time_zone from flash.territory_effective e
         where e.territory_id = s.territory_id))::date end
    where d.id = deal.id
      and p_kind in ('contact', 'qualify', 'proposal', 'negotiation', 'won', 'lost');
  elsif p_kind = 'open_deal' then
    call pg_temp.open_deal(n, s.id, p_at);
  elsif p_kind in ('contact', 'qualify', 'nurture', 'disqualify', 'archive') then
    update public.submissions x set status = case p_kind when 'contact' then 'contacted'
        when 'qualify' then 'qualified' when 'nurture' then 'nurture'
        when 'disqualify' then 'disqualified' else 'archived' end,
      status_reason = case p_kind when 'qualify' then 'Budget and need are clear'
        when 'disqualify' then pg_temp.pick(n, 'no',
          '{no_need,no_budget,unreachable,competitor}') end,
      next_contact_at = case p_kind when 'nurture'
        then now() + make_interval(days => 5 + n % 40) end
    where x.id = s.id;
  end if;
  if p_kind = 'won' and p_at > now() - interval '14 days' then
    perform flash.notify(a.profile_id, 'deal_won', 'deal', deal.id, jsonb_build_object('title',
      deal.title, 'value', deal.value, 'currency', deal.currency))
    from flash.profile_access a where a.role = 'manager' and s.territory_id = any (a.territory_ids);
  end if;
end
$$;

-- What comes next with most open deals: some late, some today, most in the days to come.
create procedure pg_temp.next_steps() language plpgsql as $$
begin
  insert into public.activities (created_at, submission_id, actor_id, kind, subject, due_at)
  select d.stage_changed_at + interval '5 minutes', d.submission_id, d.owner_id, 'task',
    case d.stage when 'contacted' then (array['Discovery call', 'Ask who signs', 'Ask budget'])[1 + d.n % 3]
      when 'qualified' then (array['Demo', 'Send proposal', 'Visit'])[1 + d.n % 3]
      when 'proposal' then (array['Call about fees', 'Revise price', 'Call'])[1 + d.n % 3]
      else (array['Contract to owner', 'Legal questions', 'Price from owner'])[1 + d.n % 3] end,
    date_trunc('day', now()) + make_interval(days => (d.n * 3 % 8 - 1)::int, hours => (13 + d.n % 7)::int)
  from (select d.*, row_number() over (order by d.created_at, d.title) as n from public.deals d
        where d.stage not in ('new', 'closed') and d.owner_id is not null) d
  where d.n % 5 > 0;
end
$$;

-- Views that a team would have: shared by the manager with all who work below, and pinned.
create procedure pg_temp.views() language plpgsql as $$
begin
  insert into public.saved_views (owner_id, territory_id, name, query, created_at, updated_at)
  select p.id, t.id, v.name, v.query, now() - interval '20 days', now() - interval '20 days'
  from public.profiles p, public.territories t, (values
    ('Hot this week', 'band=hot&days=7&sort=newest'),
    ('Met at the expo', 'tag=expo&sort=newest'),
    ('VIP, still open', 'status=new&status=contacted&status=qualified&status=nurture&tag=vip')) v(name, query)
  where p.role = 'manager' and t.code = 'JM';
  insert into public.saved_view_marks (user_id, view_id, pinned)
  select p.id, v.id, true from public.profiles p, public.saved_views v
  where v.name in ('Hot this week', 'Met at the expo') and (p.role in ('manager', 'admin')
    or p.role = 'rep' and exists (select from flash.profile_access a join flash.territory_paths c
      on c.ancestor_id = v.territory_id and c.descendant_id = any (a.territory_ids)
      where a.profile_id = p.id));
end
$$;

do $$
declare
  e record;
begin
  if exists (select from flash.meta where key = 'demo_loaded') then
    return;
  end if;
  perform set_config('flash.via', 'import', true), set_config('flash.at', '', true),
    set_config('flash.by', '', true);
  call pg_temp.people();
  call pg_temp.plan();
  for e in select * from demo_event where at < now() order by at, lead loop
    perform set_config('flash.at', e.at::text, true), set_config('flash.by', '', true);
    if e.kind = 'arrive' then
      call pg_temp.arrive(e.lead, e.at);
    else
      call pg_temp.step(e.lead, e.at, e.kind);
    end if;
  end loop;
  call pg_temp.next_steps();
  call pg_temp.views();
  update public.notifications set read_at = created_at + interval '3 hours'
  where created_at < now() - interval '2 days';
  perform set_config('flash.via', '', true);
  insert into flash.meta (key, value) values ('organization', 'Harbour Pay')
  on conflict (key) do update set value = excluded.value, updated_at = now();
  insert into flash.meta (key, value) values ('demo_loaded', now()::text);
end
$$;
drop table demo_person, demo_words, demo_trade, demo_event, demo_lead;

-- So that the first plans know the tables; autovacuum looks only in some seconds.
analyze;
