#!/bin/sh
# SPDX-License-Identifier: MIT
# rows.sh OUT HEADER... - make all rows that test_facts.c includes from the facts and these headers.
set -e
here=$(dirname "$0")
out=$1
shift
awk=${AWK:-awk}
mkdir -p "$out"
tables="$here/constants.tsv $here/structs.tsv $here/tapi3-enums.tsv $here/tapi3-guids.tsv"

$awk -f "$here/constants.awk" "$here/constants.tsv" "$here/messages.tsv" >"$out/constants.inc"
$awk -f "$here/structs.awk" "$here/structs.tsv" >"$out/members.inc"
for as in declarations rows; do
	$awk -v as=$as -f "$here/prototypes.awk" "$here/dialect.tsv" "$here/functions.tsv" \
		"$here/tspi.tsv" "$@" >"$out/$as.inc"
done
for as in values types guids; do
	$awk -v as=$as -f "$here/tapi3.awk" "$here/tapi3-enums.tsv" "$here/tapi3-guids.tsv" \
		>"$out/$as.inc"
done
# shellcheck disable=SC2086 # a list of files
$awk -f "$here/extras.awk" $tables "$here/dialect.tsv" "$@" >"$out/extras.inc"
