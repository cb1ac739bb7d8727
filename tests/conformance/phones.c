// SPDX-License-Identifier: MIT
/* phones.c - see phones.h. */
#include "phones.h"

#include <stdio.h>
#include <string.h>

HPHONE open_phone(DWORD device, DWORD privilege)
{
	DWORD version = me.version;
	HPHONE phone = 0;

	if (!me.phone_app)
		expect_ok(initialise_phone(&version));
	expect_ok(phoneOpen(me.phone_app, device, &phone, me.version, 0, 7000 + device, privilege));
	return phone;
}

void want_all(HPHONE phone)
{
	expect_ok(phoneSetStatusMessages(phone, 0x00ffffff, 0x3f, 0xf));
}

void phone_done_at(LONG id, LONG want, const char *what, const char *file, int line)
{
	struct message m;

	if (id < 0) {
		if (id != want)
			fail_test_at(file, line, "%s failed with %#x, not %#x", what, (unsigned)id,
					(unsigned)want);
		return;
	}
	m = next_at(PHONE_REPLY, file, line);
	expect_eq_at(m.p1, (uint64_t)id, "the request of the reply", what, file, line);
	expect_eq_at((DWORD)m.p2, (DWORD)want, what, "the wanted result", file, line);
	expect_eq_at(m.device, 0, "hDevice of a reply", "0", file, line);
}

void touch(HPHONE phone, const char *words)
{
	static char copy[64]; /* it must live until the reply */

	(void)snprintf(copy, sizeof(copy), "%s", words);
	phone_done(phoneDevSpecific(phone, copy, (DWORD)strlen(copy)));
}

void phone_settle(HPHONE phone)
{
	DWORD mode;

	(void)phoneGetLamp(phone, 12, &mode);
	(void)messages();
}

void next_phone_state_at(DWORD state, DWORD detail, const char *file, int line)
{
	struct message m = next_at(PHONE_STATE, file, line);

	expect_eq_at(m.p1, state, "the PHONESTATE_", "the wanted one", file, line);
	expect_eq_at(m.p2, detail, "its detail", "the wanted one", file, line);
}

const PHONESTATUS *phone_status_of(HPHONE phone)
{
	static union {
		PHONESTATUS s;
		char room[2048];
	} u;

	u.s.dwTotalSize = sizeof(u);
	expect_ok(phoneGetStatus(phone, &u.s));
	expect(u.s.dwNeededSize >= u.s.dwUsedSize);
	return &u.s;
}

const char *display_of(HPHONE phone)
{
	static union {
		VARSTRING s;
		char room[256];
	} u;
	char *text;

	u.s.dwTotalSize = sizeof(u);
	expect_ok(phoneGetDisplay(phone, &u.s));
	text = u.room + u.s.dwStringOffset;
	for (size_t n = strlen(text); n && text[n - 1] == ' '; n--)
		text[n - 1] = '\0';
	return text;
}
