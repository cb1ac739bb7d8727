#!/bin/sh
# SPDX-License-Identifier: MIT
# coverage.sh [--write] - man/tapi-coverage.7 says who answers each function of TAPI 2.x and which test proves it.
# Without --write: does it still say what the sources do, has each served function a test, and are the tests there that
# tests/conformance/rules.tsv names elsewhere?
set -eu
page=man/tapi-coverage.7

table() # AS
{
	awk -v as="$1" -f tests/coverage/coverage.awk proto/calls.def src/tsphost/thunks.def src/libtapi/*.c \
		src/providers/exchange/*.c tests/conformance/test_*.c tests/facts/functions.tsv
}

if [ "${1:-}" = --write ]; then
	made=$(table page)
	printf '%s\n' "$made" >"$page"
	table rows
	exit 0
fi
made=$(table page)
if ! printf '%s\n' "$made" | cmp -s - "$page"; then
	printf '%s\n' "$made" | diff "$page" - >&2 || true
	echo "$page is not what the sources say: make coverage-table" >&2
	exit 1
fi
unproved=$(table unproved)
if [ -n "$unproved" ]; then
	echo "served, but no test of tests/conformance proves:$unproved" >&2
	exit 1
fi
gone=$(awk -F '\t' 'NR > 1 && $4 != "" {
	n = split($4, entry, "; ")
	for (i = 1; i <= n; i++) {
		split(entry[i], part, ": ")
		found = 0
		while (!found && (getline line < part[1]) > 0)
			found = index(line, part[2]) > 0
		close(part[1])
		if (!found)
			print "rule " $1 ": there is no test " entry[i]
	}
}' tests/conformance/rules.tsv)
if [ -n "$gone" ]; then
	echo "$gone" >&2
	exit 1
fi
printf '  %-24s %s\n' coverage "$(grep -c '^.It Fn' "$page") functions as the manual says, each served one with a test"
