# SPDX-License-Identifier: MIT
# constants.tsv, messages.tsv -> rows { name, fact, here, is LONG, defined } for test_facts.c.
BEGIN { FS = "\t" }
FNR == 1 { next }
FILENAME ~ /constants.tsv$/ {
	signed = $3 ~ /ERR_$/
	row($1, $2, signed)
}
FILENAME ~ /messages.tsv$/ { row($1, $2, 0) }
function row(name, value, signed)
{
	print "#ifdef " name
	printf "{ \"%s\", (uint32_t)%su, (uint32_t)(%s), %d, IS_LONG(%s), 1 },\n", name, value,
		name, signed, name
	print "#else"
	printf "{ \"%s\", (uint32_t)%su, 0, %d, 0, 0 },\n", name, value, signed
	print "#endif"
}
