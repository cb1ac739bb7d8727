# SPDX-License-Identifier: MIT
# tapi_*.h -> ABSENT(lineHold, (HCALL hCall), (hCall)) for each function: see absent.c.
/^TAPI_EXPORT LONG WINAPI/ { text = ""; inside = 1 }
inside { text = text " " $0 }
inside && /;/ {
	inside = 0
	sub(/^.*WINAPI /, "", text)
	name = substr(text, 1, index(text, "(") - 1)
	sub(/^[^(]*\(/, "", text)
	sub(/\);.*/, "", text)
	gsub(/[ \t]+/, " ", text)
	count = split(text, part, / *, */)
	names = ""
	for (i = 1; i <= count; i++) {
		match(part[i], /[A-Za-z0-9]+$/)
		names = names (i > 1 ? ", " : "") substr(part[i], RSTART)
	}
	printf "ABSENT(%s, (%s), (%s))\n", name, text, names
}
