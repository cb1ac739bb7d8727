# SPDX-License-Identifier: MIT
# tapi.proto -> rows { "LineCallStatus.call_state", "LINECALLSTATE_" }; to be sorted. The group is the first word of
# the trailing comment when that ends in _.
/^message / { message = $2 }
/^\t.* = [0-9]+; \/\/ [A-Z0-9]+_/ {
	field = $3
	group = $0
	sub(/.*; \/\/ /, "", group)
	sub(/[^A-Z0-9_].*/, "", group)
	if (group ~ /_$/)
		printf "{ \"%s.%s\", \"%s\" },\n", message, field, group
}
