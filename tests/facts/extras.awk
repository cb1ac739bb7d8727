# SPDX-License-Identifier: MIT
# All tables and the headers -> the names that a header defines and neither facts nor dialect know.
BEGIN { FS = "\t" }
FILENAME ~ /constants.tsv$/ { known[$1] = 1 }
FILENAME ~ /structs.tsv$/ { known[$1] = 1 }
FILENAME ~ /enums.tsv$/ { known[$1] = known[$2] = 1 }
FILENAME ~ /guids.tsv$/ {
	name = $1
	known[name] = 1
	known["IID_" name "_INIT"] = known["CLSID_" name "_INIT"] = known[name "_INIT"] = 1
	sub(/String_/, "", name)
	known[name "_INIT"] = 1
}
FILENAME ~ /dialect.tsv$/ && $1 == "ours" { known[$3] = 1 }
FILENAME ~ /\.h$/ && FNR == 1 {
	guard = toupper(FILENAME)
	sub(/.*\//, "", guard)
	sub(/\./, "_", guard)
	known[guard] = 1
}
FILENAME ~ /\.h$/ && /^#[ \t]*define[ \t]/ {
	name = $0
	sub(/^#[ \t]*define[ \t]+/, "", name)
	sub(/[^A-Za-z0-9_].*/, "", name)
	if (!(name in known))
		printf "\"%s\",\n", name
}
