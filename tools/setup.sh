# shellcheck shell=bash
# Part of ./flash: shows what goes on, installs what is missing, builds, and starts servers.
root=$PWD; logs=$root/build/log; stamps=$root/build/stamps; child=; server=; server_data=
server_packages="clang-19 lld-19 llvm-19 cmake ninja-build ccache pkg-config libboost1.81-dev libboost-json1.81-dev
  libboost-url1.81-dev libpq-dev postgresql-15 libcurl4-openssl-dev libssl-dev libargon2-dev libcrypt-dev libicu-dev libfmt-dev libcli11-dev
  libtomlplusplus-dev libgtest-dev liblzma-dev libmimalloc-dev libphonenumber8 libxgboost-dev libprotobuf-dev libabsl-dev python3 ca-certificates"
test_packages="clang-format-19 shellcheck git chromium fonts-liberation python3-aiosmtpd"
bench_packages="wrk libbenchmark-dev"
node=$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
export PATH="$root/web/tools/node_modules/node-linux-$node/bin:$root/web/tools/node_modules/.bin:$PATH" NO_COLOR=1
# One checkout finds what another compiled: paths below it are hashed as relative ones.
export CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=1
mkdir -p "$logs" "$stamps"

# --- showing what goes on ---
end() { if [ -n "$1" ]; then kill -TERM -- "-$1" 2>/dev/null || true; wait "$1" 2>/dev/null || true; fi; }
on_exit() { trap '' INT TERM; end "$child"; end "$server"; [ -z "$server_data" ] || rm -rf "$server_data"; }
trap 'exit 130' INT TERM
trap on_exit EXIT

step() {  # step NAME COMMAND...: its output goes to a log; here stay the name, the seconds and ✓ or ✗
  local name=$1 log began=$SECONDS status=0 shown=0
  shift; log=$logs/$(tr -c 'a-z0-9\n' '_' <<<"${name,,}").log
  set -m; "$@" </dev/null >"$log" 2>&1 & child=$!; set +m
  while kill -0 "$child" 2>/dev/null; do
    if [ -t 1 ]; then
      printf '\r\e[K  … %s %ss %s' "$name" $((SECONDS - began)) "$(tail -c 400 "$log" | grep -o '^\[[0-9]*/[0-9]*\]' | tail -1)"
    elif [ $((SECONDS - began - shown)) -ge 60 ]; then
      shown=$((SECONDS - began)); echo "  … $name ${shown}s $(tail -c 400 "$log" | grep -o '^\[[0-9]*/[0-9]*\]' | tail -1)"
    fi
    sleep 0.2
  done
  wait "$child" || status=$?
  child=
  if [ -t 1 ]; then printf '\r\e[K'; fi
  if [ "$status" = 0 ]; then echo "  ✓ $name $((SECONDS - began))s"; return; fi
  echo "  ✗ $name $((SECONDS - began))s: ended with $status; the end of $log:"; tail -n 40 "$log" | sed 's/^/    /'
  return "$status"
}
changed() { [ "$(cat "$stamps/$1" 2>/dev/null)" != "$2" ]; }  # changed STAMP DIGEST
digest() { find "$@" -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum; }

# --- setting up: each part does nothing when nothing is missing ---
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
missing_packages() { for p in "$@"; do dpkg-query -Wf '${db:Status-Status}' "$p" 2>/dev/null | grep -qx installed || echo "$p"; done; }
install_packages() {
  as_root apt-get update
  if ! command -v pg_createcluster >/dev/null; then  # Flash runs its own cluster; Debian need not start another
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.d/flash.conf
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}
unpack_phone_headers() {  # libphonenumber-dev insists on another Boost than ours; its headers do not
  mkdir -p build/deps; cd build/deps || return
  apt-get download libphonenumber-dev; dpkg-deb -x libphonenumber-dev_*.deb .; rm libphonenumber-dev_*.deb
}
setup() {  # setup PACKAGE...
  local missing; command -v npm >/dev/null || set -- "$@" npm
  missing=$(missing_packages "$@")
  if [ -n "$missing" ]; then
    if [ "$(id -u)" != 0 ]; then echo "Debian packages are missing; sudo asks for your password."; sudo -v; fi
    # shellcheck disable=SC2086  # one word a package
    step "Debian packages" install_packages $missing
  fi
  [ -d build/deps/usr/include/phonenumbers ] || step "Phone number headers" unpack_phone_headers
}
# Not `npm ci`: it refuses a lock that lacks the optional packages of other systems. This keeps to the lock as well.
npm_install() { npm --prefix "$1" install --no-save --no-audit --no-fund; }
setup_web() {
  local now; now=$(cat web/package-lock.json web/tools/package-lock.json | sha256sum)
  if changed npm "$now" || [ ! -d web/node_modules ] || [ ! -d web/tools/node_modules ]; then
    step "Node 24" npm_install web/tools
    step "Web packages" npm_install web
    echo "$now" >"$stamps/npm"
  fi
}
build_web() {
  local now; now=$(digest web/src web/public web/scripts web/index.html web/package-lock.json web/vite.config.ts)
  if ! changed web "$now" && [ -d web/dist ]; then return; fi
  step "Web app" npm --prefix web run build
  echo "$now" >"$stamps/web"
}
build_server() {  # build_server PRESET TARGET...
  local preset=$1; shift
  [ -e "build/$preset/build.ninja" ] || step "Configure" cmake --preset "$preset"
  step "Build $1$([ $# = 1 ] || echo " and $(($# - 1)) more")" ninja -C "build/$preset" "$@"
}

# --- a running server ---
value_of() { sed -n "s/^$1 = \"\{0,1\}\([^\"]*\)\"\{0,1\}  #.*/\1/p" <<<"$settings"; }  # value_of KEY
start_server() {  # start_server PRESET FLAG...: sets url, data, log and server; returns when it is ready
  local flashd=$root/build/$1/flashd began=$SECONDS; shift
  local settings; settings=$("$flashd" config "$@")
  data=$(value_of data); url=http$([ -z "$(value_of tls_cert)" ] || echo s)://$(value_of host | sed 's/^0\.0\.0\.0$/localhost/'):$(value_of port)
  log=$logs/flashd-${url##*:}.log
  if curl_ok "$url/livez"; then echo "  ✗ something answers at $url already; choose another --port"; return 1; fi
  set -m; "$flashd" serve "$@" </dev/null >"$log" 2>&1 & server=$!; set +m
  until curl_ok "$url/readyz"; do
    if ! kill -0 "$server" 2>/dev/null || [ $((SECONDS - began)) -gt 300 ]; then
      echo "  ✗ flashd did not become ready:"; tail -n 20 "$log" | sed 's/^/    /'; return 1
    fi
    if [ -t 1 ]; then printf '\r\e[K  … starting flashd %ss' $((SECONDS - began)); fi
    sleep 0.1
  done
  if [ -t 1 ]; then printf '\r\e[K'; fi
  echo "  ✓ flashd is ready $((SECONDS - began))s"
}
curl_ok() { python3 -c 'import ssl, sys, urllib.request as r; r.urlopen(sys.argv[1], timeout=2, context=ssl._create_unverified_context())' "$1" 2>/dev/null; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
make_server_data() { server_data=$(mktemp -d); chmod 711 "$server_data"; }  # gone with the script
