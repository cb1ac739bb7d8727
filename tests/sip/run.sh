#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [--long] [TEXT] - the SIP provider against real peers; one line a scenario with its figure, "N passed, N failed"
# at the end. Without --long the short form, which `make check` runs. TEXT: only scenarios whose name has it.
set -u
. tests/system/subject.sh
LONG=
[ "${1:-}" = --long ] && LONG=1 && shift
ONLY=${1:-}
export LONG ONLY
out=$(mktemp)
trap 'rm -f "$out"' EXIT
trap 'exit 1' INT TERM HUP
passed=0 failed=0 begun=$(date +%s)
rm -rf "${BUILD:?}/sip-failures"
for script in $(grep -l '^group sip_' tests/sip/*.sh); do
	group=$(basename "$script" .sh)
	status=0
	subject "$script" "$out" || status=$?
	bad=$(grep -c '^FAIL ' "$out")
	if [ $status != 0 ] && [ "$bad" = 0 ]; then
		echo "FAIL $group: the script ended early with $status" >>"$out"
		bad=1
	fi
	[ -s "$out" ] && sed "s/^/  $group /" "$out"
	passed=$((passed + $(grep -c '^ok ' "$out")))
	failed=$((failed + bad))
done
[ $failed = 0 ] || echo "what the failed ones left: $BUILD/sip-failures"
echo "SIP peers ($(($(date +%s) - begun)) s):"
echo "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
