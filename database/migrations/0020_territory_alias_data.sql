-- Words by which people name a place in an address. One key under several places means "ask".
-- On a live system: inserts some two hundred rows.
-- Every place answers to its own name; saints also to "St", "St.", "Saint", with or without 's.
insert into public.territory_aliases (territory_id, alias, alias_key)
select distinct on (t.id, flash.fold(a.alias)) t.id, a.alias, flash.fold(a.alias)
from public.territories t
cross join lateral (
  select t.name
  union all
  select form || substr(t.name, 7) || ending
  from unnest(array['St ', 'St. ', 'Saint ', 'Sint ']) form, unnest(array['', '''s']) ending
  where t.name like 'Saint %'
  union all
  select form || substr(t.name, 6)
  from unnest(array['St ', 'Sint ']) form
  where t.name like 'Sint %'
) as a(alias)
where t.kind <> 'root' and t.name <> 'Other'
order by t.id, flash.fold(a.alias), a.alias;

insert into public.territory_aliases (territory_id, alias, alias_key)
select t.id, v.alias, flash.fold(v.alias)
from (values
  ('JM-01', 'KSA'), ('JM-02', 'KSA'), ('JM-01', 'Corporate Area'), ('JM-02', 'Corporate Area'),
  ('JM-01', 'Kingston and St Andrew'), ('JM-02', 'Kingston and St Andrew'),
  ('JM-01', 'Kingston St Andrew'), ('JM-02', 'Kingston St Andrew'),
  ('JM-01', 'Downtown Kingston'), ('JM-02', 'New Kingston'), ('JM-02', 'Half Way Tree'),
  ('JM-02', 'Constant Spring'), ('JM-02', 'Liguanea'), ('JM-03', 'Morant Bay'),
  ('JM-04', 'Port Antonio'), ('JM-05', 'Port Maria'), ('JM-05', 'Oracabessa'),
  ('JM-06', 'Ocho Rios'), ('JM-06', 'St Ann''s Bay'), ('JM-06', 'Runaway Bay'),
  ('JM-06', 'Brown''s Town'), ('JM-07', 'Falmouth'), ('JM-08', 'Montego Bay'),
  ('JM-08', 'MoBay'), ('JM-09', 'Lucea'), ('JM-10', 'Negril'), ('JM-10', 'Savanna-la-Mar'),
  ('JM-10', 'Sav la Mar'), ('JM-11', 'Black River'), ('JM-11', 'Santa Cruz'),
  ('JM-11', 'Treasure Beach'), ('JM-12', 'Mandeville'), ('JM-12', 'Christiana'),
  ('JM-13', 'May Pen'), ('JM-14', 'Spanish Town'), ('JM-14', 'Portmore'), ('JM-14', 'Linstead'),
  ('JM-14', 'Old Harbour'),
  ('KY', 'Cayman'), ('KY-GT', 'Georgetown'), ('KY-SI', 'Cayman Brac'),
  ('KY-SI', 'Little Cayman'), ('KY-BT', 'Savannah Grand Cayman'), ('KY-NS', 'Rum Point'),
  ('CW', 'Korsou'), ('CW', 'Kòrsou'), ('CW-WIL', 'Punda'), ('CW-WIL', 'Otrobanda'),
  ('CW-WIL', 'Pietermaai'), ('CW-WIL', 'Scharloo'), ('CW-WES', 'Westpunt Curacao'),
  ('CW-WES', 'Bandabou'), ('CW-BAR', 'Barber Curacao'), ('CW-SMI', 'Boka Sami'),
  ('BB', 'Bim'), ('TT', 'Trinidad'), ('TT', 'Tobago'), ('AG', 'Antigua'), ('AG', 'Barbuda'),
  ('VC', 'Saint Vincent'), ('VC', 'St Vincent'), ('KN', 'St Kitts'), ('KN', 'Nevis'),
  ('BQ', 'Bonaire'), ('BQ', 'Saba'), ('BQ', 'Statia'), ('BQ', 'Sint Eustatius'),
  ('SX', 'St Maarten'), ('TC', 'Turks and Caicos'), ('TC', 'Providenciales'),
  ('VG', 'Tortola'), ('VI', 'USVI'), ('VG', 'BVI')
) as v(code, alias)
join public.territories t on t.code = v.code
on conflict (alias_key, territory_id) do nothing;
