# rows.awk - what the tables of the bench share: the median of a list, and a row: goal, what, placement, figure, must, aim and
# verdict, separated by tabs, for show.awk. A goal is judged by its median; noisy[placement] says that it cannot be.

# Sorts list[1..n]; "median (min-max)", and the median in `middle`.
function spread(n, format,   i, j, t) {
	if (!n)
		return "-"
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && list[j] < list[j - 1]; j--) {
			t = list[j]; list[j] = list[j - 1]; list[j - 1] = t
		}
	middle = list[int((n + 1) / 2)]
	return n > 1 ? sprintf(format " (" format "-" format ")", middle, list[1], list[n]) : sprintf(format, middle)
}

function row(goal, what, place, text, must, aim, verdict) {
	printf "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", goal, what, place, text, must, aim, verdict
}

function reaches(value, sense, limit) {
	return sense == "<=" ? value <= limit : value >= limit
}

# sense: "<=" or ">=". Nothing in the list: a peer that is not here. bound: what the bare floor reaches of it, "" if nobody
# asked; where the floor itself misses, the goal is this machine's, not ours, to miss.
function judge(goal, what, place, n, format, sense, must, aim, bound,   text, verdict) {
	text = spread(n, format)
	if (!n)
		verdict = "skipped: not installed"
	else if (noisy[place])
		verdict = "noisy"
	else if (reaches(middle, sense, aim))
		verdict = "aim"
	else if (reaches(middle, sense, must))
		verdict = "must"
	else if (bound != "" && !reaches(bound, sense, must))
		verdict = sprintf("floor misses: " format, bound)
	else
		verdict = "MISSED"
	missed += verdict == "MISSED"
	row(goal, what, place, text, sense " " must, sense " " aim, verdict)
}

function note(what, place, n, format) {
	row("", what, place, spread(n, format), "", "", "")
}

# For the exit: a miss counts only where it could be judged.
function code(   p) {
	if (missed)
		return 1
	for (p in noisy)
		if (noisy[p])
			return 77
	return 0
}
