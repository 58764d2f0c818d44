-- The tree as it ships: Jamaica, Cayman Islands and Curaçao published, the rest switched off.
-- On a live system: inserts some seventy rows.
insert into public.territories (code, name, kind) values ('CARIB', 'Caribbean', 'root');

insert into public.territories (code, name, kind, parent_id, country, published, sort_order)
select v.code, v.name, 'country', r.id, v.code, v.code in ('JM', 'KY', 'CW'), v.place
from (values
  ('JM', 'Jamaica', 1), ('KY', 'Cayman Islands', 2), ('CW', 'Curaçao', 3),
  ('TT', 'Trinidad and Tobago', 10), ('BB', 'Barbados', 11), ('BS', 'Bahamas', 12),
  ('GY', 'Guyana', 13), ('AG', 'Antigua and Barbuda', 14), ('LC', 'Saint Lucia', 15),
  ('GD', 'Grenada', 16), ('VC', 'Saint Vincent and the Grenadines', 17), ('DM', 'Dominica', 18),
  ('KN', 'Saint Kitts and Nevis', 19), ('DO', 'Dominican Republic', 20),
  ('PR', 'Puerto Rico', 21), ('CU', 'Cuba', 22), ('HT', 'Haiti', 23), ('MQ', 'Martinique', 24),
  ('GP', 'Guadeloupe', 25), ('AW', 'Aruba', 26), ('SX', 'Sint Maarten', 27),
  ('BQ', 'Bonaire, Sint Eustatius and Saba', 28), ('TC', 'Turks and Caicos Islands', 29),
  ('VG', 'British Virgin Islands', 30), ('VI', 'United States Virgin Islands', 31),
  ('AI', 'Anguilla', 32), ('MS', 'Montserrat', 33), ('SR', 'Suriname', 34),
  ('BZ', 'Belize', 35), ('BM', 'Bermuda', 36)
) as v(code, name, place), public.territories r
where r.kind = 'root'
order by v.place;

insert into public.territories (code, name, kind, parent_id, country, published, sort_order)
select v.code, v.name, 'region', c.id, c.code, true, v.place
from (values
  ('JM', 'JM-SURREY', 'Surrey', 1), ('JM', 'JM-MIDDX', 'Middlesex', 2),
  ('JM', 'JM-CORNW', 'Cornwall', 3), ('KY', 'KY-GC', 'Grand Cayman', 1)
) as v(country, code, name, place)
join public.territories c on c.code = v.country
order by c.sort_order, v.place;

-- Parish codes are ISO 3166-2:JM; the Cayman and Curaçao codes are our own.
insert into public.territories (code, name, kind, parent_id, country, published, sort_order)
select v.code, v.name, 'area', p.id, p.country, true,
  case when v.name = 'Other' then 99 else row_number() over (order by v.code) end
from (values
  ('JM-SURREY', 'JM-01', 'Kingston'), ('JM-SURREY', 'JM-02', 'Saint Andrew'),
  ('JM-SURREY', 'JM-03', 'Saint Thomas'), ('JM-SURREY', 'JM-04', 'Portland'),
  ('JM-MIDDX', 'JM-05', 'Saint Mary'), ('JM-MIDDX', 'JM-06', 'Saint Ann'),
  ('JM-CORNW', 'JM-07', 'Trelawny'), ('JM-CORNW', 'JM-08', 'Saint James'),
  ('JM-CORNW', 'JM-09', 'Hanover'), ('JM-CORNW', 'JM-10', 'Westmoreland'),
  ('JM-CORNW', 'JM-11', 'Saint Elizabeth'), ('JM-MIDDX', 'JM-12', 'Manchester'),
  ('JM-MIDDX', 'JM-13', 'Clarendon'), ('JM-MIDDX', 'JM-14', 'Saint Catherine'),
  ('KY-GC', 'KY-GT', 'George Town'), ('KY-GC', 'KY-WB', 'West Bay'),
  ('KY-GC', 'KY-BT', 'Bodden Town'), ('KY-GC', 'KY-NS', 'North Side'),
  ('KY-GC', 'KY-EE', 'East End'), ('KY', 'KY-SI', 'Sister Islands'),
  ('CW', 'CW-WIL', 'Willemstad'), ('CW', 'CW-WES', 'Westpunt'),
  ('CW', 'CW-SMI', 'Sint Michiel'), ('CW', 'CW-BAR', 'Barber'),
  ('CW', 'CW-JTH', 'Jan Thiel'), ('CW', 'CW-NIE', 'Nieuwpoort'), ('CW', 'CW-OTH', 'Other')
) as v(parent, code, name)
join public.territories p on p.code = v.parent
order by v.code;

insert into public.territory_neighbours (territory_id, neighbour_id)
select a.id, b.id
from (values
  ('JM-01', 'JM-02'), ('JM-02', 'JM-03'), ('JM-02', 'JM-04'), ('JM-02', 'JM-05'),
  ('JM-02', 'JM-14'), ('JM-03', 'JM-04'), ('JM-04', 'JM-05'), ('JM-05', 'JM-06'),
  ('JM-05', 'JM-14'), ('JM-06', 'JM-14'), ('JM-06', 'JM-13'), ('JM-06', 'JM-12'),
  ('JM-06', 'JM-07'), ('JM-14', 'JM-13'), ('JM-13', 'JM-12'), ('JM-12', 'JM-11'),
  ('JM-12', 'JM-07'), ('JM-07', 'JM-11'), ('JM-07', 'JM-08'), ('JM-08', 'JM-11'),
  ('JM-08', 'JM-10'), ('JM-08', 'JM-09'), ('JM-09', 'JM-10'), ('JM-10', 'JM-11'),
  ('KY-WB', 'KY-GT'), ('KY-GT', 'KY-BT'), ('KY-BT', 'KY-NS'), ('KY-BT', 'KY-EE'),
  ('KY-NS', 'KY-EE')
) as v(one, other)
join public.territories a on a.code in (v.one, v.other)
join public.territories b on b.code in (v.one, v.other) and b.id <> a.id;

insert into flash.routing_state (territory_id)
select t.id from public.territories t where t.kind in ('root', 'country');
