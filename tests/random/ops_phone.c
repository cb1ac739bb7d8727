// SPDX-License-Identifier: MIT
/* ops_phone.c - operations on the sets of the extensions. To the checker, what an application does
 * with phones is done by another one: handles and requests of the two have nothing in common. */
#include "workload.h"

#include <string.h>

static LONG asked_phone(struct app *a, const char *what, LONG result, HPHONE phone)
{
	const HCALL *const none[CHECKER_NEW] = { NULL, NULL };

	if (result > 0)
		checker_request(checker, phones_of(a), what, result, phone, none);
	else if (result == 0)
		machine_fail("%s returned 0", what);
	return result;
}

static HPHONE any_phone(const struct app *a)
{
	size_t count = 0;

	if (machine_below(50) == 0)
		return machine_below(1u << 30);
	while (checker_line(checker, phones_of(a), count))
		count++;
	return count ? checker_line(checker, phones_of(a), machine_below((uint32_t)count)) : 0;
}

static LONG op_begin(struct app *a)
{
	PHONEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params),
		.dwNeededSize = sizeof(params),
		.dwUsedSize = sizeof(params),
		.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT };
	DWORD version = 0x00020002;

	if (a->phones)
		return 0;
	if (phoneInitializeEx(&a->phones, 0, NULL, "phones", &a->phone_count, &version, &params))
		machine_fail("phoneInitializeEx");
	checker_begin(checker, phones_of(a));
	return 0;
}

static LONG op_end(struct app *a)
{
	LONG result = a->phones ? phoneShutdown(a->phones) : 0;

	a->phones = 0;
	checker_end(checker, phones_of(a));
	return result;
}

static LONG op_open(struct app *a)
{
	HPHONE phone = 0;
	PHONEEXTENSIONID extension;
	DWORD device, version;
	LONG result;

	(void)op_begin(a);
	if (checker_line(checker, phones_of(a), 12))
		return 0;
	device = machine_below(a->phone_count + 1);
	if (phoneNegotiateAPIVersion(a->phones, device, 0x00020000, 0x00020002, &version,
			    &extension))
		version = 0x00020000;
	result = phoneOpen(a->phones, device, &phone, version, 0, 0,
			machine_below(3) ? PHONEPRIVILEGE_OWNER : PHONEPRIVILEGE_MONITOR);
	if (result == 0)
		checker_line_opened(checker, phones_of(a), phone);
	return result;
}

static LONG op_close(struct app *a)
{
	HPHONE phone = any_phone(a);
	LONG result = phoneClose(phone);

	if (result == 0)
		checker_line_closed(checker, phones_of(a), phone);
	return result;
}

/* Lifting a handset begins or answers a call, replacing it ends one. */
static LONG op_hook(struct app *a)
{
	static const DWORD modes[] = { PHONEHOOKSWITCHMODE_ONHOOK, PHONEHOOKSWITCHMODE_MIC,
		PHONEHOOKSWITCHMODE_SPEAKER, PHONEHOOKSWITCHMODE_MICSPEAKER };
	HPHONE phone = any_phone(a);

	return asked_phone(a, "phoneSetHookSwitch",
			phoneSetHookSwitch(phone, PHONEHOOKSWITCHDEV_HANDSET,
					modes[machine_below(4)]),
			phone);
}

/* What a hand does; the words are written by the reply, so they must live until then. */
static LONG op_touch(struct app *a)
{
	static const char *const words[] = { "press 1", "press 0", "press 2", "press 3", "press *",
		"down 7", "up", "offhook", "offhook headset", "offhook speaker", "onhook", "onhook",
		"press 12", "press 13", "press 22", "press 19", "suspend", "resume", "resume",
		"jump" };
	static char copies[512][24];
	static unsigned next;
	char *copy = copies[next++ % 512];
	HPHONE phone = any_phone(a);

	strcpy(copy, words[machine_below(sizeof(words) / sizeof(words[0]))]);
	return asked_phone(a, "phoneDevSpecific", phoneDevSpecific(phone, copy, sizeof(copies[0])),
			phone);
}

static LONG op_terminal(struct app *a)
{
	bool by_call = machine_below(2);
	HCALL call = by_call ? any_call(a) : 0;
	HLINE line = by_call ? 0 : any_line(a);
	DWORD select = by_call ? LINECALLSELECT_CALL : LINECALLSELECT_LINE;
	DWORD modes = 1u << machine_below(6), terminal = machine_below(4);

	return asked(a, "lineSetTerminal",
			lineSetTerminal(line, 0, call, select, modes, terminal, machine_below(2)));
}

static LONG op_lamp(struct app *a)
{
	HPHONE phone = any_phone(a);
	DWORD lamp = machine_below(16);

	return asked_phone(a, "phoneSetLamp", phoneSetLamp(phone, lamp, 1u << machine_below(6)),
			phone);
}

static LONG op_ring(struct app *a)
{
	HPHONE phone = any_phone(a);
	DWORD mode = machine_below(4);

	return asked_phone(a, "phoneSetRing", phoneSetRing(phone, mode, machine_below(0x10000)),
			phone);
}

static LONG op_display(struct app *a)
{
	HPHONE phone = any_phone(a);
	DWORD row = machine_below(3);

	return asked_phone(a, "phoneSetDisplay",
			phoneSetDisplay(phone, row, machine_below(20), "hello", 5), phone);
}

static LONG op_masks(struct app *a)
{
	HPHONE phone = any_phone(a);
	DWORD states = machine_below(2) ? 0x00ffffff : 0;
	DWORD button_modes = machine_below(2) ? 0x3f : 0;

	return phoneSetStatusMessages(phone, states, button_modes, machine_below(2) ? 0xf : 0);
}

static LONG op_status(struct app *a)
{
	PHONESTATUS *status = any_buffer(sizeof(PHONESTATUS));
	LONG result = phoneGetStatus(any_phone(a), status);

	if (result == 0)
		checker_sizes(checker, "PHONESTATUS", status);
	return result;
}

const struct operation phone_operations[] = {
	{ "phoneInitializeEx", 2, op_begin },
	{ "phoneShutdown", 1, op_end },
	{ "phoneOpen", 12, op_open },
	{ "phoneClose", 2, op_close },
	{ "phoneSetHookSwitch", 14, op_hook },
	{ "phoneDevSpecific", 24, op_touch },
	{ "lineSetTerminal", 4, op_terminal },
	{ "phoneSetLamp", 2, op_lamp },
	{ "phoneSetRing", 2, op_ring },
	{ "phoneSetDisplay", 2, op_display },
	{ "phoneSetStatusMessages", 3, op_masks },
	{ "phoneGetStatus", 3, op_status },
	{ NULL, 0, NULL },
};
