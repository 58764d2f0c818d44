"""The comparisons of writes, of plans and of idle connections; bench/run.py runs them."""
import json, pathlib, re, subprocess, sys, time

from run import SECONDS, Server, claims_of, http_load, in_turn, run, tell

INSERTED = """create table if not exists public.bench_notes (
    id bigint generated always as identity primary key, number bigint not null, body text not null);
  grant select, insert on public.bench_notes to flash_manager;"""
INSERT = ("insert into public.bench_notes (number, body) select r.number, r.body "
          "from json_to_recordset($1::json) as r(number bigint, body text)")


def insert_against_sql(build, name, rows):
    """A POST of so many rows into a plain table, against the same insert sent by libpq."""
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
        latest = {}

        def ours():
            latest.update(http_load(build, server.port, 64, request))
            if latest["bad"]:
                sys.exit(f"{name}: {latest['bad']} refusals")
            return latest["per_second"]

        def limit():
            figure = json.loads(run(build / "bench/bench_write_limit", server.conninfo(), 4, 16, SECONDS,
                                    "flash_manager", claims_of(token), INSERT, body))
            if figure["failed"]:
                sys.exit(f"{name}: the limit failed {figure['failed']} times")
            return figure["per_second"]

        measured, direct = in_turn(ours, limit)
        tell(name, measured, direct, against_is="the same insert by libpq's pipeline, 4 connections, depth 16",
             unit="requests/s", rows_a_request=rows, p99_ms=latest["p99_ms"])
    finally:
        server.remove()


def bench_rest_insert(build):
    insert_against_sql(build, "rest-insert", 1)


def bench_rest_bulk_insert(build):
    insert_against_sql(build, "rest-bulk-insert-1000", 1000)


def bench_plan(build):
    """Parse, plan and render of a dashboard's question, in microseconds: anew, and out of the cache."""
    out = json.loads(run(build / "api_plan_cache_bench", "--benchmark_format=json", "--benchmark_repetitions=5",
                         "--benchmark_report_aggregates_only=true"))
    median = {b["run_name"]: b["cpu_time"] / 1000 for b in out["benchmarks"] if b["aggregate_name"] == "median"}
    request = median["request_alone"]
    for name, most in (("cold", 15), ("warm", 2)):
        tell(f"plan-{name}", median[name] - request, most, against_is="the target, µs", unit="µs")


def bench_connections(build):
    """What an idle keep-alive connection costs in resident memory, of 10,000 that were used once."""
    count = 10_000
    server = Server(build, "--connections-max", str(2 * count))
    resident = lambda: int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(
        f"/proc/{server.process.pid}/status").read_text()).group(1))
    try:
        time.sleep(2)
        before = resident()
        peers = subprocess.Popen([build / "bench/bench_idle_connections", str(server.port), str(count),
                                  "GET /livez HTTP/1.1\nHost: localhost\n\n"],
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if peers.stdout.readline().strip() != "ready":
            sys.exit("connections: not all could be opened")
        time.sleep(2)
        tell("connections", (resident() - before) / count, 6, against_is="the target, kB resident each", unit="kB",
             connections=count)
        peers.stdin.close()
        peers.wait()
    finally:
        server.remove()


MORE = {"rest-insert": bench_rest_insert, "rest-bulk-insert-1000": bench_rest_bulk_insert, "plan": bench_plan,
        "connections": bench_connections}
