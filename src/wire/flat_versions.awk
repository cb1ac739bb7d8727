# SPDX-License-Identifier: MIT
# call_descriptors.h and tapi.h -> rows { descriptor, version, offset of its first member } for each mark
# "since API version x.y" in a structure that travels.
BEGIN { message["LINEFORWARD"] = "LineForwardEntry"; message["LINEGENERATETONE"] = "LineToneEntry" }
/^#define DESC_/ {
	name = substr($2, 6)
	if (!(toupper(name) in message))
		message[toupper(name)] = name
	next
}
/^typedef struct .*\{/ { count = 0; marked = 0 }
/^\t\/\* since API version/ { marked = $5; next }
marked && /;/ {
	member = $NF
	sub(/;.*/, "", member)
	split(marked, v, ".")
	since[++count] = sprintf("0x%04x%04xu", v[1], v[2])
	first[count] = member
	marked = 0
}
/^\} [A-Z]/ {
	name = $2
	sub(/,.*/, "", name)
	for (i = 1; i <= count; i++)
		if (name in message)
			printf "{ &DESC_%s, %s, offsetof(%s, %s) },\n", message[name], since[i], name,
				first[i]
	count = 0
}
