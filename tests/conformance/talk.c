// SPDX-License-Identifier: MIT
/* talk.c - two lines of one application with sound between them. */
#include "talk.h"

#include <string.h>
#include <tapi3.h>

HCALL from, to, watched;

static DWORD features_of(HCALL call)
{
	return status_of(call)->dwCallFeatures;
}

/* Lines 0 and 1 talk to each other, with sound. */
static void talk(void *arg)
{
	(void)arg;
	expect_ok(tapi_line_media(own_line(0)));
	expect_ok(tapi_line_media(own_line(1)));
	from = dial(me.line[0], "102");
	to = next_call(LINECALLSTATE_OFFERING);
	done(lineAnswer(to, NULL, 0));
	(void)await_state(to, LINECALLSTATE_CONNECTED);
	(void)await_state(from, LINECALLSTATE_CONNECTED);
	expect(features_of(from) & LINECALLFEATURE_GENERATEDIGITS);
	expect(features_of(to) & LINECALLFEATURE_GENERATEDIGITS);
}

struct app *talker(struct world *w)
{
	struct app *a = app_start(w, "talker.exe", 0);

	app_do(a, talk, NULL, 0);
	return a;
}

void talk_digits(const char *digits)
{
	expect_ok(lineGenerateDigits(from, DTMF, digits, 60));
	expect_eq(next_of(LINE_GENERATE, from).p1, LINEGENERATETERM_DONE);
}

void watch(void *arg)
{
	HLINE line = open_line(1, LINECALLPRIVILEGE_MONITOR, 0);
	union {
		LINECALLLIST list;
		char room[256];
	} u;

	(void)arg;
	memset(&u, 0, sizeof(u));
	u.list.dwTotalSize = sizeof(u);
	expect_ok(lineGetNewCalls(line, 0, LINECALLSELECT_LINE, &u.list));
	expect_eq(u.list.dwCallsNumEntries, 1);
	memcpy(&watched, u.room + u.list.dwCallsOffset, sizeof(watched));
}

const struct setting talk_setting = {
	.providers = "[provider exchange]\nextensions = 101-106\nmedia_ms = 2000\n"
		     "absent_ms = 200\nring_ms = 100\ndial_ms = 1000\n"
};
