#!/bin/sh
# SPDX-License-Identifier: MIT
# exports.sh - libtapi.so exports the functions of the public headers, each of them and nothing else.
set -eu
lib=$BUILD/lib/libtapi.so
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
nm -D --defined-only "$lib" | awk '$2 ~ /^[TDBRVW]$/ { sub(/@.*/, "", $3); print $3 }' | sort -u >"$work/has"
cat include/tapi.h include/tapi_*.h include/tapix*.h include/tapi3.h include/tapi3_*.h |
	tr '\n' ' ' | sed 's/TAPI_EXPORT/\n&/g' |
	sed -n 's/^TAPI_EXPORT [^(;#]*[ *]\([A-Za-z_0-9]*\)(.*/\1/p' | sort -u >"$work/should"
if ! diff "$work/should" "$work/has"; then
	echo "exports.sh: < is in a header and not exported, > the other way round" >&2
	exit 1
fi
readelf -d "$lib" | grep -q 'SONAME.*\[libtapi.so.0\]' || {
	echo "exports.sh: the soname is not libtapi.so.0" >&2
	exit 1
}
printf '  %-24s %s functions\n' exports "$(wc -l <"$work/has")"
