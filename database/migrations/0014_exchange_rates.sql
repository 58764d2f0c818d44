-- Rates that turn a value into US dollars, by day.
-- On a live system: creates a new table only.
-- `fixed` marks currencies with a legal peg. The others start with a rate of the right size that
-- an admin replaces; it is nobody's quotation of that day.
create table public.exchange_rates (
  currency flash.currency not null,
  rate_date date not null,
  usd numeric(18, 8) not null check (usd > 0),   -- one unit of the currency in US dollars
  fixed bool not null default false,
  created_at timestamptz not null default now(),
  primary key (currency, rate_date)
);
alter table public.exchange_rates enable row level security;

insert into public.exchange_rates (currency, rate_date, usd, fixed) values
  ('USD', '2020-01-01', 1, true),
  ('KYD', '2020-01-01', 1.20, true),
  ('XCG', '2020-01-01', 0.55865922, true),       -- 1 / 1.79
  ('AWG', '2020-01-01', 0.55865922, true),       -- 1 / 1.79
  ('BBD', '2020-01-01', 0.50, true),
  ('BSD', '2020-01-01', 1, true),
  ('XCD', '2020-01-01', 0.37037037, true),       -- 1 / 2.70
  ('BZD', '2020-01-01', 0.50, true),
  ('BMD', '2020-01-01', 1, true),
  ('JMD', '2020-01-01', 0.0063, false),
  ('TTD', '2020-01-01', 0.1475, false),
  ('GYD', '2020-01-01', 0.0048, false),
  ('DOP', '2020-01-01', 0.0165, false),
  ('CUP', '2020-01-01', 0.0417, false),
  ('HTG', '2020-01-01', 0.0076, false),
  ('EUR', '2020-01-01', 1.10, false),
  ('SRD', '2020-01-01', 0.028, false);
