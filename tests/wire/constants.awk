# SPDX-License-Identifier: MIT
# constants.tsv -> rows { "NAME", value, "GROUP_" } of the groups that have a prefix.
BEGIN { FS = "\t" }
FNR > 1 && $3 ~ /^[A-Z0-9]+_$/ && index($1, $3) == 1 { printf "{ \"%s\", %s, \"%s\" },\n", $1, $2, $3 }
