#!/usr/bin/env bash
# Sends requests to the service that its own description makes up, thousands of them, on a loopback port: none may
# be answered with a fault of the server, or with what the description does not say.
#   server_fuzz.sh PROGRAM [EXAMPLES]
# PROGRAM is the release build of vprep; EXAMPLES (190) requests are made up for each address. schemathesis comes
# from PyPI into .build/schemathesis.
set -euo pipefail
vprep=$(realpath "$1")
examples=${2:-190}
cd "$(dirname "$0")/.."
scripts/venv.sh .build/schemathesis schemathesis==4.32.5
swift build --package-path Server --product vprep-serve
# What schemathesis keeps for its next run is not wanted.
work=$(mktemp -d)
log=$work/log
tool=$PWD/.build/schemathesis/bin/st
# Made-up clients fetch few results of the jobs that they start.
Server/.build/debug/vprep-serve --port 0 --jobs 10000 --vprep "$vprep" 2>"$log" &
service=$!
trap 'kill $service; wait $service || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do
  address=$(sed -n 's|.* address=\(http://[^ ]*/\) .*|\1|p' "$log")
  [ -z "$address" ] || break
  sleep 0.1
done
cd "$work"
"$tool" run "${address}openapi.json" --max-examples "$examples" --no-color --checks \
  not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance
