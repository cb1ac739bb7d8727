#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh PROGRAM CORPUS SECONDS [SEED] - run one fuzzer; one line when all is well, what went wrong when it is not.
set -u
program=$1 corpus=$2 seconds=$3 seed=${4:-0}
name=${program##*/}
memory=/dev/shm
[ -w "$memory" ] || memory=${TMPDIR:-/tmp}
TMPDIR=$(mktemp -d "$memory/tapi-fuzz.XXXXXX") || exit 1
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$corpus"
if out=$("$program" -max_total_time="$seconds" -seed="$seed" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
	-artifact_prefix="$corpus.crash-" "$corpus" "fuzz/seeds/$name" 2>&1); then
	printf '  %-24s %s runs, %s inputs kept\n' "$name" \
		"$(printf '%s\n' "$out" | sed -n 's/^stat::number_of_executed_units: *//p')" \
		"$(find "$corpus" -type f | wc -l)"
else
	printf '%s\n' "$out" | grep -vE '^#[0-9]|^	?NEW_FUNC|^INFO: ' >&2
	printf '%s: failed; again: %s FILE\n' "$name" "$program" >&2
	exit 1
fi
