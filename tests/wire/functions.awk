# SPDX-License-Identifier: MIT
# functions.tsv, tspi.tsv -> rows { number or 0, "lineAccept", is it asynchronous, "HCALL hCall, LPCSTR ..." }.
BEGIN { FS = "\t" }
FNR == 1 {
	number = 0
	split("", column)
	for (i = 1; i <= NF; i++)
		column[$i] = i
	next
}
{
	if ($1 !~ /^TSPI_/)
		number++
	printf "{ %d, \"%s\", %d, \"%s\" },\n", number, $1, $(column["completion"]) == "async",
		$(column["parameters"])
}
