-- Working time of a territory. Called by the lead triggers (first response due) and by jobs.
-- Walks at most 400 days, so that a calendar without work days ends.
create or replace function flash.add_working_minutes(
  p_start timestamptz, p_minutes int, p_zone text, p_days smallint[], p_from time, p_to time)
returns timestamptz
language plpgsql stable parallel safe as $$
declare
  left_over interval := make_interval(mins => p_minutes);
  at timestamp := p_start at time zone p_zone;
  day_start timestamp;
  day_end timestamp;
begin
  for step in 0..400 loop
    if extract(isodow from at)::smallint = any (p_days) then
      day_start := greatest(at, at::date + p_from);
      day_end := at::date + p_to;
      if day_end - day_start >= left_over then
        return (day_start + left_over) at time zone p_zone;
      elsif day_end > day_start then
        left_over := left_over - (day_end - day_start);
      end if;
    end if;
    at := at::date + 1;
  end loop;
  return null;
end
$$;

-- The moment at which a share of the time is over that a lead of this band may wait for its first
-- contact: hot ones in working hours, others in whole working days. In whole minutes, rounded down.
create or replace function flash.response_moment(
  p_territory int, p_created timestamptz, p_band text, p_share numeric) returns timestamptz
language plpgsql stable parallel safe as $$
declare
  e flash.territory_effective;
  minutes int;
begin
  select * into e from flash.territory_effective x where x.territory_id = p_territory;
  minutes := case p_band when 'hot' then e.hot_sla_hours * 60
    else (case p_band when 'warm' then e.warm_sla_days when 'cool' then e.cool_sla_days
            else e.cold_sla_days end)
      * (extract(epoch from e.work_end - e.work_start) / 60)::int end;
  return flash.add_working_minutes(p_created, floor(minutes * p_share)::int, e.time_zone,
    e.work_days, e.work_start, e.work_end);
end
$$;

create or replace function flash.first_response_due(
  p_territory int, p_created timestamptz, p_band text) returns timestamptz
language plpgsql stable parallel safe as $$
begin
  return flash.response_moment(p_territory, p_created, p_band, 1);
end
$$;

-- When work begins next in a territory where nobody works now.
create or replace function flash.next_shift(p_territory int) returns timestamptz
language sql stable parallel safe as $$
  select flash.add_working_minutes(now(), 1, e.time_zone, e.work_days, e.work_start, e.work_end)
    - interval '1 minute'
  from flash.territory_effective e where e.territory_id = p_territory
$$;

-- The day it is in a territory.
create or replace function flash.today_in(p_territory int) returns date
language sql stable parallel safe set search_path = '' as $$
  select (flash.stamp() at time zone e.time_zone)::date
  from flash.territory_effective e where e.territory_id = p_territory
$$;

grant execute on function
  flash.add_working_minutes(timestamptz, int, text, smallint[], time, time),
  flash.response_moment(int, timestamptz, text, numeric),
  flash.first_response_due(int, timestamptz, text), flash.next_shift(int), flash.today_in(int)
  to authenticated, service_role, flash_worker;
