# SPDX-License-Identifier: MIT
# structs.tsv -> rows { "NAME", version, bytes of the fixed part in that version }.
BEGIN {
	FS = "\t"
	split("1.x 1.4 2.0 2.2 3.0", word, " ")
	split("0x00010003u 0x00010004u 0x00020000u 0x00020002u 0x00030000u", code, " ")
}
FNR == 1 || $2 ~ /\./ { next }
$2 == "(whole)" {
	names[++count] = $1
	born[$1] = $7
	next
}
{
	for (v = 5; v >= 1; v--) {
		if ($4 + $5 > end[$1, v])
			end[$1, v] = $4 + $5
		if (word[v] == $7)
			break
	}
}
END {
	for (i = 1; i <= count; i++)
		for (v = 5; v >= 1; v--) {
			printf "{ \"%s\", %s, %d },\n", names[i], code[v], end[names[i], v]
			if (word[v] == born[names[i]])
				break
		}
}
