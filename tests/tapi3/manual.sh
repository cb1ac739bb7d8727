#!/bin/sh
# SPDX-License-Identifier: MIT
# manual.sh - man/tapi3.7 against the table of facts and the header: each method of TAPI 3 stands in
# the page's table exactly once, the functions that it names exist, each function is named, and the sums
# in its text are right. Then it must see each of some spoilt copies.
set -eu

facts=tests/facts/tapi3.tsv header=$BUILD/tapi3-manual/tapi3.h page=man/tapi3.7
mkdir -p "${header%/*}"
cat include/tapi3.h include/tapi3_*.h >"$header"

# check PAGE HEADER: what is wrong, one line each; nothing if all is well.
check()
{
	awk -v page="$1" -v header="$2" '
	function wrong(text) { print text; bad = 1 }
	FILENAME == header {
		while (match($0, /tapi_[a-z0-9_]+\(/)) {
			functions[substr($0, RSTART, RLENGTH - 1)] = 1
			$0 = substr($0, RSTART + RLENGTH)
		}
		next
	}
	FILENAME == page {
		if (/^\.Fn /) named[$2] = 1
		if (/^\.Sh /) methods = $2 == "METHODS"
		if (methods && /^Of [0-9]+ methods/) { said_all = $2; said["function"] = $4; said["-"] = $9 }
		if (methods && /^[0-9]+ belong to/) said["mspi.h"] = $1
		if (methods && /^and [0-9]+ are missing/) said["missing"] = $2
		if (/^\.It [A-Za-z0-9]+\..* Ta /) {
			if ($2 in row) wrong($2 " stands twice in the table")
			row[$2] = $4
		}
		next
	}
	FNR == 1 || $2 ~ /^\(/ { next }
	{
		all++
		method = $1 "." $2
		if (method in row) { is = row[method]; used[method] = 1 }
		else if (($1 ".*") in row) { is = row[$1 ".*"]; used[$1 ".*"] = 1 }
		else { wrong(method " is not in the table"); next }
		if (is ~ /^tapi_/) {
			named[is] = 1
			if (!(is in functions)) wrong(is " is not in the header")
			is = "function"
		}
		count[is]++
	}
	END {
		for (r in row) if (!(r in used)) wrong(r " is no method of TAPI 3")
		for (f in functions) if (!(f in named)) wrong(f " is not in the page")
		for (f in named) if (f ~ /^tapi_/ && !(f in functions)) wrong(f " is not in the header")
		if (all < 800 || said_all != all) wrong("the page says " said_all " methods, there are " all)
		for (c in said) if (said[c] != count[c] + 0)
			wrong("the page says " said[c] " of " c ", there are " count[c] + 0)
		for (c in count) if (!(c in said)) wrong("the page does not count " c)
		exit bad
	}' FS='[ \t]+' "$2" "$1" FS='\t' "$facts"
}

if ! check "$page" "$header"; then
	echo "manual.sh: $page is wrong" >&2
	exit 1
fi

work=$BUILD/tapi3-manual
mkdir -p "$work"
seen=0
# spoil WHAT FILE SED: the check of a copy of the file changed by SED must fail.
spoil()
{
	sed "$3" "$2" >"$work/spoilt"
	if cmp -s "$2" "$work/spoilt"; then
		echo "manual.sh: nothing to spoil: $1" >&2
		exit 1
	fi
	p=$page h=$header
	if [ "$2" = "$page" ]; then p=$work/spoilt; else h=$work/spoilt; fi
	if check "$p" "$h" >/dev/null; then
		echo "manual.sh: not seen: $1" >&2
		exit 1
	fi
	seen=$((seen + 1))
}
spoil 'a method left out' $page '/^.It ITStream.StopStream /d'
spoil 'a method too many' $page 's/^.It ITStream.StopStream \(.*\)/&\n.It ITStream.Rewind \1/'
spoil 'a method twice' $page 's/^.It ITStream.StopStream .*/&\n&/'
spoil 'a function that is not there' $page 's/Ta tapi_stream_stop$/Ta tapi_stream_halt/'
spoil 'a method called missing' $page 's/Ta tapi_stream_stop$/Ta missing/'
spoil 'a wrong sum' $page 's/ are missing\./1 are missing./; s/^and \([0-9]*\)1 are/and \11 are/'
spoil 'a function that the page does not know' $header 's/tapi_stream_stop(/tapi_stream_stop_now(/'
printf '  %-24s the table of tapi3(7) holds; %d spoilt copies seen\n' manual.sh $seen
