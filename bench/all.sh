#!/bin/sh
# SPDX-License-Identifier: MIT
# all.sh BUILD BENCH... - runs each of these benches, then says what became of all goals in one table. Exit 1: one was missed;
# 77: the machine was too noisy, or something is not installed, and nothing else is wrong.
build=$1
shift
code=0 rows=
for bench; do
	echo "--- $bench"
	rm -f "$build/$bench.rows"
	one=0
	${MAKE:-make} --no-print-directory BUILD="$build" "$bench" || one=$?
	grep -qs MISSED "$build/$bench.rows" && code=1
	[ $one = 0 ] || [ $code = 1 ] || code=77
	rows="$rows $build/$bench.rows"
done
echo '--- goals'
# shellcheck disable=SC2086
awk -v goals=1 -f bench/show.awk $rows
echo '--- ready for the README'
sh bench/table.sh "$build" "$@"
exit $code
