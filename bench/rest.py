"""REST against the same SQL sent directly; bench/run.py runs these."""
import json, os, re, subprocess, sys, tempfile, time

from run import SECONDS, Server, claims_of, http_load, in_turn, run, tell

PGBENCH = """begin;
select set_config('role', '{role}', true);
select set_config('request.jwt.claims', :claims, true);
{query};
commit;
"""


def sent_by_us(server, request):
    """The statement that our server sends for a request, as PostgreSQL shows it."""
    http_load(server.build, server.port, 1, request, 1)
    rows = subprocess.run(["psql", "-XAtq", "-F", "\x1f", "-R", "\x1e", server.conninfo().replace("authenticator", "postgres"),
                           "-c", "select query from pg_stat_activity where application_name = 'flashd' and query ~ 'as page'"],
                          capture_output=True, text=True, check=True).stdout.strip("\x1e\n").split("\x1e")
    if not rows[0]:
        sys.exit("the server's statement was not seen")
    return rows[0]


def settings_file(role, claims, method, path):
    """What our server sets in the transaction of a request, as bench/sql_limit.cpp reads it."""
    settings = {"role": role, "request.jwt.claims": claims, "request.jwt.claim.sub": json.loads(claims)["sub"],
                "request.method": method, "request.path": path.split("?")[0].removeprefix("/rest/v1"),
                "request.headers": '{"host":"localhost"}', **({"transaction_read_only": "on"} if method == "GET" else {})}
    file = tempfile.NamedTemporaryFile("w")
    file.write("".join(f"{key}\n{value}\n" for key, value in settings.items()))
    file.flush()
    return file


SQL_LIMIT = "the same SQL in an in-process libpq pipeline, depth 16, the better of 2 and 4 connections"


def sql_limit(build, server, name, settings, query, param):
    best = 0
    for connections in (2, 4):
        figure = json.loads(run(build / "bench/bench_sql_limit", server.conninfo(), connections, 16, SECONDS,
                                settings.name, query, param))
        if figure["failed"]:
            sys.exit(f"{name}: the limit program failed {figure['failed']} times")
        best = max(best, figure["per_second"])
    return best


FILL = """set session_replication_role = replica;
insert into public.submissions
select (jsonb_populate_record(s, jsonb_build_object(
    'id', gen_random_uuid(), 'reference', 'FL-' || upper(lpad(to_hex(row_number() over ()), 8, '0')),
    'created_at', s.created_at - copy * interval '1 second'))).*
from public.submissions s, generate_series(1, (select {rows} / count(*) from public.submissions)) copy;
vacuum analyze public.submissions;
"""


def fill(server, rows):
    """So many leads more, copies of the demo's: their histories and notices are not wanted here."""
    subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", server.conninfo().replace("authenticator", "postgres")],
                   input=FILL.format(rows=rows), text=True, check=True)


def rest_against_sql(build, name, path, param, leads=0):
    server = Server(build)
    try:
        if leads:
            fill(server, leads)
        token = server.sign_in("manager")
        claims, role = claims_of(token), "flash_manager"
        param = param(server, token) if callable(param) else param
        request = (f"GET {path.replace('PARAM', param)} HTTP/1.1\nHost: localhost\napikey: {server.key()}\n"
                   f"Authorization: Bearer {token}\n\n")
        query = sent_by_us(server, request)
        file = settings_file(role, claims, "GET", path)
        script = tempfile.NamedTemporaryFile("w", suffix=".sql")
        script.write(PGBENCH.format(role=role, query=query.replace("$1", f"'{param}'")))
        script.flush()
        os.chmod(script.name, 0o644)
        latest = {}

        def ours():
            latest.update(http_load(build, server.port, 64, request))
            if latest["bad"]:
                sys.exit(f"{name}: {latest['bad']} refusals")
            return latest["per_second"]

        def pgbench():
            out = run("pgbench", "-n", "-M", "prepared", "-c", 4, "-j", 1, "-T", SECONDS, "-f", script.name,
                      "-D", f"claims={claims}", server.conninfo())
            return float(re.search(r"tps = ([0-9.]+)", out).group(1))

        measured, pipeline, peer = in_turn(ours, lambda: sql_limit(build, server, name, file, query, param), pgbench)
        tell(name, measured, pipeline, against_is=SQL_LIMIT,
             unit="requests/s", p99_ms=latest["p99_ms"])
        tell(name, measured, peer, against_is="pgbench, five round trips, 4 clients", unit="requests/s")
    finally:
        server.remove()


def first_lead(server, token):
    rows = json.load(server.get("/rest/v1/submissions?select=id&limit=1", apikey=server.key(),
                                Authorization=f"Bearer {token}"))
    return rows[0]["id"]


def bench_rest_by_key(build):
    rest_against_sql(build, "rest-by-key", "/rest/v1/submissions?select=id,business_name,status,lead_score&id=eq.PARAM",
                     first_lead)


def bench_rest_list_20(build):
    rest_against_sql(build, "rest-list-20",
                     "/rest/v1/submissions?select=id,business_name,status,lead_score,territories!territory_id(name)"
                     "&order=created_at.desc,id.desc&limit=20", "", leads=200_000)


INSERTED = """create table if not exists public.bench_notes (
    id bigint generated always as identity primary key, number bigint not null, body text not null);
  grant select, insert on public.bench_notes to flash_manager;"""


def insert_against_sql(build, name, rows):
    """A POST of so many rows into a plain table, against the same statements sent by libpq."""
    server = Server(build)
    try:
        run("psql", "-qXc", INSERTED, f"host={server.data}/run user=postgres dbname=flash")
        time.sleep(1)  # the catalog follows
        token = server.sign_in("manager")
        body = json.dumps([{"number": 0, "body": "a note of some forty characters, about"} for _ in range(rows)])
        body = body.replace('"number": 0', '"number": %N%')
        request = (f"POST /rest/v1/bench_notes HTTP/1.1\nHost: localhost\napikey: {server.key()}\n"
                   f"Authorization: Bearer {token}\nContent-Type: application/json\nPrefer: return=minimal\n"
                   f"Content-Length: %L%\n\n{body}")
        file = settings_file("flash_manager", claims_of(token), "POST", "/rest/v1/bench_notes")
        insert = sent_by_us(server, request)
        latest = {}

        def ours():
            latest.update(http_load(build, server.port, 64, request))
            if latest["bad"]:
                sys.exit(f"{name}: {latest['bad']} refusals")
            return latest["per_second"]

        measured, direct = in_turn(ours, lambda: sql_limit(build, server, name, file, insert, body))
        tell(name, measured, direct, against_is=SQL_LIMIT,
             unit="requests/s", rows_a_request=rows, p99_ms=latest["p99_ms"])
    finally:
        server.remove()


def bench_rest_insert(build):
    insert_against_sql(build, "rest-insert", 1)


def bench_rest_bulk_insert(build):
    insert_against_sql(build, "rest-bulk-insert-1000", 1000)


REST = {"rest-by-key": bench_rest_by_key, "rest-list-20": bench_rest_list_20,
        "rest-insert": bench_rest_insert, "rest-bulk-insert-1000": bench_rest_bulk_insert}
