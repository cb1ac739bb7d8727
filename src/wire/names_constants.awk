# SPDX-License-Identifier: MIT
# tapi.h, tspi.h -> rows { "LINECALLSTATE_", value, "LINECALLSTATE_IDLE" } in the order of declaration; to be sorted
# by the group (stably).
/^#define [A-Z][A-Z0-9]*_[A-Z0-9_]+[ \t]+[(0-9]/ && $2 !~ /^LAST_/ {
	group = $2
	sub(/_.*/, "_", group)
	printf "{ \"%s\", (uint32_t)(%s), \"%s\" },\n", group, $2, $2
}
