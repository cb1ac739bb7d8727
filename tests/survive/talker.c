// SPDX-License-Identifier: MIT
/* talker.c - two applications with sound: one calls the other, both count packets; digits that one
 * sends, the other hears, by what it asked for once. */
#include "board.h"
#include "../conformance/app.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>
#include <tapi3.h>

static struct {
	bool is_caller, is_listening;
	DWORD device;
	HLINE line;
	struct own *call;
	struct own *probe; /* a second call, made after each kill: when it is offered, */
	bool is_probing;   /* all that came before it has been */
	union {
		VARSTRING v;
		char room[4096];
	} figures;
} self;

static void begin(unsigned index)
{
	DWORD version = 0x00020002;

	self.is_caller = index == 1; /* it comes when the other one is there */
	self.device = board->scenes * PLACES + !self.is_caller;
	expect_ok(initialise(&version));
	self.line = actor_open(self.device, LINECALLPRIVILEGE_OWNER);
	expect_ok(tapi_line_media(self.line));
}

static void take_call(HCALL call)
{
	struct own *o = own_new(self.device, SCENES_MAX + (self.call != NULL));

	o->call = call;
	if (self.call)
		self.probe = o;
	else
		self.call = o;
}

static void message(const LINEMESSAGE *m)
{
	if (m->dwMessageID == LINE_APPNEWCALL)
		take_call((HCALL)m->dwParam2);
	else if (m->dwMessageID == LINE_MONITORDIGITS)
		tally()->digits++;
	else if (m->dwMessageID == TAPIX_RESYNCHRONISED)
		self.is_probing = self.is_caller;
}

static struct own *call_peer(void)
{
	struct own *o = own_new(self.device, SCENES_MAX + (self.call != NULL));
	char number[16];

	(void)snprintf(number, sizeof(number), "%u", 1000 + self.device + 1);
	asked(lineMakeCall(self.line, &o->call, number, 0, NULL), o, NULL, NULL);
	return o->used ? o : NULL;
}

static void listen(void)
{
	expect_ok(lineMonitorDigits(self.call->call, LINEDIGITMODE_DTMF));
	self.is_listening = true;
}

static void act_on_call(void)
{
	if (!self.call && self.is_caller)
		self.call = call_peer();
	else if (!self.call || self.call->busy)
		return;
	else if (self.call->told & LINECALLSTATE_OFFERING)
		asked(lineAnswer(self.call->call, NULL, 0), self.call, NULL, NULL);
	else if (self.call->told & LINECALLSTATE_CONNECTED && !self.is_caller && !self.is_listening)
		listen();
}

/* The other side turns it away. */
static void act_on_probe(void)
{
	struct own *o = self.probe;

	if (!o && self.is_probing)
		self.probe = call_peer();
	if (!o || o->busy || !o->told)
		return;
	if (own_clean(o) && !o->used) {
		self.probe = NULL;
		self.is_probing = false;
	} else if (o->used && !o->busy && !self.is_caller) {
		own_drop(o);
	}
}

static void act(void)
{
	act_on_call();
	if (self.call && self.call->told & LINECALLSTATE_CONNECTED)
		act_on_probe();
}

static unsigned restless(void)
{
	bool is_up = self.call && self.call->told & LINECALLSTATE_CONNECTED;
	bool is_heard = self.is_caller || self.is_listening;

	return is_up && is_heard && !self.is_probing && !self.probe ? 0 : SCENES_MAX + 1;
}

static unsigned figure(const char *name)
{
	const char *at = self.figures.room + self.figures.v.dwStringOffset;
	size_t n = strlen(name);

	for (; at && *at; at = strchr(at, '\n'), at = at ? at + 1 : NULL)
		if (!strncmp(at, name, n) && at[n] == ':')
			return (unsigned)strtoul(at + n + 1, NULL, 10);
	return 0;
}

static void ask_figures(void)
{
	memset(&self.figures, 0, sizeof(self.figures));
	self.figures.v.dwTotalSize = sizeof(self.figures) - 1;
	asked(tapixGetCallMedia(self.call->call, &self.figures.v), self.call, NULL, NULL);
	actor_await(self.call);
}

/* A packet each 20 ms is due. */
static void judge(void)
{
	static unsigned received;
	static uint64_t at_ns;
	unsigned before = received;
	uint64_t now = clock_now_ns();

	if (!self.call->used)
		return;
	ask_figures();
	received = figure("Received-Packets");
	tally()->lost_packets = figure("Lost") + figure("Peer-Lost");
	if (at_ns) {
		tally()->packets_due += (unsigned)((now - at_ns) / 20000000);
		tally()->packets_received += received - before;
	}
	at_ns = now;
	if (self.is_caller)
		(void)succeeded(lineGenerateDigits(self.call->call, LINEDIGITMODE_DTMF, "5", 80));
}

const struct part talker_part = {
	.begin = begin,
	.message = message,
	.act = act,
	.restless = restless,
	.judge = judge,
};
