#!/bin/sh
# SPDX-License-Identifier: MIT
# table.sh BUILD BENCH... - the goals of what was run last of these, as the README has them, and on what machine.
build=$1
shift
rows= texts=
for bench; do
	[ -s "$build/$bench.rows" ] || continue
	rows="$rows $build/$bench.rows"
	texts="$texts $build/$bench.txt"
done
[ -n "$rows" ] || { echo 'bench-table: nothing has been run yet: make bench-quick bench-table' >&2; exit 1; }
# shellcheck disable=SC2086
awk -v goals=1 -v markdown=1 -f bench/show.awk $rows
echo
# shellcheck disable=SC2086
sed -n 's/^cores=/Machine: cores=/p' $texts | sort -u | head -n 1
# shellcheck disable=SC2086
sed -n 's/.*\(load=[0-9.,]*\)$/\1/p' $texts | sort -u | tr '\n' ' ' | sed 's/^/When each part began: /; s/ *$/./'
echo
