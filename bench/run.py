#!/usr/bin/env python3
"""Side-by-side comparisons in one run: ours, the limit program and the peer in turn, one line of JSON each.

bench/run.py BUILD_DIR [NAME...]   names: http rest-by-key rest-list-20 rest-insert rest-bulk-insert-1000 plan connections
                                   intake latency footprint score
Ratios inside one line are what counts; absolute figures belong to the machine.
"""
import base64, json, os, pathlib, re, shutil, signal, statistics, subprocess, sys, tempfile, time, urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROUNDS, SECONDS = 3, 4


def run(*command, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    return done.stdout


class Server:
    """A flashd of its own on a fresh data directory with the demo, durable settings."""

    def __init__(self, build, *flags):
        self.data = tempfile.mkdtemp(prefix="flash-bench-")
        os.chmod(self.data, 0o755)
        self.build, self.flags, self.port = build, flags, 8790
        self.start()

    def start(self):
        self.log = open(os.path.join(self.data, "..", f"flash-bench-{os.getpid()}.log"), "a+")
        began = time.monotonic()
        self.process = subprocess.Popen(
            [self.build / "flashd", "serve", "--data", self.data, "--port", str(self.port), "--demo", *self.flags],
            stderr=self.log)
        while True:
            try:
                if self.get("/readyz").status == 200:
                    self.ready_ms = (time.monotonic() - began) * 1000
                    return
            except OSError:
                if self.process.poll() is not None:
                    self.log.seek(0)
                    sys.exit("flashd ended:\n" + self.log.read()[-3000:])
                time.sleep(0.01)

    def get(self, path, **headers):
        return urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def remove(self):
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)

    def key(self):
        return re.search(r'name="flash-key" content="([^"]+)"', self.get("/").read().decode()).group(1)

    def sign_in(self, start):
        people = json.loads(pathlib.Path(self.data, "demo-sign-ins.json").read_text())
        person = next(p for p in people if p["email"].startswith(start))
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/auth/v1/token?grant_type=password", method="POST",
            headers={"apikey": self.key(), "Content-Type": "application/json"},
            data=json.dumps({"email": person["email"], "password": person["password"]}).encode())
        return json.load(urllib.request.urlopen(request))["access_token"]

    def conninfo(self):
        return f"host={self.data}/run user=authenticator dbname=flash"


def claims_of(token):
    part = token.split(".")[1]
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()


def http_load(build, port, connections, request, seconds=SECONDS):
    with tempfile.NamedTemporaryFile("w", suffix=".http") as file:
        file.write(request)
        file.flush()
        return json.loads(run(build / "bench/bench_http_load", port, connections, seconds, file.name))


def in_turn(*measures):
    """Runs the measures A B C A B C …; the median of each."""
    rounds = [[m() for m in measures] for _ in range(ROUNDS)]
    return [statistics.median(r[i] for r in rounds) for i in range(len(measures))]


def tell(name, ours, against, **more):
    print(json.dumps({"bench": name, "ours": round(ours, 3), "against": round(against, 3),
                      "ratio": round(ours / against, 3) if against else None, **more}), flush=True)


def bench_http(build):
    server = Server(build, "--cores", "1")
    limit = subprocess.Popen([build / "bench/bench_raw_epoll", "9099"])
    time.sleep(0.3)
    request = "GET /livez HTTP/1.1\nHost: localhost\n\n"
    try:
        for connections in (64, 256):
            ours, raw = in_turn(
                lambda: http_load(build, server.port, connections, request)["per_second"],
                lambda: http_load(build, 9099, connections, request)["per_second"])
            tell("http", ours, raw, against_is="raw epoll loop", connections=connections, unit="requests/s")
    finally:
        limit.kill()
        server.remove()


def bench_intake(build):
    server = Server(build, "--intake-per-minute", "0", "--intake-per-hour", "0")
    body = json.dumps({"business_name": "Bench Bakery %N%", "owner_name": "Marcia Bennett",
                       "email": "bench-%N%@bakery.example", "country": "JM", "sub_area": "JM-02",
                       "business_type": "restaurant", "monthly_revenue_band": "50k-100k", "employee_band": "6-20",
                       "monthly_transactions": 400, "interest_level": 8, "pain_points": ["high_fees"],
                       "consent_contact": True, "consent_version": "1", "elapsed_ms": 20000})
    request = ("POST /api/submissions HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
               "Idempotency-Key: bench-%N%\nContent-Length: %L%\n\n" + body)
    try:
        figures = [http_load(build, server.port, 64, request, 6) for _ in range(ROUNDS)]
        if any(f["bad"] for f in figures):
            sys.exit(f"intake: refusals {figures}")
        figure = sorted(figures, key=lambda f: f["per_second"])[ROUNDS // 2]
        tell("intake", figure["per_second"], 1500, against_is="the target, leads/s with fsync on and 64 clients",
             unit="leads/s", p50_ms=figure["p50_ms"], p99_ms=figure["p99_ms"])
    finally:
        server.remove()


def second_node_ms(build, server):
    """From the start of another flashd on the same database to its first good answer of /readyz."""
    port, data = server.port + 1, tempfile.mkdtemp(prefix="flash-bench-")
    url = f"host={server.data}/run user=postgres dbname=flash"
    began = time.monotonic()
    node = subprocess.Popen([build / "flashd", "serve", "--data", data, "--port", str(port), "--database-url", url],
                            stderr=subprocess.DEVNULL)
    try:
        while time.monotonic() - began < 30:
            try:
                if urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz").status == 200:
                    return (time.monotonic() - began) * 1000
            except OSError:
                time.sleep(0.005)
        sys.exit("the second flashd did not become ready")
    finally:
        node.send_signal(signal.SIGTERM)
        node.wait()
        shutil.rmtree(data, ignore_errors=True)


def bench_footprint(build):
    server = Server(build)
    try:
        time.sleep(2)
        server.stop()
        server.start()
        time.sleep(1)
        status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
        resident = int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024
        tell("idle-memory", resident, 60, against_is="the target, MB resident", unit="MB")
        tell("ready", server.ready_ms, 3000, against_is="the target with the private PostgreSQL, ms", unit="ms")
        tell("ready-existing", second_node_ms(build, server), 300,
             against_is="the target on a database that runs already, ms", unit="ms")
    finally:
        server.remove()


def bench_latency(build):
    server = Server(build)
    try:
        out = run("node", ROOT / "bench/latency.mjs", f"http://127.0.0.1:{server.port}",
                  server.key(), server.sign_in("manager"), server.sign_in("rep.kemar"))
        figure = json.loads(out)
        tell("commit-to-frame", figure["p50_ms"], 3, against_is="the target, ms at the median", unit="ms",
             p99_ms=figure["p99_ms"], changes=figure["changes"])
    finally:
        server.remove()


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


def bench_score(build):
    """The targets of lead scoring (docs/scoring.md); some minutes of one core."""
    subprocess.run([build / "bench/bench_score"], check=True)


BENCHES = {"http": bench_http, "plan": bench_plan, "connections": bench_connections, "intake": bench_intake,
           "latency": bench_latency, "footprint": bench_footprint, "score": bench_score}

if __name__ == "__main__":
    from rest import REST

    BENCHES |= REST
    directory = pathlib.Path(sys.argv[1]).resolve()
    for wanted in sys.argv[2:] or BENCHES:
        BENCHES[wanted](directory)
