# SPDX-License-Identifier: MIT
# call_descriptors.h and tapi.h -> the structures of tapi.h and their messages.
#   as=structs  { descriptor or NULL, "NAME", sizeof(NAME) }
#   as=members  { "NAME", "member", offsetof, sizeof }, outermost members only
BEGIN { message["LINEFORWARD"] = "LineForwardEntry"; message["LINEGENERATETONE"] = "LineToneEntry" }
/^#define DESC_/ {
	name = substr($2, 6)
	if (!(toupper(name) in message))
		message[toupper(name)] = name
	next
}
function member(word) {
	sub(/;.*/, "", word)
	sub(/\[.*/, "", word)
	members[++count] = word
}
/^typedef struct .*\{/ { count = 0; depth = 1; next }
!depth { next }
/^\} [A-Z]/ {
	depth = 0
	name = $2
	sub(/,.*/, "", name)
	sub(/;.*/, "", name)
	if (as == "structs")
		printf "{ %s, \"%s\", sizeof(%s) },\n",
			(name in message ? "&DESC_" message[name] : "NULL"), name, name
	for (i = 1; i <= count && as == "members"; i++)
		printf "{ \"%s\", \"%s\", offsetof(%s, %s), sizeof(((%s *)0)->%s) },\n",
			name, members[i], name, members[i], name, members[i]
	next
}
/\{$/ { depth++; next }
/^\t+\}/ {
	if (--depth == 1 && $2 ~ /[A-Za-z]/)
		member($2)
	next
}
depth == 1 && /;/ && !/^\t\/\*/ {
	sub(/;.*/, ";")
	word = $NF
	sub(/^\*+/, "", word)
	member(word)
}
