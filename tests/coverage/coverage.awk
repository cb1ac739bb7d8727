# SPDX-License-Identifier: MIT
# coverage.awk - who answers each function of functions.tsv, read from the sources, as a manual page.
#   awk -f coverage.awk proto/calls.def src/tsphost/thunks.def src/libtapi/*.c src/providers/exchange/*.c functions.tsv

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
	offered[substr($0, RSTART, RLENGTH - 1)] = 1
}

function who(name, number,    w) {
	if (!(name in defined))
		return "missing"
	if (!(number in where))
		return name in screen ? "no screen" : name in retired ? "retired" : "library"
	w = where[number]
	if (w == "UNSERVED" || w == "HOST")
		return "missing"
	if (w == "FORWARD")
		return kind[number] in thunk ? "provider" : "missing"
	return "daemon"
}

# A forwarded function is worth what the provider exports.
function exchange(answer, tspi,    list) {
	if (answer != "provider")
		return ""
	split(tspi, list, ",")
	return list[1] in offered ? "yes" : "no"
}

FILENAME ~ /functions\.tsv$/ {
	split($0, field, "\t")
	if (FNR == 1)
		next
	answer = who(field[1], FNR - 1)
	count[answer]++
	total++
	rows = rows sprintf(".It Fn %s Ta %s Ta %s\n", field[1], answer, exchange(answer, field[6]))
}

END {
	print ".\\\" SPDX-License-Identifier: MIT"
	print ".\\\" Made by make coverage-table; do not edit."
	print ".Dd $Mdocdate$\n.Dt TAPI-COVERAGE 7\n.Os\n.Sh NAME\n.Nm tapi-coverage"
	print ".Nd which functions of TAPI 2.x are served\n.Sh DESCRIPTION"
	printf "Of the %d functions that\n.In tapi.h\ndeclares, these answer:\n", total
	print ".Bl -tag -width \"no screen\""
	printf ".It daemon\n%d: tapisrvd decides or answers, and asks the provider where it must.\n", count["daemon"]
	printf ".It provider\n%d: tapisrvd checks handle, privilege and state, and gives the request to the\n", count["provider"]
	print "provider as it is.\nA provider that does not export the function answers\n.Dv LINEERR_OPERATIONUNAVAIL ."
	print "The last column says whether\n.Xr tapi-exchange 7\ndoes."
	printf ".It library\n%d: libtapi does it alone, or with requests of its own.\n", count["library"]
	printf ".It no screen\n%d: dialogs and icons.\nThey always answer\n.Dv LINEERR_OPERATIONUNAVAIL .\n", count["no screen"]
	printf ".It retired\n%d: TAPI itself has them fail always.\n", count["retired"]
	printf ".It missing\n%d: not served yet: they answer\n.Dv LINEERR_OPERATIONUNAVAIL .\n.El\n", count["missing"]
	print ".Sh FUNCTIONS\n.Bl -column lineSetAgentMeasurementPeriods() \"no screen\" exchange -compact"
	print ".It Em Function Ta Em \"Answered by\" Ta Em exchange"
	printf "%s.El\n.Sh SEE ALSO\n.Xr tapi3 7 ,\n.Xr tapi-exchange 7\n", rows
}
