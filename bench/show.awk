# show.awk - rows as a table for people; -v goals=1: only those with a goal.
BEGIN {
	FS = "\t"
	printf "%-5s %-60s %-5s %-22s %-9s %-9s %s\n", "goal", "median (min-max) of the rounds", "where", "figure", "must", "aim", "verdict"
}
$1 != "" || !goals { printf "%-5s %-60s %-5s %-22s %-9s %-9s %s\n", $1, $2, $3, $4, $5, $6, $7 }
