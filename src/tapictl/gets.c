// SPDX-License-Identifier: MIT
/* gets.c - structures of variable size: asked again with dwNeededSize until all of it fits. */
#include "tapictl.h"

#include <stdlib.h>
#include <string.h>

#define API_LOW  0x00010004
#define API_HIGH 0x00030001

enum { FIRST_SIZE = 1024, MOST_SIZE = 1 << 22, PARTS = 8 };

/* What to ask; one of the gets below fills buf. */
struct question {
	HLINEAPP app;
	DWORD device, address;
	HLINE line;
	HCALL call;
	HPHONEAPP phone_app;
	HPHONE phone;
	DWORD button;
};

typedef LONG (*get_fn)(const struct question *q, void *buf);

/* The first three slots of all of them: total, needed, used. */
static void *ask(get_fn get, const struct question *q, LONG *error)
{
	DWORD size = FIRST_SIZE;

	while (size <= MOST_SIZE) {
		DWORD *buf = calloc(1, size);
		DWORD needed;

		if (!buf) {
			*error = LINEERR_NOMEM;
			return NULL;
		}
		buf[0] = size;
		*error = get(q, buf);
		needed = buf[1];
		if (*error >= 0 && needed <= size)
			return buf;
		free(buf);
		/* Only a list of calls that is not whole is an error. */
		if (*error < 0 && (*error != LINEERR_STRUCTURETOOSMALL || needed <= size))
			return NULL;
		size = needed;
	}
	*error = LINEERR_NOMEM;
	return NULL;
}

static DWORD line_version(const struct question *q)
{
	LINEEXTENSIONID unused;
	DWORD version;
	LONG error = lineNegotiateAPIVersion(q->app, q->device, API_LOW, API_HIGH, &version,
			&unused);

	return error < 0 ? API_HIGH : version; /* the question fails for the same reason */
}

static LONG dev_caps(const struct question *q, void *buf)
{
	return lineGetDevCaps(q->app, q->device, line_version(q), 0, buf);
}

static LONG address_caps(const struct question *q, void *buf)
{
	return lineGetAddressCaps(q->app, q->device, q->address, line_version(q), 0, buf);
}

static LONG line_status(const struct question *q, void *buf)
{
	return lineGetLineDevStatus(q->line, buf);
}

static LONG address_status(const struct question *q, void *buf)
{
	return lineGetAddressStatus(q->line, q->address, buf);
}

static LONG call_info(const struct question *q, void *buf)
{
	return lineGetCallInfo(q->call, buf);
}

static LONG call_status(const struct question *q, void *buf)
{
	return lineGetCallStatus(q->call, buf);
}

static LONG new_calls(const struct question *q, void *buf)
{
	return lineGetNewCalls(q->line, 0, LINECALLSELECT_LINE, buf);
}

static LONG phone_caps(const struct question *q, void *buf)
{
	PHONEEXTENSIONID unused;
	DWORD version;
	LONG error = phoneNegotiateAPIVersion(q->phone_app, q->device, API_LOW, API_HIGH, &version,
			&unused);

	if (error < 0)
		return error;
	return phoneGetDevCaps(q->phone_app, q->device, version, 0, buf);
}

static LONG phone_status(const struct question *q, void *buf)
{
	return phoneGetStatus(q->phone, buf);
}

static LONG phone_display(const struct question *q, void *buf)
{
	return phoneGetDisplay(q->phone, buf);
}

static LONG button_info(const struct question *q, void *buf)
{
	return phoneGetButtonInfo(q->phone, q->button, buf);
}

PHONECAPS *get_phone_caps(HPHONEAPP app, DWORD device, LONG *error)
{
	struct question q = { .phone_app = app, .device = device };

	return ask(phone_caps, &q, error);
}

PHONESTATUS *get_phone_status(HPHONE phone, LONG *error)
{
	struct question q = { .phone = phone };

	return ask(phone_status, &q, error);
}

VARSTRING *get_display(HPHONE phone, LONG *error)
{
	struct question q = { .phone = phone };

	return ask(phone_display, &q, error);
}

PHONEBUTTONINFO *get_button_info(HPHONE phone, DWORD button, LONG *error)
{
	struct question q = { .phone = phone, .button = button };

	return ask(button_info, &q, error);
}

LINEDEVCAPS *get_dev_caps(struct session *s, DWORD device, LONG *error)
{
	struct question q = { .app = s->app, .device = device };

	return ask(dev_caps, &q, error);
}

LINEADDRESSCAPS *get_address_caps(struct session *s, DWORD device, DWORD address, LONG *error)
{
	struct question q = { .app = s->app, .device = device, .address = address };

	return ask(address_caps, &q, error);
}

LINEDEVSTATUS *get_line_status(HLINE line, LONG *error)
{
	struct question q = { .line = line };

	return ask(line_status, &q, error);
}

LINEADDRESSSTATUS *get_address_status(HLINE line, DWORD address, LONG *error)
{
	struct question q = { .line = line, .address = address };

	return ask(address_status, &q, error);
}

LINECALLINFO *get_call_info(HCALL call, LONG *error)
{
	struct question q = { .call = call };

	return ask(call_info, &q, error);
}

LINECALLSTATUS *get_call_status(HCALL call, LONG *error)
{
	struct question q = { .call = call };

	return ask(call_status, &q, error);
}

LINECALLLIST *get_new_calls(HLINE line, LONG *error)
{
	struct question q = { .line = line };

	return ask(new_calls, &q, error);
}

/* Names and numbers come from providers and callers; a terminal must not obey them. */
static void defuse(const char *from, size_t size, char *to, size_t room)
{
	size_t n = 0;

	for (size_t i = 0; i < size && from[i] && n + 1 < room; i++) {
		unsigned char c = (unsigned char)from[i];
		bool c1 = c >= 0x80 && c < 0xa0 && n && (unsigned char)to[n - 1] == 0xc2;

		to[n++] = (char)(c < ' ' || c == 0x7f || c1 ? '?' : c);
		if (c1)
			to[n - 2] = '?'; /* it was U+0080 to U+009F */
	}
	to[n] = '\0';
}

const char *part(const void *structure, DWORD size, DWORD offset)
{
	static char texts[PARTS][256]; /* one line of output has some */
	static unsigned next;
	char *text = texts[next++ % PARTS];

	defuse(size && offset ? (const char *)structure + offset : "", size, text,
			sizeof(texts[0]));
	return text;
}
