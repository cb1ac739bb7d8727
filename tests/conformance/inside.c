// SPDX-License-Identifier: MIT
/* inside.c - an application from inside: initialising, lines, and the log of its messages. */
#include "internal.h"
#include "app.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct me me;

static struct message *log_;
static unsigned count;

LONG initialise(DWORD *version)
{
	LINEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	LONG result;

	me.version = *version;
	result = lineInitializeEx(&me.app, 0, NULL, me.name, &me.lines, version, &p);
	me.event = p.Handles.hEvent;
	return result;
}

LONG initialise_phone(DWORD *version)
{
	PHONEINITIALIZEEXPARAMS p = { .dwTotalSize = sizeof(p),
		.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT };

	me.version = *version;
	return phoneInitializeEx(&me.phone_app, 0, NULL, me.name, &me.phones, version, &p);
}

void inside_shut_down(void)
{
	if (me.app)
		(void)lineShutdown(me.app);
	if (me.phone_app)
		(void)phoneShutdown(me.phone_app);
	free(log_);
	log_ = NULL;
}

HLINE open_line(DWORD device, DWORD privileges, DWORD media_modes)
{
	LINEEXTENSIONID extension;
	DWORD version;

	expect(device < APP_LINES);
	if (me.line[device])
		return me.line[device];
	expect_ok(lineNegotiateAPIVersion(me.app, device, 0x00010003, me.version, &version,
			&extension));
	expect_ok(lineOpen(me.app, device, &me.line[device], version, 0, device, privileges,
			media_modes, NULL));
	return me.line[device];
}

HLINE own_line(DWORD device)
{
	return open_line(device, LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_INTERACTIVEVOICE);
}

/* --- the log --- */

static void keep(const LINEMESSAGE *m)
{
	if (!log_)
		log_ = calloc(APP_MESSAGES, sizeof(*log_));
	expect(log_ && count < APP_MESSAGES);
	log_[count] = (struct message){ .device = m->hDevice,
		.id = m->dwMessageID,
		.instance = m->dwCallbackInstance,
		.p1 = m->dwParam1,
		.p2 = m->dwParam2,
		.p3 = m->dwParam3,
		.at = count };
	count++;
}

static void keep_phone(const PHONEMESSAGE *m)
{
	keep(&(LINEMESSAGE){ m->hDevice, m->dwMessageID, m->dwCallbackInstance, m->dwParam1,
			m->dwParam2, m->dwParam3 });
}

/* What has arrived, without waiting. */
static void read_all(void)
{
	PHONEMESSAGE p;
	LINEMESSAGE m;

	while (count < APP_MESSAGES && me.app && lineGetMessage(me.app, &m, 0) == 0)
		keep(&m);
	while (count < APP_MESSAGES && me.phone_app && phoneGetMessage(me.phone_app, &p, 0) == 0)
		keep_phone(&p);
}

static long now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000L + t.tv_nsec / 1000000L;
}

static bool is_phone_message(DWORD id)
{
	return id >= PHONE_BUTTON && id <= PHONE_STATE ? true
						       : id == PHONE_CREATE || id == PHONE_REMOVE;
}

/* One message more for lines or for phones. False: not in time. */
static bool read_one(bool phone, long until)
{
	long left = until - now_ms();
	PHONEMESSAGE p;
	LINEMESSAGE m;

	if (left <= 0)
		return false;
	if (phone ? phoneGetMessage(me.phone_app, &p, (DWORD)left)
		  : lineGetMessage(me.app, &m, (DWORD)left))
		return false;
	if (phone)
		keep_phone(&p);
	else
		keep(&m);
	return true;
}

static bool suits(const struct message *m, DWORD id, DWORD device, DWORD p1)
{
	return (id == ANY || m->id == id) && (device == ANY || m->device == device) &&
	       (p1 == ANY || m->p1 == p1);
}

static struct message *find(DWORD id, DWORD device, DWORD p1)
{
	for (unsigned i = 0; i < count; i++)
		if (!log_[i].taken && suits(&log_[i], id, device, p1))
			return &log_[i];
	return NULL;
}

/* A function that is absent makes messages that do not come; there are many of those. */
static long patience(void)
{
	return getenv("TAPI_PROVE") ? PATIENCE_MS / 24 : PATIENCE_MS;
}

static struct message *wait_for(DWORD id, DWORD device, DWORD p1)
{
	long until = now_ms() + patience();
	struct message *m;

	read_all();
	while (!(m = find(id, device, p1)))
		if (!read_one(is_phone_message(id) || !me.app, until))
			return NULL;
	m->taken = true;
	return m;
}

static const char *message_name(DWORD id)
{
	static char number[16];
	const char *name = tapixConstantName("LINE_", id);

	if (!name)
		name = tapixConstantName("PHONE_", id);
	(void)snprintf(number, sizeof(number), "message %u", id);
	return name ? name : number;
}

struct message next_of_at(DWORD id, DWORD device, const char *file, int line)
{
	struct message *m = wait_for(id, device, ANY);

	if (!m)
		fail_test_at(file, line, "no %s about %#x", message_name(id), device);
	return *m;
}

struct message next_at(DWORD id, const char *file, int line)
{
	struct message *m = wait_for(id, ANY, ANY);

	if (!m)
		fail_test_at(file, line, "no %s", message_name(id));
	return *m;
}

const struct message *arrived(DWORD id, DWORD device, DWORD p1)
{
	read_all();
	return find(id, device, p1);
}

unsigned count_of(DWORD id, DWORD device, DWORD p1)
{
	unsigned n = 0;

	read_all();
	for (unsigned i = 0; i < count; i++)
		n += suits(&log_[i], id, device, p1);
	return n;
}

const struct message *message_at(unsigned at)
{
	expect(at < count);
	return &log_[at];
}

unsigned messages(void)
{
	read_all();
	return count;
}

void forget_messages(void)
{
	settle();
	for (unsigned i = 0; i < count; i++)
		log_[i].taken = true;
}

static bool is_in(const DWORD *list, DWORD id)
{
	for (; list && *list != ANY; list++)
		if (*list == id)
			return true;
	return false;
}

static struct message *first_besides(const DWORD *besides)
{
	for (unsigned i = 0; i < count; i++)
		if (!log_[i].taken && !is_in(besides, log_[i].id))
			return &log_[i];
	return NULL;
}

void expect_messages_at(const struct wanted *list, unsigned n, const DWORD *besides,
		const char *file, int line)
{
	long until = now_ms() + patience();
	struct message *m;

	for (unsigned i = 0; i < n; i++) {
		read_all();
		while (!(m = first_besides(besides)))
			if (!read_one(is_phone_message(list[i].id) || !me.app, until))
				fail_test_at(file, line, "message %u, %s, does not come", i,
						message_name(list[i].id));
		m->taken = true;
		if (!suits(m, list[i].id, list[i].device, list[i].p1))
			fail_test_at(file, line, "message %u is %s %#x %#lx, not %s %#x %#x", i,
					message_name(m->id), m->device, (unsigned long)m->p1,
					message_name(list[i].id), list[i].device, list[i].p1);
	}
}

/* The answer to a request that goes to the provider comes behind all that the provider has said. */
void settle_unread(void)
{
	union {
		VARSTRING s;
		char room[256];
	} u = { .s = { .dwTotalSize = sizeof(u) } };

	for (DWORD i = 0; me.app && i < me.lines; i++)
		(void)lineGetDevConfig(i, &u.s, "tapi/line");
}

void settle(void)
{
	settle_unread();
	read_all();
}

void expect_none_at(DWORD id, DWORD device, DWORD p1, const char *file, int line)
{
	const struct message *m;

	settle();
	m = find(id, device, p1);
	if (m)
		fail_test_at(file, line, "%s came: %#x %#lx %#lx %#lx", message_name(m->id),
				m->device, (unsigned long)m->p1, (unsigned long)m->p2,
				(unsigned long)m->p3);
}

void inside_show_messages(FILE *f)
{
	read_all();
	for (unsigned i = 0; i < count; i++)
		fprintf(f, "%3u%c %-20s %#8x %#lx %#lx %#lx\n", i, log_[i].taken ? ' ' : '*',
				message_name(log_[i].id), log_[i].device, (unsigned long)log_[i].p1,
				(unsigned long)log_[i].p2, (unsigned long)log_[i].p3);
}
