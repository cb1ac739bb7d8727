#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [SUBJECT...] - the whole-system tests, one script a subject (all but audio without words); "N passed, M failed" at the end.
set -u
. tests/system/subject.sh
# audio needs a sound server: make check-system ONLY=audio
all=$(cd tests/system && ls -- *.sh | sed -n 's/\.sh$//p' | grep -vxE 'lib|run|subject|audio' | tr '\n' ' ')
out=$(mktemp)
trap 'rm -f "$out"' EXIT
passed=0 failed=0
for name in ${*:-$all}; do
	begun=$(date +%s)
	status=0
	subject "tests/system/$name.sh" "$out" || status=$?
	bad=$(grep -c '^FAIL ' "$out")
	if [ $status != 0 ] && [ "$bad" = 0 ]; then
		echo "FAIL $name: the script ended early with $status" >>"$out"
		bad=1
	fi
	echo "  $name ($(($(date +%s) - begun)) s)"
	sed 's/^/    /' "$out"
	passed=$((passed + $(grep -c '^ok ' "$out")))
	failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
