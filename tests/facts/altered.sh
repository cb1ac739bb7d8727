#!/bin/sh
# SPDX-License-Identifier: MIT
# altered.sh - the test of the facts test: it must pass on a copy of the headers, and fail on each
# copy that has one thing altered. "Fail" is: does not compile, or a test fails.
# BUILD is the build's folder, V=1 names each alteration.
# shellcheck disable=SC2086 # headers, flags and libs are lists
set -eu
here=$(dirname "$0")
include=$here/../../include
headers=$(ls "$include"/tapi.h "$include"/tapi_*.h "$include"/tspi*.h "$include"/tapi3const*.h | grep -v tapi_sip.h) # not TAPI's
dir=${BUILD:-build/default}/facts-altered
CC=${CC:-cc}
noticed=0
flags="-std=c11 -D_POSIX_C_SOURCE=200809L $(pkg-config --cflags check)"
libs=$(pkg-config --libs check)
failed=0

# judge NAME - 0 if the test passes on the headers below DIR/include.
judge()
{
	"$here/rows.sh" "$dir/gen/facts" "$dir"/include/*.h &&
		$CC $flags -I"$dir/include" -I"$dir/gen" -o "$dir/test" "$here/test_facts.c" $libs &&
		CK_VERBOSITY=silent "$dir/test"
}

# altered NAME SED-SCRIPT - alter every header with it; the test must notice.
altered()
{
	rm -rf "$dir/include"
	mkdir -p "$dir/include"
	for header in $headers; do
		sed "$2" "$header" >"$dir/include/${header##*/}"
	done
	if cat "$dir"/include/*.h | cmp -s - "$dir/all"; then
		echo "$1: this script alters nothing" >&2
		failed=1
	elif judge >"$dir/log" 2>&1; then
		echo "$1: the test did not notice" >&2
		failed=1
	else
		noticed=$((noticed + 1))
		[ "${V:-0}" != 1 ] || echo "noticed: $1"
	fi
}

rm -rf "$dir"
mkdir -p "$dir/include"
cp $headers "$dir/include"
cat "$dir"/include/*.h >"$dir/all"
if ! judge >"$dir/log" 2>&1; then
	cat "$dir/log" >&2
	echo "the unaltered headers fail" >&2
	exit 1
fi

altered "a constant's value" 's/^\(#define LINECALLSTATE_CONNECTED .*\)0x00000100u/\10x00000101u/'
altered "an error's value" 's/^\(#define LINEERR_NOMEM .*\)44u/\145u/'
altered "an error that is no LONG" 's/^\(#define PHONEERR_NOMEM *\)((LONG)\(0x[0-9A-F]*u\))/\1\2/'
altered "a constant left out" '/^#define LINEDEVSTATE_BATTERY /d'
altered "a constant too many" 's/^#define LINEDEVSTATE_BATTERY .*/&\
#define LINEDEVSTATE_EMPTY 1u/'
altered "a message's number" 's/^\(#define LINE_REPLY *\)12u/\113u/'
altered "the message base of TSPs" 's/^\(#define TSPI_MESSAGE_BASE *\)500u/\1600u/'
altered "a member renamed" 's/dwAddressFeatures;/wAddressFeatures;/'
altered "two members of one size swapped" 's/dwMonitorDigitModes;/swap;/
s/dwMonitorMediaModes;/dwMonitorDigitModes;/
s/swap;/dwMonitorMediaModes;/'
altered "a member that became wider" 's/DWORD dwCallTreatment;/uint64_t dwCallTreatment;/'
altered "a member too many at the end" 's/^} VARSTRING,/DWORD dwMore; &/'
altered "the packing" 's/pragma pack(push, 4)/pragma pack(push, 8)/'
altered "the irregular arm's packing" 's/pragma pack(push, 1)/pragma pack(push, 4)/'
altered "two parameters of one C type swapped" \
	's/lineDrop(\(HCALL hCall\), \(.*\), \(DWORD dwSize\))/lineDrop(\3, \2, \1)/'
altered "a parameter left out" 's/lineHold(HCALL hCall)/lineHold(void)/'
altered "a parameter's name" 's/lineHold(HCALL hCall)/lineHold(HCALL hActiveCall)/'
altered "a parameter's type" 's/lineHold(HCALL hCall)/lineHold(HLINE hCall)/'
altered "a result's type" 's/LONG WINAPI lineHold/DWORD WINAPI lineHold/'
altered "a function left out" '/^TAPI_EXPORT LONG WINAPI lineUnhold(/d'
altered "a function too many" 's/^TAPI_EXPORT LONG WINAPI lineUnhold(.*/&\
TAPI_EXPORT LONG WINAPI lineUnholdAll(HLINE hLine);/'
altered "the descriptor of TSPI_lineGetID" 's/int \*descriptor/HANDLE hTargetProcess/'
altered "a type of the dialect" 's/^typedef uint32_t DWORD;/typedef unsigned long DWORD;/'
altered "an enumerator's value" 's/CS_OFFERING = 4/CS_OFFERING = 3/'
altered "a TAPI 3 error" 's/^\(#define TAPI_E_NOITEMS .*\)02u/\103u/'
altered "a GUID" 's/0x831ce2d7/0x831ce2d9/'
altered "a terminal class's text" 's/"{F7438990/"{F7438991/'
[ $failed = 1 ] || echo "  altered headers          $noticed alterations, each noticed"
exit $failed
