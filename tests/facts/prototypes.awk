# SPDX-License-Identifier: MIT
# dialect.tsv, functions.tsv, tspi.tsv and the headers -> with -v as=declarations C prototypes made
# from the facts, to be compiled after the headers; with -v as=rows { name, fact, header } as text.
BEGIN { FS = "\t" }
FILENAME ~ /dialect.tsv$/ {
	if ($1 == "type")
		type[$2] = $3
	if ($1 == "param")
		param[$2] = $3
	if ($1 == "absent")
		absent[$2] = 1
	if ($1 == "ours")
		ours[$3] = 1
	next
}
FILENAME ~ /\.tsv$/ {
	if (FNR == 1) {
		split("", column)
		for (i = 1; i <= NF; i++)
			column[$i] = i
	} else if (!($1 in absent)) {
		order[++count] = $1
		fact[$1] = parameters($(column["parameters"]))
	}
	next
}
# A prototype of a header runs from its export mark to the semicolon.
/^(TAPI|TSPI)_EXPORT / { text = ""; inside = 1 }
inside {
	text = text " " $0
	if ($0 ~ /;/) {
		inside = 0
		keep(text)
	}
}
END {
	for (i = 1; i <= count; i++)
		show(order[i], fact[order[i]], (order[i] in here) ? here[order[i]] : "(absent)")
	for (i = 1; i <= seen; i++)
		if (!(name[i] in fact) && !(name[i] in ours))
			show(name[i], "(absent)", here[name[i]])
}
function keep(text, head, list)
{
	gsub(/[ \t]+/, " ", text)
	head = text
	sub(/\(.*/, "", head)
	list = text
	sub(/^[^(]*\(/, "", list)
	sub(/\) ?; ?$/, "", list)
	sub(/.* /, "", head)
	name[++seen] = head
	here[head] = (text ~ /^ (TAPI_EXPORT LONG WINAPI|TSPI_EXPORT LONG TSPIAPI) /) ? list : text
}
function show(name, fact, here)
{
	if (as == "rows")
		printf "{ \"%s\", \"%s\",\n\t\"%s\" },\n", name, fact, here
	else if (fact != "(absent)")
		printf "LONG %s(%s);\n", name, fact
}
function parameters(list, parts, n, i, out)
{
	n = split(list, parts, /, */)
	out = dialect(parts[1])
	for (i = 2; i <= n; i++)
		out = out ", " dialect(parts[i])
	return out
}
# "LPTYPE const name" is the facts' way to say that the function only reads it.
function dialect(text, words, n)
{
	if (text in param)
		return param[text]
	n = split(text, words, / /)
	if (words[1] in type)
		words[1] = type[words[1]]
	if (n == 3 && words[2] == "const") {
		sub(/^LP/, "", words[1])
		return "const " (words[1] == "VOID" ? "void" : words[1]) " *" words[3]
	}
	return n == 2 ? words[1] " " words[2] : text
}
