-- What keeps the database tidy beside the work: words are learned for the search, new rows are put in
-- their places in its indexes, leads that wait for facts get their job, and what is over is thrown
-- away. Called by the server's worker::Housework, as flash_worker; one server at a time.

-- Does p_limit of each at most. Returns the milliseconds until it is worth a look again; null: when
-- the caller likes.
create or replace function flash.housework(p_limit int) returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
  learned bigint;
  swept bigint;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('flash.housework', 0)) then
    return null;
  end if;
  learned := flash.words_learn(p_limit);
  if learned > 0 then
    perform gin_clean_pending_list('public.submissions_words'::regclass),
      gin_clean_pending_list('public.deals_words'::regclass),
      gin_clean_pending_list('flash.search_words_similar'::regclass);
  end if;
  perform flash.imports_tidy();
  perform flash.enrich_due();
  with keys as (
    delete from flash.idempotency_keys k
    where k.ctid = any (array(select x.ctid from flash.idempotency_keys x
                              where x.expires_at < now() limit p_limit))
    returning 1),
  jobs as (
    delete from flash.jobs j
    where j.id = any (array(select x.id from flash.jobs x
                            where x.finished_at < now() - interval '30 days' limit p_limit))
    returning 1),
  mails as (
    delete from flash.outbox o
    where o.id = any (array(select x.id from flash.outbox x
                            where x.created_at < now() - interval '30 days'
                              and x.finished_at is not null limit p_limit))
    returning 1)
  select (select count(*) from keys) + (select count(*) from jobs) + (select count(*) from mails)
  into swept;
  return case when learned = p_limit or swept >= p_limit then 100
    when learned > 0 then 2000 end;
end
$$;

revoke execute on function flash.housework(int) from public;
grant execute on function flash.housework(int) to flash_worker;
