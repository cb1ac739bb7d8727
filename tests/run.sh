#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh PROGRAM... - run Check programs, one line each; everything they said when one fails.
for program; do
	name=${program##*/}
	out=$("$program" 2>&1)
	status=$?
	line=$(printf '%s\n' "$out" | grep '^[0-9]*%: Checks: ' | tail -n 1)
	case $status:$line in
	0:*'Checks: 0,'* | 0:) status=1 ;; # no test ran
	esac
	if [ "$status" != 0 ]; then
		printf '%s\n%s: failed\n' "$out" "$program" >&2
		exit 1
	fi
	printf '  %-24s %s\n' "$name" "$line"
done
