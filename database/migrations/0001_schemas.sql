-- Schemas, word lists as domains, and the functions that stored values depend on: the column
-- defaults and the folded keys. To change one of them means to rewrite what is stored, so they
-- live in migrations and not in programs.
-- On a live system: creates new objects only; takes no lock that anybody waits for.
-- Word lists are text domains, not enums: `=` on an enum is not leakproof, so under row security
-- it could never be an index condition (docs/sql.md).
-- Nobody may run a function before its program grants it.
alter default privileges revoke execute on functions from public;

create schema if not exists auth;
create schema if not exists flash;

revoke create on schema public from public;
revoke all on schema auth, flash from public;

create domain flash.app_role as text collate "C"
  check (value in ('rep', 'manager', 'viewer', 'admin'));

create domain flash.submission_status as text collate "C"
  check (value in ('new', 'contacted', 'qualified', 'nurture', 'converted', 'disqualified',
                   'archived'));

create domain flash.deal_stage as text collate "C"
  check (value in ('new', 'contacted', 'qualified', 'proposal', 'negotiation', 'closed'));

create domain flash.business_type as text collate "C"
  check (value in ('restaurant', 'retail', 'hospitality', 'healthcare', 'automotive', 'other'));

create domain flash.language as text collate "C"
  check (value in ('en', 'nl', 'es', 'fr', 'pap'));

-- ISO 4217 letters. ANG is refused: XCG replaced it one to one on 2025-03-31.
create domain flash.currency as char(3)
  check (value ~ '^[A-Z]{3}$' and value <> 'ANG');

-- E.164 with its plus sign.
create domain flash.phone as text collate "C"
  check (value ~ '^\+[1-9][0-9]{6,14}$');

-- UUID version 7 (RFC 9562): milliseconds since 1970 first, so that new rows share index pages;
-- then the microseconds as 12 bits (method 3), so that ids made one after the other are in order.
create function flash.uuid7(at timestamptz default clock_timestamp()) returns uuid
language sql volatile parallel safe
return (
  lpad(to_hex((extract(epoch from at) * 1000000)::bigint / 1000), 12, '0') || '7'
  || lpad(to_hex((extract(epoch from at) * 1000000)::bigint % 1000 * 4096 / 1000), 3, '0')
  || substr(replace(gen_random_uuid()::text, '-', ''), 17))::uuid;

-- The short code a merchant keeps: 'FL-' and six letters or digits that cannot be misread.
-- It looks for a free one, because at a million leads one draw in a thousand is taken.
create function flash.new_reference() returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  alphabet constant text := '23456789ABCDEFGHJKMNPQRSTVWXYZ';
  noise bytea;
  candidate text;
begin
  loop
    noise := uuid_send(gen_random_uuid());
    candidate := 'FL-';
    for i in 0..5 loop
      candidate := candidate || substr(alphabet, 1 + get_byte(noise, i) % 30, 1);
    end loop;
    exit when not exists (select from public.submissions s where s.reference = candidate);
  end loop;
  return candidate;
end
$$;

-- Text as people compare it: accents and case off, apostrophes out, other punctuation as one
-- space. It depends on no dictionary, extension or collation, so it may stand in an index.
create function flash.fold(t text) returns text
language sql immutable strict parallel safe
return btrim(regexp_replace(
  regexp_replace(
    replace(replace(replace(replace(translate(
      lower(regexp_replace(normalize(t, nfd), '[\u0300-\u036f]', '', 'g')),
      'ØøŁłĐđıħŧ', 'oollddiht'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    '[''`’‘]', '', 'g'),
  '[\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\s\u2010-\u2027\u2030-\u205e]+', ' ', 'g'));

-- The key under which two spellings of a business are one: folded, legal form cut off the end.
create function flash.business_key(name text) returns text
language sql immutable strict parallel safe
return coalesce(
  nullif(regexp_replace(flash.fold(name), '( (ltd|limited|inc|llc|n ?v|b ?v))+$', ''), ''),
  flash.fold(name));
