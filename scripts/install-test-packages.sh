#!/bin/bash
# PostgreSQL, Redis, Chromium and fonts for the tests: installed as root, else named.
set -eu
missing=()
need() { # a test of presence, then the Debian package that brings it
    eval "$1" >/dev/null 2>&1 || missing+=("$2")
}
need 'ls /usr/lib/postgresql/*/bin/initdb || command -v initdb' postgresql
need 'command -v redis-server' redis-server
need 'command -v chromium' chromium
need 'fc-list | grep -i liberation || ls /usr/share/fonts/truetype/liberation*' fonts-liberation
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ]; then
    echo "The tests need Debian packages that are missing here. As root:" >&2
    echo "    apt-get install ${missing[*]}" >&2
    exit 1
fi
command -v apt-get >/dev/null || { echo "Missing: ${missing[*]}, and there is no apt-get." >&2; exit 1; }
echo "Installing ${missing[*]} ..."
export DEBIAN_FRONTEND=noninteractive
# Servers are started by the tests themselves, never by the installation.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod +x "$policy"
    trap 'rm -f "$policy"' EXIT
fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
