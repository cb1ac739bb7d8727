// SPDX-License-Identifier: MIT
/* test_oom.c - a host whose memory is short: each request gets its RETURN and its COMPLETION, or
 * the connection ends, and the host with it. */
#include "../oom.h"
#include "../test_main.h"
#include "core.h"

#include <poll.h>
#include <tapi.h>
#include <unistd.h>

enum { PATIENCE_MS = 30000 };

struct exchange {
	struct core c;
	bool gone; /* the host has closed the connection */
	uint32_t awaited;
	LONG result; /* of the RETURN that came */
	unsigned accepted, completed;
};

static void take(struct exchange *x, const struct frame *f)
{
	if (f->fd >= 0)
		close(f->fd);
	if (f->h.kind == FRAME_COMPLETION)
		x->completed++;
	if (f->h.kind != FRAME_RETURN || f->h.serial != x->awaited)
		return;
	x->awaited = 0;
	x->result = f->h.result;
}

static void receive(struct exchange *x)
{
	struct pollfd p = { .fd = x->c.conn.fd, .events = POLLIN };
	struct frame f;

	ck_assert_msg(poll(&p, 1, PATIENCE_MS) > 0, "the host says nothing");
	x->gone = conn_read(&x->c.conn) < 0;
	while (conn_next(&x->c.conn, &f) > 0)
		take(x, &f);
}

/* True: it has succeeded. */
static bool ask(struct exchange *x, uint16_t kind, const void *request)
{
	struct frame_header h = { .kind = kind, .serial = ++x->c.serial };

	h.origin_session = SESSION;
	h.origin_serial = h.serial;
	x->awaited = h.serial;
	ck_assert_int_eq(conn_send(&x->c.conn, &h, request), 0);
	x->gone = x->gone || conn_flush(&x->c.conn) < 0;
	while (!x->gone && x->awaited)
		receive(x);
	if (x->gone || x->result)
		return false;
	x->accepted += rule_find(kind)->kind == KIND_ASYNC;
	return true;
}

static bool use_line(struct exchange *x)
{
	LineGetDevCaps caps = LINE_GET_DEV_CAPS__INIT;
	LineGetId id = LINE_GET_ID__INIT;
	LineDevSpecific specific = LINE_DEV_SPECIFIC__INIT;

	caps.has_device = id.has_line = specific.has_line = 1;
	caps.device = id.line = specific.line = LINE_BASE;
	id.has_select = specific.has_params = 1;
	id.select = LINECALLSELECT_LINE;
	id.device_class = (char *)(uintptr_t) "comm/datamodem";
	specific.params.data = (uint8_t *)(uintptr_t) "abc";
	specific.params.len = 3;
	return ask(x, CALL_LineGetDevCaps, &caps) && ask(x, CALL_LineGetId, &id) &&
	       ask(x, CALL_LineDevSpecific, &specific);
}

static bool use_call(struct exchange *x)
{
	LineMakeCall make = LINE_MAKE_CALL__INIT;
	LineGatherDigits gather = LINE_GATHER_DIGITS__INIT;
	LineSetupTransfer transfer = LINE_SETUP_TRANSFER__INIT;
	TspiLineCloseCall close = TSPI_LINE_CLOSE_CALL__INIT;

	make.has_line = 1;
	make.line = LINE_BASE;
	make.dest_address = (char *)(uintptr_t) "early";
	gather.has_call = gather.has_digits = transfer.has_call = close.has_call = 1;
	gather.call = transfer.call = close.call = CALL_ID(1);
	gather.digits = 5;
	if (!ask(x, CALL_LineMakeCall, &make))
		return false;
	while (!x->gone && x->completed < x->accepted)
		receive(x);
	return ask(x, CALL_LineGatherDigits, &gather) &&
	       ask(x, CALL_LineSetupTransfer, &transfer) && ask(x, CALL_TspiLineCloseCall, &close);
}

static bool close_line(struct exchange *x)
{
	TspiLineClose q = TSPI_LINE_CLOSE__INIT;

	q.has_line = 1;
	q.line = LINE_BASE;
	return ask(x, CALL_TspiLineClose, &q);
}

START_TEST(each_allocation_may_fail)
{
	bool done = false;
	unsigned long n = 0;

	(void)mem_spare_thread(true);
	while (!done) {
		struct exchange x = { .gone = false };
		unsigned long before;
		bool fine;

		core_world(&x.c);
		before = mem_count();
		mem_fail_at(++n);
		fine = use_line(&x) && use_call(&x) && close_line(&x);
		while (!x.gone && x.completed < x.accepted)
			receive(&x);
		(void)core_stop(&x.c);
		done = mem_count() - before < n;
		mem_fail_at(0);
		ck_assert(fine || !done);
	}
	ck_assert_uint_gt(n, 20);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("host oom");
	TCase *t = tcase_create("oom");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, each_allocation_may_fail);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
