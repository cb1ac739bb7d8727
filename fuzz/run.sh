#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh PROGRAM CORPUS SECONDS - run one fuzzer; one line when all is well, everything when it is not.
set -u
program=$1 corpus=$2 seconds=$3
name=${program##*/}
seeds=fuzz/seeds/$name
mkdir -p "$corpus"
[ -d "$seeds" ] || seeds=
if out=$("$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
	-artifact_prefix="$corpus.crash-" "$corpus" $seeds 2>&1); then
	printf '  %-24s %s runs, %s inputs kept\n' "$name" \
		"$(printf '%s\n' "$out" | sed -n 's/^stat::number_of_executed_units: *//p')" \
		"$(find "$corpus" -type f | wc -l)"
else
	printf '%s\n%s: failed\n' "$out" "$program" >&2
	exit 1
fi
