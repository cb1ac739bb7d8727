# SPDX-License-Identifier: MIT
# tapi_*.h -> for each function its documented errors, the functions whose errors it has too, a call of it with an
# array of values, and its parameters:
#   FUNCTION(lineHold, "LINEERR_INVALCALLSTATE", "", lineHold((HCALL)v[0].number), { "HCALL", "hCall" })
/^\/\*\*/ { comment = ""; in_comment = 1 }
in_comment { comment = comment " " $0 }
in_comment && /\*\// { in_comment = 0; if (comment !~ /\/\*\*/) comment = "" }
/^TAPI_EXPORT LONG WINAPI/ { text = ""; inside = 1 }
inside { text = text " " $0 }
inside && /;/ {
	inside = 0
	sub(/^.*WINAPI /, "", text)
	name = substr(text, 1, index(text, "(") - 1)
	sub(/^[^(]*\(/, "", text)
	sub(/\);.*/, "", text)
	gsub(/[ \t]+/, " ", text)
	show(name, text)
	comment = ""
}
function words(pattern, text,    out) {
	out = ""
	while (match(text, pattern)) {
		out = out (out == "" ? "" : " ") substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
	}
	return out
}
function is_pointer(type) { return type ~ /^LP/ || type ~ /\*$/ }
function show(name, list,    part, count, i, type, what, values, parameters, errors, as) {
	count = split(list, part, / *, */)
	for (i = 1; i <= count; i++) {
		sub(/^ */, "", part[i])
		match(part[i], /[A-Za-z0-9]+$/)
		what = substr(part[i], RSTART)
		type = substr(part[i], 1, RSTART - 1)
		sub(/ $/, "", type)
		if (type ~ /CALLBACK$/)
			values = values ", NULL"
		else if (is_pointer(type))
			values = values ", v[" i - 1 "].pointer"
		else
			values = values ", (" type ")v[" i - 1 "].number"
		parameters = parameters ", { \"" type "\", \"" what "\" }"
	}
	errors = words("(LINE|PHONE|TAPI)ERR_[A-Z]+", comment)
	if (comment ~ /Reply:.*Owner[.;]| Owner of both[.;]|Owner\./)
		errors = errors (errors == "" ? "" : " ") (name ~ /^phone/ ? "PHONEERR_NOTOWNER" : "LINEERR_NOTOWNER")
	as = ""
	if (match(comment, /Errors:.*/)) {
		as = words("as (line|phone|tapi)[A-Z][A-Za-z]+", substr(comment, RSTART))
		gsub(/as /, "", as)
	}
	printf "FUNCTION(%s, \"%s\", \"%s\", %s(%s)%s)\n", name, errors, as, name, substr(values, 3), parameters
}
