# SPDX-License-Identifier: MIT
# subject.sh - one script of a run. Sourced by who runs them.

# subject SCRIPT FILE: what it says goes to the file; its exit code. Sound is real time: a phrase that is spoken while
# the machine stands still has a hole, and no proof holds. A script that says so ("real_time=yes") is run again, at
# most twice, when it failed and the machine did stand still meanwhile.
subject()
{
	for _n in 1 2 3; do
		"$BUILD/bin/sys-late" >"$2.late" &
		_late=$! _status=0
		sh "$1" >"$2" || _status=$?
		kill -KILL $_late # the shell's own TERM is caught, and so may be lost before sys-late runs
		wait $_late 2>/dev/null
		_stood=$(tail -n 1 "$2.late")
		rm -f "$2.late"
		[ $_status != 0 ] && [ -n "$_stood" ] && [ "$_n" != 3 ] && grep -q '^real_time=yes' "$1" || return $_status
		{ grep '^FAIL ' "$2"; echo "$1: again, $_stood"; } >&2
	done
}
