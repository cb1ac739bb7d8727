// SPDX-License-Identifier: MIT
/* world.c - host, MSP and peer of the provider in one. */
#define _DEFAULT_SOURCE /* syscall */
#include "world.h"

#include "base/log.h"
#include "media/rtpmsg.h"
#include "providers/sip/stack.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define WAIT_MS   30000
#define CALLS     16
#define LINE_BASE 7u

const char world_sdp[] = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
			 "m=audio 4000 RTP/AVP 0\r\n";

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static char said[65536];
static size_t said_size, seen;
static HDRVCALL calls[CALLS + 1];
static unsigned call_count;
static HDRVLINE line;
static HDRVMSPLINE instance;

static int peer = -1;
static unsigned peer_port, peer_dialogs, peer_cseq;
static char heard[16384], invite[16384], peer_tag[32], peer_call_id[64];
static bool invite_is_theirs, invite_waits; /* the provider's; for its answer */

static void say(const char *fmt, ...) LOG_PRINTF(1, 2);

static void say(const char *fmt, ...)
{
	va_list args;
	int n;

	(void)pthread_mutex_lock(&lock);
	va_start(args, fmt);
	n = vsnprintf(said + said_size, sizeof(said) - said_size, fmt, args);
	va_end(args);
	if (n > 0 && (size_t)n < sizeof(said) - said_size)
		said_size += (size_t)n;
	(void)pthread_cond_broadcast(&more);
	(void)pthread_mutex_unlock(&lock);
}

/* --- The host --- */

static void CALLBACK on_complete(DRV_REQUESTID id, LONG result)
{
	say("reply %u %s\n", (unsigned)id, result ? "failed" : "0");
}

static const char *state_name(DWORD state)
{
	static const struct {
		DWORD state;
		const char *name;
	} rows[] = {
		{ LINECALLSTATE_DIALTONE, "DIALTONE" },
		{ LINECALLSTATE_DIALING, "DIALING" },
		{ LINECALLSTATE_PROCEEDING, "PROCEEDING" },
		{ LINECALLSTATE_RINGBACK, "RINGBACK" },
		{ LINECALLSTATE_BUSY, "BUSY" },
		{ LINECALLSTATE_OFFERING, "OFFERING" },
		{ LINECALLSTATE_ACCEPTED, "ACCEPTED" },
		{ LINECALLSTATE_CONNECTED, "CONNECTED" },
		{ LINECALLSTATE_ONHOLD, "ONHOLD" },
		{ LINECALLSTATE_DISCONNECTED, "DISCONNECTED" },
		{ LINECALLSTATE_IDLE, "IDLE" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].state == state)
			return rows[i].name;
	return "?";
}

static void CALLBACK on_event(HTAPILINE ht_line, HTAPICALL ht_call, DWORD msg, DWORD_PTR p1,
		DWORD_PTR p2, DWORD_PTR p3)
{
	struct rtpmsg m;

	(void)ht_line;
	if (msg == LINE_NEWCALL) {
		(void)pthread_mutex_lock(&lock);
		calls[++call_count] = (HDRVCALL)p1;
		*(HTAPICALL *)p2 = (HTAPICALL)call_count;
		(void)pthread_mutex_unlock(&lock);
		say("NEWCALL %u\n", call_count);
	} else if (msg == LINE_CALLSTATE) {
		say("%u CALLSTATE %s %u\n", (unsigned)ht_call, state_name((DWORD)p1), (unsigned)p2);
	} else if (msg == LINE_SENDMSPDATA) {
		ck_assert_int_eq(rtpmsg_parse((const void *)p2, p3, &m), 0);
		say("%u msp %s %u\n", (unsigned)ht_call, rtpmsg_verb_name(m.verb), (unsigned)m.id);
	}
}

static void configure(const char *key, const char *value)
{
	ck_assert_int_eq(TSPI_providerConfigure(key, value), 0);
}

unsigned world_ports_taken;

/* The program's own, in the place of libc's. A port that the system chose for UDP is then asked for
 * by its number for TCP, and there somebody may have it. */
__attribute__((visibility("default"))) int bind(int fd, const struct sockaddr *a, socklen_t size)
{
	struct sockaddr_in in = { 0 };

	memcpy(&in, a, size < sizeof(in) ? size : sizeof(in));
	if (in.sin_family != AF_INET || !in.sin_port || !world_ports_taken)
		return (int)syscall(SYS_bind, fd, a, size);
	world_ports_taken--;
	errno = EADDRINUSE;
	return -1;
}

static void open_peer(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(a);

	peer = socket(AF_INET, SOCK_DGRAM, 0);
	ck_assert_int_ge(peer, 0);
	ck_assert_int_eq(bind(peer, (struct sockaddr *)&a, sizeof(a)), 0);
	ck_assert_int_eq(getsockname(peer, (struct sockaddr *)&a, &size), 0);
	peer_port = ntohs(a.sin_port);
}

void world_start(bool with_msp, const char *const *keys)
{
	DWORD lines, phones, options;

	said_size = seen = 0;
	said[0] = '\0';
	call_count = peer_dialogs = peer_cseq = 0;
	invite[0] = '\0';
	invite_is_theirs = invite_waits = false;
	open_peer();
	configure("listen", "127.0.0.1:0");
	configure("t1_ms", "100");
	configure("alice/user", "alice");
	for (; keys && *keys; keys += 2)
		configure(keys[0], keys[1]);
	ck_assert_int_eq(TSPI_providerConfigured(), 0);
	ck_assert_int_eq(TSPI_providerEnumDevices(1, &lines, &phones, 1, on_event, NULL), 0);
	ck_assert_int_eq(TSPI_providerInit(0x00030001, 1, LINE_BASE, 0, lines, 0, on_complete,
					 &options),
			0);
	ck_assert_int_eq(TSPI_lineOpen(LINE_BASE, 1, &line, 0x00030001, on_event), 0);
	ck_assert_int_eq(TSPI_lineSetDefaultMediaDetection(line, LINEMEDIAMODE_INTERACTIVEVOICE),
			0);
	if (with_msp)
		ck_assert_int_eq(TSPI_lineCreateMSPInstance(line, 0, 1, &instance), 0);
}

static struct timespec in_ms(int ms)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += (long)(ms % 1000) * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_nsec -= 1000000000;
		t.tv_sec++;
	}
	return t;
}

static const char *find_line(const char *text, const char *wanted)
{
	size_t size = strlen(wanted);

	while (*text) {
		const char *end = strchr(text, '\n');

		if (!end)
			break;
		if ((size_t)(end - text) == size && memcmp(text, wanted, size) == 0)
			return end + 1;
		text = end + 1;
	}
	return NULL;
}

void world_expect(const char *wanted)
{
	struct timespec until = in_ms(WAIT_MS);
	const char *after;

	(void)pthread_mutex_lock(&lock);
	while (!(after = find_line(said + seen, wanted)))
		if (pthread_cond_timedwait(&more, &lock, &until)) {
			(void)pthread_mutex_unlock(&lock);
			ck_abort_msg("no '%s' in:\n%s", wanted, said);
		}
	seen = (size_t)(after - said);
	(void)pthread_mutex_unlock(&lock);
}

unsigned world_count(const char *wanted)
{
	const char *at = said;
	unsigned count = 0;

	(void)pthread_mutex_lock(&lock);
	while ((at = find_line(at, wanted)))
		count++;
	(void)pthread_mutex_unlock(&lock);
	return count;
}

void world_msp_says(HDRVCALL call, const char *message)
{
	char copy[4096];

	ck_assert_uint_lt(strlen(message), sizeof(copy));
	strcpy(copy, message);
	ck_assert_int_eq(TSPI_lineReceiveMSPData(line, call, instance, copy,
					 (DWORD)strlen(message)),
			0);
}

HDRVLINE world_line(void)
{
	return line;
}

HDRVCALL world_call(unsigned number)
{
	ck_assert_uint_le(number, call_count);
	return calls[number];
}

unsigned world_dial(void)
{
	char uri[64];

	(void)snprintf(uri, sizeof(uri), "sip:bob@127.0.0.1:%u", peer_port);
	call_count++;
	ck_assert_int_eq(TSPI_lineMakeCall(100, line, (HTAPICALL)call_count, &calls[call_count],
					 uri, 0, NULL),
			100);
	return call_count;
}

/* --- The peer --- */

static bool receive(int ms)
{
	struct pollfd p = { .fd = peer, .events = POLLIN };
	ssize_t n;

	if (poll(&p, 1, ms) <= 0)
		return false;
	n = recv(peer, heard, sizeof(heard) - 1, 0);
	heard[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/* The value of a header in a message; "" if it has none. */
static const char *header_of(const char *message, const char *name, char *out, size_t size)
{
	size_t length = strlen(name);

	out[0] = '\0';
	for (const char *p = strchr(message, '\n'); p && p[1] && p[1] != '\r';
			p = strchr(p, '\n')) {
		p++;
		if (strncasecmp(p, name, length) != 0 || p[length] != ':')
			continue;
		(void)snprintf(out, size, "%.*s", (int)strcspn(p + length + 2, "\r\n"),
				p + length + 2);
		break;
	}
	return out;
}

static void transmit(const char *text)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port = htons(stack_port(false)) };

	ck_assert_int_eq(sendto(peer, text, strlen(text), 0, (struct sockaddr *)&a, sizeof(a)),
			(ssize_t)strlen(text));
}

static void acknowledge_refusal(void)
{
	char text[2048], from[256], to[256], id[128], via[512];

	(void)snprintf(text, sizeof(text),
			"ACK sip:alice@127.0.0.1 SIP/2.0\r\nVia: %s\r\nFrom: %s\r\nTo: "
			"%s\r\nCall-ID: "
			"%s\r\nCSeq: 1 ACK\r\nContent-Length: 0\r\n\r\n",
			header_of(heard, "Via", via, sizeof(via)),
			header_of(heard, "From", from, sizeof(from)),
			header_of(heard, "To", to, sizeof(to)),
			header_of(heard, "Call-ID", id, sizeof(id)));
	transmit(text);
}

const char *peer_expect(const char *start)
{
	do {
		if (!receive(WAIT_MS))
			ck_abort_msg("the peer has heard no %s; last: %s", start, heard);
	} while (strncmp(heard, start, strlen(start)) != 0);
	if (strncmp(heard, "SIP/2.0 4", 9) == 0) {
		acknowledge_refusal();
	} else if (strncmp(heard, "INVITE ", 7) == 0) {
		invite_is_theirs = invite_waits = true;
		memcpy(invite, heard, sizeof(invite));
		(void)snprintf(peer_tag, sizeof(peer_tag), "peer%u", ++peer_dialogs);
	} else if (strncmp(heard, "SIP/2.0 2", 9) == 0 && !invite_is_theirs) {
		memcpy(invite, heard, sizeof(invite)); /* its To has a tag now */
	}
	return heard;
}

bool peer_hears_nothing(const char *start, int ms)
{
	while (receive(ms))
		if (strncmp(heard, start, strlen(start)) == 0)
			return false;
	return true;
}

void peer_answers(const char *status, const char *body)
{
	char text[8192], via[512], from[256], to[256], id[128], cseq[64], tag[64] = "";

	if (status[0] >= '2' && strncmp(heard, "INVITE ", 7) == 0)
		invite_waits = false;
	(void)header_of(heard, "To", to, sizeof(to));
	if (!strstr(to, ";tag="))
		(void)snprintf(tag, sizeof(tag), ";tag=%s", peer_tag);
	(void)snprintf(text, sizeof(text),
			"SIP/2.0 %s\r\nVia: %s\r\nFrom: %s\r\nTo: %s%s\r\nCall-ID: %s\r\nCSeq: "
			"%s\r\n"
			"Contact: <sip:bob@127.0.0.1:%u>\r\n%sContent-Length: %zu\r\n\r\n%s",
			status, header_of(heard, "Via", via, sizeof(via)),
			header_of(heard, "From", from, sizeof(from)), to, tag,
			header_of(heard, "Call-ID", id, sizeof(id)),
			header_of(heard, "CSeq", cseq, sizeof(cseq)), peer_port,
			body ? "Content-Type: application/sdp\r\n" : "", body ? strlen(body) : 0,
			body ? body : "");
	transmit(text);
}

/* The peer is polite, so that the provider need not wait for it. */
void world_stop(void)
{
	(void)TSPI_lineClose(line);
	if (invite_waits) {
		memcpy(heard, invite, sizeof(heard));
		peer_answers("487 Request Terminated", NULL);
	}
	while (receive(20)) {
		if (strncmp(heard, "INVITE", 6) == 0)
			peer_answers("487 Request Terminated", NULL);
		else if (strncmp(heard, "SIP/2.0 4", 9) == 0)
			acknowledge_refusal();
		else if (strncmp(heard, "SIP/2.0", 7) != 0 && strncmp(heard, "ACK", 3) != 0)
			peer_answers("200 OK", NULL);
	}
	ck_assert_int_eq(TSPI_providerShutdown(0x00030001, 1), 0);
	close(peer);
	peer = -1;
}

/* From and To of a request of the peer: in a dialog that the provider began they change places. */
static void write_ends(char *ends, size_t size)
{
	char from[256], to[256], id[128];

	if (invite_is_theirs) {
		(void)snprintf(ends, size, "From: %s;tag=%s\r\nTo: %s\r\nCall-ID: %s\r\n",
				header_of(invite, "To", to, sizeof(to)), peer_tag,
				header_of(invite, "From", from, sizeof(from)),
				header_of(invite, "Call-ID", id, sizeof(id)));
		return;
	}
	(void)snprintf(ends, size, "From: <sip:bob@127.0.0.1>;tag=%s\r\nTo: %s\r\nCall-ID: %s\r\n",
			peer_tag,
			invite[0] ? header_of(invite, "To", to, sizeof(to))
				  : "<sip:alice@127.0.0.1>",
			peer_call_id);
}

void peer_requests(const char *method, const char *body)
{
	bool is_ack = strcmp(method, "ACK") == 0 || strcmp(method, "CANCEL") == 0;
	char text[8192], ends[1024];

	if (strcmp(method, "INVITE") == 0 && !invite[0]) {
		(void)snprintf(peer_tag, sizeof(peer_tag), "peer%u", ++peer_dialogs);
		(void)snprintf(peer_call_id, sizeof(peer_call_id), "call-%u-%u", peer_port,
				peer_dialogs);
		invite_is_theirs = false;
	}
	write_ends(ends, sizeof(ends));
	peer_cseq += is_ack ? 0 : 1;
	(void)snprintf(text, sizeof(text),
			"%s sip:alice@127.0.0.1:%u SIP/2.0\r\nVia: SIP/2.0/UDP "
			"127.0.0.1:%u;branch=z9hG4bK%s%u%u;rport\r\n%sCSeq: %u %s\r\nMax-Forwards: "
			"70\r\n"
			"Contact: <sip:bob@127.0.0.1:%u>\r\n%sContent-Length: %zu\r\n\r\n%s",
			method, stack_port(false), peer_port,
			strcmp(method, "ACK") == 0 ? "ack" : "", peer_dialogs, peer_cseq, ends,
			peer_cseq, method, peer_port,
			body ? "Content-Type: application/sdp\r\n" : "", body ? strlen(body) : 0,
			body ? body : "");
	transmit(text);
}
