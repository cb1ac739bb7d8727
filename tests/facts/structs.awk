# SPDX-License-Identifier: MIT
# structs.tsv -> rows { name, fact offset, fact size, offset here, size here } for test_facts.c.
BEGIN { FS = "\t" }
FNR == 1 { next }
$2 == "(whole)" {
	printf "{ \"%s\", %s, %s, 0, sizeof(%s) },\n", $1, $4, $5, $1
	next
}
{
	printf "{ \"%s.%s\", %s, %s, offsetof(%s, %s), sizeof(((%s *)0)->%s) },\n", $1, $2, $4, $5,
		$1, $2, $1, $2
}
