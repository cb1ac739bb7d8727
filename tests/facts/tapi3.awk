# SPDX-License-Identifier: MIT
# tapi3-enums.tsv and tapi3-guids.tsv -> with -v as=values rows { name, fact, here, is LONG ... };
# with -v as=types the enumerations' type names; with -v as=guids rows { name, fact, GUID }.
BEGIN { FS = "\t" }
FNR == 1 { next }
FILENAME ~ /enums.tsv$/ && as == "values" {
	printf "{ \"%s\", (uint32_t)%su, (uint32_t)(%s), %d, IS_LONG(%s) && %d, 1 },\n", $2, $3, $2,
		$1 == "TAPI_E_", $2, $1 == "TAPI_E_"
}
FILENAME ~ /enums.tsv$/ && as == "types" && $1 !~ /_$/ && !($1 in done) {
	done[$1] = 1
	printf "enum { sizeof_%s = sizeof(%s), also_%s = sizeof(enum %s) };\n", $1, $1, $1, $1
}
FILENAME ~ /guids.tsv$/ && as == "guids" && $3 != "-" {
	name = $1
	if ($2 == "interface")
		name = "IID_" name
	if ($2 == "class")
		name = "CLSID_" name
	if ($2 == "terminal-class") {
		printf "{ \"%s\", \"%s\", { 0, 0, 0, { 0 } }, %s },\n", name, $3, name
		sub(/String_/, "", name)
	}
	printf "{ \"%s\", \"%s\", %s_INIT, NULL },\n", name, $3, name
}
