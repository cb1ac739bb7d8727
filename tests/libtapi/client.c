// SPDX-License-Identifier: MIT
/* client.c - see client.h. */
#include "libtapi/internal.h" /* before check.h, which has a macro named fail */
#include "client.h"

#include <fcntl.h>
#include <poll.h>

LINEMESSAGE callback_messages[CALLBACKS_KEPT];
unsigned callback_count;

void world_callback(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1, DWORD_PTR p2,
		DWORD_PTR p3)
{
	LINEMESSAGE m = { device, message, instance, p1, p2, p3 };

	callback_messages[callback_count++ % CALLBACKS_KEPT] = m;
}

void world_set_limits(void)
{
	limits.retry = 5;
	limits.call_away = 20000;
	limits.session_away = 60000;
}

void world_open(struct world *w, DWORD mode, DWORD version)
{
	LINEINITIALIZEEXPARAMS params = { .dwTotalSize = sizeof(params), .dwOptions = mode };

	callback_count = 0;
	w->mock = mock_new();
	w->mock->pipes = w->pipes;
	w->version = w->wanted = version;
	ck_assert_int_eq(lineInitializeEx(&w->app, 0, world_callback, "test", &w->devices,
					 &w->version, &params),
			0);
	w->event = tapixGetEventHandle(w->app);
	if (mode == LINEINITIALIZEEXOPTION_USEEVENT)
		ck_assert_int_eq(params.Handles.hEvent, w->event);
}

void world_close(struct world *w)
{
	ck_assert_int_eq(lineShutdown(w->app), 0);
	mock_free(w->mock);
}

HLINE world_line(struct world *w)
{
	HLINE line = 0;

	ck_assert_int_eq(lineOpen(w->app, 0, &line, w->wanted, 0, 0x77, LINECALLPRIVILEGE_OWNER,
					 LINEMEDIAMODE_INTERACTIVEVOICE, NULL),
			0);
	ck_assert_uint_ne(line, 0);
	return line;
}

HCALL world_offer(struct world *w, uint64_t *id)
{
	uint64_t offered = mock_offer(w->mock, 1);
	HCALL call = (HCALL)world_expect(w, LINE_APPNEWCALL).dwParam2;

	(void)world_expect(w, LINE_CALLSTATE);
	if (id)
		*id = offered;
	return call;
}

LONG world_get_info(HCALL call)
{
	LINECALLINFO info = { .dwTotalSize = sizeof(info) };

	return lineGetCallInfo(call, &info);
}

LINEMESSAGE world_expect(struct world *w, DWORD message)
{
	LINEMESSAGE m = { 0 };

	ck_assert_int_eq(lineGetMessage(w->app, &m, PATIENCE_MS), 0);
	ck_assert_uint_eq(m.dwMessageID, message);
	return m;
}

void world_await_daemon(const struct world *w)
{
	LINEDEVCAPS caps = { .dwTotalSize = sizeof(caps) };

	ck_assert_int_eq(lineGetDevCaps(w->app, 0, 0x00030001, 0, &caps), 0);
}

void world_dispatch_until(struct world *w, unsigned count)
{
	struct pollfd p = { (int)w->event, POLLIN, 0 };

	while (callback_count < count) {
		ck_assert_int_eq(poll(&p, 1, PATIENCE_MS), 1);
		ck_assert_int_ge(tapiDispatch(w->event), 0);
	}
}

int world_count_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static struct {
	uint16_t kind, frame;
	LONG result;
	const char *cause;
} refusal;

static bool refuse(struct mock *m, const struct frame *f)
{
	LineMakeCallReply reply = LINE_MAKE_CALL_REPLY__INIT;

	if (f->h.kind != refusal.kind)
		return false;
	m->handler = NULL;
	reply.has_call = 1;
	reply.call = MOCK_CALL + ++m->next_call;
	if (refusal.frame == FRAME_COMPLETION)
		mock_return(m, &f->h, refusal.kind == CALL_LineMakeCall ? &reply.base : NULL);
	mock_fail(m, &f->h, refusal.frame, refusal.result, refusal.cause, "as the test says");
	return true;
}

void world_refuse_at(struct world *w, uint16_t kind, uint16_t frame, LONG result, const char *cause)
{
	mock_lock(w->mock);
	refusal.kind = kind;
	refusal.frame = frame;
	refusal.result = result;
	refusal.cause = cause;
	w->mock->handler = refuse;
	mock_unlock(w->mock);
}
