#!/bin/sh
# SPDX-License-Identifier: MIT
# coverage.sh [--write] - man/tapi-coverage.7 says who answers each function of TAPI 2.x and which test proves it.
# Without --write: does it still say what the sources do, and has each served function a test?
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
printf '  %-24s %s\n' coverage "$(grep -c '^.It Fn' "$page") functions as the manual says"
[ -z "$unproved" ] || printf '  %-24s %s\n' '' "without a test:$unproved"
