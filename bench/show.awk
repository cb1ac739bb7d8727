# show.awk - rows as a table for people; -v goals=1: only those with a goal; -v markdown=1: for a README.
function line(goal, what, place, figure, must, aim, verdict) {
	if (markdown)
		printf "| %s | %s | %s | %s | %s | %s | %s |\n", goal, what, place, figure, must, aim, verdict
	else
		printf "%-5s %-60s %-5s %-22s %-9s %-9s %s\n", goal, what, place, figure, must, aim, verdict
}

BEGIN {
	FS = "\t"
	line("goal", "median (min-max) of the rounds", "where", "figure", "must", "aim", "verdict")
	if (markdown)
		print "|---|---|---|---|---|---|---|"
}
$1 != "" || !goals { line($1, $2, $3, $4, $5, $6, $7) }
