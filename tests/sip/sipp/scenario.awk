# scenario.awk - a scenario of sipp (XML) from a short one. Lines:
#   recv INVITE | recv 200 | recv? 180       a request or an answer that must come, or may come
#     keep NAME HEADER                       its value, for [$NAME] later
#     has REGEXP | lacks REGEXP              of the whole message (POSIX extended), else the call fails
#   send 180 [sdp[=KIND]]                    an answer to the last request; "send 200:INVITE" to the INVITE though others came
#   send INVITE [sdp[=KIND]]                 a request: the first INVITE opens the dialog, all others are in it; "out:OPTIONS"
#                                            is outside any. "once": sipp does not send it again by itself. "ack" after it: an ACK of a failure (same branch).
#     Header: value                          one more header, or instead of the usual one
#     > text                                 a line of the body
#   pause MS | label N | goto N | xml TEXT
# KINDS of SDP: none is PCMU, PCMA and telephone-event; hold (sendonly), inactive, recvonly, unknown (no codec that
# anybody has), g722, opus, savp, pcma (alone).

BEGIN {
	print "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n<!DOCTYPE scenario SYSTEM \"sipp.dtd\">\n<scenario name=\"test\">"
	side = ""
}

# ANSWER and SOUND of the environment stand for @CODE@ and @SOUND@.
{ gsub(/@CODE@/, ENVIRON["ANSWER"]); gsub(/@SOUND@/, ENVIRON["SOUND"]) }

/^[ \t]*(#|$)/ { next }

/^[ \t]/ {
	sub(/^[ \t]+/, "")
	if (what == "recv" && $1 == "has") check("", substr($0, 5))
	else if (what == "recv" && $1 == "lacks") check("_inverse", substr($0, 7))
	else if (what == "recv" && $1 == "keep") { actions = actions keep($2, $3, ".*"); kept = kept "," $2 }
	else if ($1 == ">") { body = body substr($0, 3) "\n" }
	else header($0)
	next
}

{ flush() }

$1 == "recv" || $1 == "recv?" {
	what = "recv"
	optional = $1 == "recv?" ? " optional=\"true\"" : ""
	message = $2
	extra = ""
	for (i = 3; i <= NF; i++) extra = extra " " $i
	if (side == "") side = "uas"
	next
}

$1 == "send" {
	what = "send"
	message = $2
	sdp = ack = once = ""
	for (i = 3; i <= NF; i++) {
		if ($i ~ /^sdp/) sdp = $i
		if ($i == "ack") ack = 1
		if ($i == "once") once = 1
	}
	if (side == "") side = message ~ /^out:/ ? "out" : "uac"
	next
}

$1 == "pause" { print "<pause milliseconds=\"" $2 "\"/>"; next }
$1 == "label" { print "<label id=\"" $2 "\"/>"; next }
$1 == "goto" { print "<nop next=\"" $2 "\"/>"; next }
$1 == "xml" { sub(/^xml /, ""); print; next }
{ print "scenario.awk: " FILENAME ":" FNR ": " $0 >"/dev/stderr"; exit 1 }

END {
	flush()
	names = (uses_vars ? ",via,cseq,from,to,contact" : "") (uses_got ? ",got" : "") kept
	if (names != "") print "<Reference variables=\"" substr(names, 2) "\"/>"
	print "</scenario>"
}

function escape(s) {
	gsub(/&/, "\\&amp;", s); gsub(/</, "\\&lt;", s); gsub(/>/, "\\&gt;", s); gsub(/"/, "\\&quot;", s)
	return s
}

function check(how, regexp) {
	actions = actions "<ereg regexp=\"" escape(regexp) "\" search_in=\"msg\" check_it" how "=\"true\" assign_to=\"got\"/>\n"
	uses_got = 1
}

function keep(name, field, regexp) {
	return "<ereg regexp=\"" escape(regexp) "\" search_in=\"hdr\" header=\"" field ":\" assign_to=\"" name "\"/>\n"
}

function header(line,   name) {
	name = tolower(substr(line, 1, index(line, ":") - 1))
	own[name] = line
	order[++headers] = name
}

# Our own line for a header, or the usual one.
function usual(line,   name) {
	name = tolower(substr(line, 1, index(line, ":") - 1))
	if (name in own) { line = own[name]; delete own[name] }
	if (line !~ /: *$/)
		print line
}

function flush() {
	if (what == "recv") flush_recv()
	if (what == "send") flush_send()
	what = actions = body = ""
	headers = 0
	delete own
}

function flush_recv(   kind) {
	kind = message ~ /^[0-9]/ ? "response" : "request"
	if (kind == "request" && message ~ /^(INVITE|SUBSCRIBE)$/ && side == "uas" && !seen_invite) {
		seen_invite = uses_vars = 1
		actions = keep("via", "Via", ".*") keep("cseq", "CSeq", ".*") keep("from", "From", ".*") \
			keep("to", "To", "[^;]*") keep("contact", "Contact", "sip[^>;]*") actions
	}
	print "<recv " kind "=\"" message "\"" optional extra (message ~ /^(200|183|180|INVITE|SUBSCRIBE)$/ ? " rrs=\"true\"" : "") ">"
	if (actions != "") print "<action>\n" actions "</action>"
	print "</recv>"
}

# Who waits for something after this may send it again. An answer without a body is not acknowledged.
function again()
{
	if (ack || once || message ~ /(ACK|CANCEL)$/ || message ~ /^1/) return 0
	return message !~ /^[0-9]/ || message ~ /^2..:INVITE/ || message ~ /^2/ && sdp != ""
}

function flush_send(   response) {
	response = message ~ /^[0-9[]/
	print "<send" (again() ? " retrans=\"500\"" : "") "><![CDATA[\n"
	if (response) send_response()
	else send_request()
	for (i = 1; i <= headers; i++)
		if (order[i] in own) print own[order[i]]
	if (sdp != "") body = sdp_of(sdp)
	if (sdp != "") print "Content-Type: application/sdp"
	print "Content-Length: [len]\n"
	if (body != "") printf "%s", body
	print "]]></send>"
}

function reason(code) {
	return code == 180 ? "Ringing" : code == 183 ? "Session Progress" : code == 200 ? "OK" : code == 202 ? "Accepted" : \
		code ~ /^\[/ ? "[reason]" : "Reason " code
}

function send_response(   part, code, of_invite) {
	split(message, part, ":")
	code = part[1]
	of_invite = part[2] == "INVITE"
	print "SIP/2.0 " code " " reason(code)
	usual(of_invite ? "Via: [$via]" : "[last_Via:]")
	if (of_invite) usual("From: [$from]")
	else usual("[last_From:]")
	if (of_invite) usual("To: [$to];tag=[pid]t[call_number]")
	else if (side == "uas" && !in_dialog) usual("[last_To:];tag=[pid]t[call_number]")
	else usual("[last_To:]")
	print "[last_Call-ID:]"
	if (of_invite) usual("CSeq: [$cseq]")
	else print "[last_CSeq:]"
	usual("Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>")
	usual("Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, PRACK, REFER, NOTIFY, INFO")
	if (side == "uas" && code ~ /^2/) in_dialog = 1
}

function send_request(   method, outside) {
	method = message
	outside = sub(/^out:/, "", method)
	if (side == "uac" && !opened || outside) {
		print method " sip:[service]@[remote_ip]:[remote_port] SIP/2.0"
		usual("Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK[pid]-[call_number]-[cseq]" \
			(method == "ACK" && !ack ? "a" : "") ";rport")
		usual("From: \"Sipp Tester\" <sip:sipp@[local_ip]:[local_port]>;tag=[pid]f[call_number]")
		usual("To: <sip:[service]@[remote_ip]:[remote_port]>" (ack ? "[peer_tag_param]" : ""))
		if (method == "INVITE" && !outside) opened = method
	} else if (method == "CANCEL" || ack) {
		print method " sip:[service]@[remote_ip]:[remote_port] SIP/2.0"
		usual("Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK[pid]-[call_number]-[cseq];rport")
		usual("From: \"Sipp Tester\" <sip:sipp@[local_ip]:[local_port]>;tag=[pid]f[call_number]")
		usual("To: <sip:[service]@[remote_ip]:[remote_port]>" (ack ? "[peer_tag_param]" : ""))
	} else {
		print method " " (side == "uac" ? "[next_url]" : "[$contact]") " SIP/2.0"
		usual("Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK[pid]-[call_number]-[cseq]" \
			(method == "ACK" ? "a" : "") ";rport")
		if (side == "uac") {
			usual("From: \"Sipp Tester\" <sip:sipp@[local_ip]:[local_port]>;tag=[pid]f[call_number]")
			usual("To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]")
			print "[routes]"
		} else {
			usual("From: [$to];tag=[pid]t[call_number]")
			usual("To: [$from]")
		}
	}
	usual("Call-ID: [call_id]")
	usual("CSeq: [cseq] " method)
	usual("Max-Forwards: 70")
	usual("Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>")
}

function sdp_of(kind,   direction, media, more) {
	sub(/^sdp=?/, "", kind)
	direction = kind == "hold" ? "sendonly" : kind == "inactive" || kind == "recvonly" ? kind : "sendrecv"
	media = "RTP/AVP 0 8 101"
	more = "a=rtpmap:0 PCMU/8000\na=rtpmap:8 PCMA/8000\na=rtpmap:101 telephone-event/8000\na=fmtp:101 0-15\n"
	if (kind == "unknown") { media = "RTP/AVP 97"; more = "a=rtpmap:97 NOBODYHAS/8000\n" }
	if (kind == "pcma") { media = "RTP/AVP 8"; more = "a=rtpmap:8 PCMA/8000\n" }
	if (kind == "g722") { media = "RTP/AVP 9"; more = "a=rtpmap:9 G722/8000\n" }
	if (kind == "opus") { media = "RTP/AVP 111"; more = "a=rtpmap:111 opus/48000/2\n" }
	if (kind == "savp") {
		media = "RTP/SAVP 0"
		more = "a=rtpmap:0 PCMU/8000\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\n"
	}
	return "v=0\no=- 1 " ++sdp_version " IN IP[local_ip_type] [local_ip]\ns=-\nc=IN IP[media_ip_type] [media_ip]\nt=0 0\n" \
		"m=audio [media_port] " media "\n" more "a=" direction "\n"
}
