# SPDX-License-Identifier: MIT
# coverage.awk - who answers each function of functions.tsv, what of the exchange is behind it, and which test of
# tests/conformance proves it: read from the sources, as a manual page, or with -v as=rows as lines with tabs.
#   awk -f coverage.awk proto/calls.def src/tsphost/thunks.def src/libtapi/*.c src/providers/exchange/*.c \
#     tests/conformance/test_*.c functions.tsv

function trim(s) { gsub(/^[ \t]+|[ \t)]+$/, "", s); return s }

FILENAME ~ /calls\.def$/ && /^CALL\(/ {
	n = split(substr($0, 6), part, ",")
	number = trim(part[1]) + 0
	kind[number] = trim(part[2])
	where[number] = trim(part[n])
}
FILENAME ~ /thunks\.def$/ && /^(THUNK|SPECIAL)\(/ {
	split(substr($0, index($0, "(") + 1), part, ",")
	thunk[trim(part[1])] = 1
}
FILENAME ~ /libtapi\// && /^LONG [a-z][A-Za-z]*\(/ {
	current = substr($2, 1, index($2, "(") - 1)
	defined[current] = 1
}
FILENAME ~ /libtapi\// && /no_screen\(__func__\)/ { screen[current] = 1 }
FILENAME ~ /libtapi\// && /"retired"/ { retired[current] = 1 }
FILENAME ~ /exchange\// && match($0, /TSPI_[A-Za-z]+\(/) && /^(TSPI_EXPORT )?LONG/ {
	offered[substr($0, RSTART, RLENGTH - 1)] = basename(FILENAME)
}
# The strings of a table of tests come in threes: rules, functions, name. A macro of the file may be one.
FILENAME ~ /conformance\// && FNR == 1 { split("", macro) }
FILENAME ~ /conformance\// && /^#define [A-Z_]+/ { defining = $2; sub(/^#define [A-Z_]+/, "") }
defining != "" {
	macro[defining] = macro[defining] strings($0)
	if ($0 !~ /\\$/)
		defining = ""
}
FILENAME ~ /conformance\// && /^static const struct row / { table = ""; inside = 1; next }
FILENAME ~ /conformance\// && inside && /^};/ { inside = 0; tests(table, basename(FILENAME)) }
inside { table = table " " $0 }

function basename(path) { sub(/.*\//, "", path); return path }

# What the string literals of a text say, one behind the other.
function strings(text,    all) {
	while (match(text, /"([^"\\]|\\.)*"/)) {
		all = all substr(text, RSTART + 1, RLENGTH - 2)
		text = substr(text, RSTART + RLENGTH)
	}
	return all
}

function tests(text, file,    part, n, token, value, has) {
	while (match(text, /"([^"\\]|\\.)*"|[A-Za-z_][A-Za-z_0-9]*|[,()]/)) {
		token = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		if (token ~ /^"/ || token in macro) {
			value = value (token ~ /^"/ ? substr(token, 2, length(token) - 2) : macro[token])
			has = 1
		} else if (token ~ /^[,()]/ && has) {
			part[n++ % 3] = value
			value = ""
			has = 0
			if (n % 3 == 0)
				one_test(part[1], part[2], file)
		}
	}
}

function one_test(functions, name, file,    list, i, k) {
	k = split(functions, list, " ")
	for (i = 1; i <= k; i++) {
		if (!(list[i] in test))
			test[list[i]] = file ": " name
		proofs[list[i]]++
	}
}

function who(name, number,    w) {
	if (!(name in defined))
		return "missing"
	if (!(number in where))
		return name in screen ? "no screen" : name in retired ? "retired" : "library"
	w = where[number]
	if (w == "HOST")
		return "missing"
	if (w == "FORWARD")
		return kind[number] in thunk ? "provider" : "missing"
	return "daemon"
}

# The provider's functions that are behind it, as far as the exchange has them, with their file.
function exchange(tspi,    list, n, i, text) {
	n = split(tspi, list, ",")
	for (i = 1; i <= n; i++)
		if (list[i] in offered)
			text = text (text == "" ? "" : ", ") list[i] " (" offered[list[i]] ")"
	return text
}

function is_served(answer) { return answer == "daemon" || answer == "provider" || answer == "library" }

function row(name, answer, tspi,    behind, text) {
	behind = exchange(tspi)
	count[answer]++
	total++
	if (answer == "missing")
		unproved = unproved " " name
	if (is_served(answer) && !(name in test))
		unproved = unproved " " name
	if (as == "rows")
		printf "%s\t%s\t%s\t%s\n", name, answer, behind, test[name] (proofs[name] > 1 ? " (+" proofs[name] - 1 ")" : "")
	if (behind != "")
		behind = "; exchange: " behind
	if (answer == "provider" && behind == "")
		behind = "; not on the exchange"
	text = test[name]
	gsub(/\\/, "\\e", text)
	if (text != "")
		text = ".br\n" text "\n"
	rows = rows sprintf(".It Fn %s\n%s%s\n%s", name, answer, behind, text)
}

FILENAME ~ /functions\.tsv$/ {
	split($0, field, "\t")
	if (FNR == 1)
		next
	row(field[1], who(field[1], FNR - 1), field[6])
	known[field[1]] = 1
}

END {
	for (name in test)
		if (!(name in known))
			print "coverage: a test proves " name ", which is no function of TAPI" >"/dev/stderr"
	if (as == "unproved") {
		print unproved
		exit
	}
	if (as == "rows")
		exit
	print ".\\\" SPDX-License-Identifier: MIT"
	print ".\\\" Made by make coverage-table; do not edit."
	print ".Dd $Mdocdate$\n.Dt TAPI-COVERAGE 7\n.Os\n.Sh NAME\n.Nm tapi-coverage"
	print ".Nd which functions of TAPI 2.x are served\n.Sh DESCRIPTION"
	printf "Of the %d functions that\n.In tapi.h\ndeclares, these answer:\n", total
	print ".Bl -tag -width \"no screen\""
	printf ".It daemon\n%d: tapisrvd decides or answers, and asks the provider where it must.\n", count["daemon"]
	printf ".It provider\n%d: tapisrvd checks handle, privilege and state, and gives the request to the\n", count["provider"]
	print "provider as it is.\nA provider that does not export the function answers\n.Dv LINEERR_OPERATIONUNAVAIL ."
	printf ".It library\n%d: libtapi does it alone, or with requests of its own.\n", count["library"]
	printf ".It no screen\n%d: dialogs and icons.\nThey always answer\n.Dv LINEERR_OPERATIONUNAVAIL .\n", count["no screen"]
	printf ".It retired\n%d: TAPI itself has them fail always.\n", count["retired"]
	print ".El"
	print ".Sh FUNCTIONS\nEach with who answers it, the functions of\n.Xr tapi-exchange 7\nbehind it with their source files,"
	print "and a test of\n.Pa tests/conformance\nthat fails when the function does not work."
	print ".Bl -tag -width Ds"
	printf "%s.El\n.Sh SEE ALSO\n.Xr tapi3 7 ,\n.Xr tapi-exchange 7\n", rows
}
