#!/bin/sh
# SPDX-License-Identifier: MIT
# coverage.sh GOAL 'FUZZER FILE...'... - the lines of its files that a fuzzer has run with its seeds; 1 if one is below GOAL %.
set -u
goal=$1 status=0
shift
for one; do
	set -- $one
	name=$1 raw=$BUILD/$1.profraw data=$BUILD/$1.profdata
	shift
	LLVM_PROFILE_FILE=$raw "$BUILD/bin/$name" "fuzz/seeds/$name" >"$BUILD/$name.out" 2>&1 &&
		llvm-profdata merge -o "$data" "$raw" &&
		llvm-cov export -summary-only -instr-profile "$data" "$BUILD/bin/$name" "$@" >"$BUILD/$name.json" || {
		cat "$BUILD/$name.out" >&2
		exit 1
	}
	percent=$(sed 's/.*"totals"//; s/.*"lines":{"count":\([0-9]*\),"covered":\([0-9]*\).*/\1 \2/' "$BUILD/$name.json")
	set -- $percent "$@"
	lines=$1 covered=$2
	shift 2
	word=
	[ $((covered * 100)) -ge $((lines * goal)) ] || { word="  below $goal %" status=1; }
	printf '  %-24s %3d %% of %4d lines: %s%s\n' "$name" $((covered * 100 / lines)) "$lines" "$*" "$word"
done
exit $status
