#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh PROGRAM... - run Check programs, as many at a time as there are processors, one line each;
# everything they said when one fails, and then no more are started. Check ends what hangs; a busy
# machine is no reason to fail, so that is after a minute a case, not four seconds.
: "${CK_TIMEOUT_MULTIPLIER:=15}"
: "${ASAN_OPTIONS:=detect_stack_use_after_return=1}"
export CK_TIMEOUT_MULTIPLIER ASAN_OPTIONS
if [ "$1" != --one ]; then
	jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
	printf '%s\n' "$@" | xargs -P "$jobs" -n 1 "$0" --one
	exit
fi
program=$2
out=$("$program" 2>&1)
status=$?
line=$(printf '%s\n' "$out" | grep '^[0-9]*%: Checks: ' | tail -n 1)
case $status:$line in
0:*'Checks: 0,'* | 0:) status=1 ;; # no test ran
esac
if [ "$status" != 0 ]; then
	printf '%s\n%s: failed\n' "$out" "$program" >&2
	exit 255 # xargs stops
fi
printf '  %-24s %s\n' "${program##*/}" "$line"
