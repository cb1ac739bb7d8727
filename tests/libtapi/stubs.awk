# SPDX-License-Identifier: MIT
# tapi_*.h -> STUB(lineHold, T_HCALL(1)) for each prototype: what the stubs test calls them with;
# LOCAL(lineOpen) for those that are written by hand.
/^TAPI_EXPORT LONG WINAPI/ { text = "" ; inside = 1 }
inside { text = text " " $0 }
inside && /;/ {
	inside = 0
	sub(/^.*WINAPI /, "", text)
	name = substr(text, 1, index(text, "(") - 1)
	sub(/^[^(]*\(/, "", text)
	sub(/\);.*/, "", text)
	gsub(/[ \t]+/, " ", text)
	count = split(text, args, /, */)
	if (name ~ /^((line|phone)(Initialize|InitializeEx|Shutdown|GetMessage|Open)|lineProxyResponse)$/) {
		printf "LOCAL(%s)\n", name
		next
	}
	printf "STUB(%s", name
	for (i = 1; i <= count; i++) {
		arg = args[i]
		sub(/^ */, "", arg)
		if (arg ~ /dwSelect$/) what = "T_SELECT"
		else if (arg ~ /APIVersion$/ && arg ~ /^DWORD/) what = "T_VERSION"
		else if (arg ~ /^(DWORD|HCALL|HLINE|HPHONE|HLINEAPP|HPHONEAPP|HAGENT|HAGENTSESSION|HWND|WPARAM) /) {
			what = arg; sub(/ .*/, "", what); what = "T_" what
		} else if (arg ~ /^(LPCSTR|LPSTR) /) what = "T_TEXT"
		else if (arg ~ /^LP(DWORD|HCALL|HAGENT|HAGENTSESSION) /) what = "T_NUMBERS"
		else if (arg ~ /^LPHICON /) what = "T_ICON"
		else what = "T_BLOCK"
		printf ", %s(%d)", what, i
	}
	print ")"
}
