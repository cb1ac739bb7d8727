#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [SUBJECT...] - the whole-system tests, one script a subject; "N passed, M failed" at the end.
set -u
here=tests/system
subjects=${*:-tapictl providers hostile deaths media install}
results=$(mktemp)
trap 'rm -f "$results"' EXIT
broken=0
for s in $subjects; do
	echo "$s:"
	start=$(date +%s)
	sh "$here/$s.sh" >"$results.out" || broken=$((broken + 1))
	sed 's/^/  /' "$results.out"
	cat "$results.out" >>"$results"
	grep -q '^FAIL' "$results.out" || [ "$broken" = 0 ] || echo "  FAIL $s: the script ended early"
	echo "  ($(($(date +%s) - start)) s)"
done
passed=$(grep -c '^ok ' "$results")
failed=$(grep -c '^FAIL ' "$results")
[ "$failed" -gt 0 ] || failed=$broken
rm -f "$results.out"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
