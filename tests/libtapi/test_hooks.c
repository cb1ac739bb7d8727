// SPDX-License-Identifier: MIT
/* test_hooks.c - what tapi3/ builds on: sinks, sources, MSP instances and the relay of their data.
 */
#include "libtapi/internal.h" /* before check.h, which has a macro named fail */

#include "client.h"
#include "../test_main.h"

#include <poll.h>
#include <tspi.h>
#include <unistd.h>

static struct world w;
static struct app *app;
static HLINE line;

static void setup(void)
{
	limits.retry = 5;
	world_open(&w, LINEINITIALIZEEXOPTION_USEEVENT, 0x00030001);
	line = world_line(&w);
	app = handle_app(w.app, HANDLE_LINEAPP);
	ck_assert_ptr_nonnull(app);
}

static void teardown(void)
{
	app_unref(app);
	world_close(&w);
}

/* --- MSP data --- */

static struct {
	unsigned count, lost;
	HCALL call;
	uint64_t call_id;
	char bytes[64];
	bool answer;
} got;

static bool on_data(struct msp *m, struct app *a, HCALL call, uint64_t call_id, const void *data,
		size_t size)
{
	got.count++;
	got.call = call;
	got.call_id = call_id;
	ck_assert_uint_lt(size, sizeof(got.bytes));
	memcpy(got.bytes, data, size);
	got.bytes[size] = '\0';
	return !got.answer || msp_send(a, m, call, "answer", 6) == 0;
}

static void on_lost(struct msp *m, struct app *a)
{
	(void)m, (void)a;
	got.lost++;
}

static bool give_msp_line(struct mock *m, const struct frame *f)
{
	TapixCreateMspInstanceReply reply = TAPIX_CREATE_MSP_INSTANCE_REPLY__INIT;

	if (f->h.kind != CALL_TapixCreateMspInstance)
		return false;
	reply.has_msp_line = 1;
	reply.msp_line = 5;
	mock_return(m, &f->h, &reply.base);
	return true;
}

static void make_instance(struct msp *m)
{
	memset(&got, 0, sizeof(got));
	memset(m, 0, sizeof(*m));
	m->data = on_data;
	m->lost = on_lost;
	mock_lock(w.mock);
	w.mock->handler = give_msp_line;
	mock_unlock(w.mock);
	ck_assert_int_eq(msp_create(app, line, 0, m), 0);
	ck_assert_uint_eq(m->msp_line, 5);
}

static void send_data_on(uint32_t open, uint64_t call, uint32_t msp_line, const char *text)
{
	Event e = EVENT__INIT;
	uint8_t bytes[64];

	memcpy(bytes, text, strlen(text));
	e.has_object = e.has_msg = e.has_p1 = e.has_data = 1;
	e.object = call;
	e.msg = LINE_SENDMSPDATA;
	e.p1 = msp_line;
	e.data.data = bytes;
	e.data.len = strlen(text);
	mock_event(w.mock, open, 0, 0, 0, &e);
}

static void send_data(uint64_t call, uint32_t msp_line, const char *text)
{
	send_data_on(1, call, msp_line, text);
}

static TapixMspData *last_msp_data(void)
{
	TapixMspData *d;

	mock_lock(w.mock);
	d = tapix_msp_data__unpack(NULL, w.mock->last_size, w.mock->last_body);
	mock_unlock(w.mock);
	ck_assert_ptr_nonnull(d);
	return d;
}

static void dispatch_quietly(void)
{
	struct pollfd p = { (int)w.event, POLLIN, 0 };
	LINEMESSAGE m;

	ck_assert_int_eq(poll(&p, 1, PATIENCE_MS), 1);
	ck_assert_int_eq(lineGetMessage(w.app, &m, 0), LINEERR_OPERATIONFAILED);
}

START_TEST(msp_data_reaches_its_instance_and_the_answer_goes_back)
{
	struct msp m;
	uint64_t id;
	HCALL call;
	TapixMspData *d;

	make_instance(&m);
	call = world_offer(&w, &id);
	got.answer = true;
	send_data(id, 5, "offer");
	dispatch_quietly();

	ck_assert_uint_eq(got.count, 1);
	ck_assert_uint_eq(got.call, call);
	ck_assert_uint_eq(got.call_id, id);
	ck_assert_str_eq(got.bytes, "offer");
	mock_await(w.mock, CALL_TapixMspData, 1);
	d = last_msp_data();
	ck_assert_uint_eq(d->call, id);
	ck_assert_uint_eq(d->msp_line, 5);
	ck_assert_uint_eq(d->data.len, 6);
	tapix_msp_data__free_unpacked(d, NULL);
	msp_close(app, &m);
	mock_await(w.mock, CALL_TapixCloseMspInstance, 1);
}
END_TEST

static unsigned second_count;

static bool on_second_data(struct msp *m, struct app *a, HCALL call, uint64_t call_id,
		const void *data, size_t size)
{
	(void)m, (void)a, (void)call, (void)call_id, (void)data, (void)size;
	second_count++;
	return true;
}

/* msp_line is the provider's number: two providers may both begin with the same. */
START_TEST(instances_of_two_providers_may_have_the_same_number)
{
	struct msp first, second;
	HLINE other = 0;
	uint64_t id;

	ck_assert_int_eq(lineOpen(w.app, 1, &other, w.wanted, 0, 0, LINECALLPRIVILEGE_OWNER,
					 LINEMEDIAMODE_INTERACTIVEVOICE, NULL),
			0);
	make_instance(&first);
	memset(&second, 0, sizeof(second));
	second.data = on_second_data;
	second_count = 0;
	ck_assert_int_eq(msp_create(app, other, 0, &second), 0);
	ck_assert_uint_eq(second.msp_line, first.msp_line);
	id = mock_offer(w.mock, 2);
	(void)world_expect(&w, LINE_APPNEWCALL);
	(void)world_expect(&w, LINE_CALLSTATE);
	send_data_on(2, id, 5, "offer");
	dispatch_quietly();

	ck_assert_uint_eq(got.count, 0);
	ck_assert_uint_eq(second_count, 1);
	msp_close(app, &second);
	msp_close(app, &first);
	ck_assert_int_eq(lineClose(other), 0);
}
END_TEST

START_TEST(msp_data_that_nobody_takes_is_answered_empty)
{
	TapixMspData *d;
	uint64_t id;

	(void)world_offer(&w, &id);
	send_data(id, 9, "offer");
	dispatch_quietly();

	mock_await(w.mock, CALL_TapixMspData, 1);
	d = last_msp_data();
	ck_assert_uint_eq(d->call, id);
	ck_assert_uint_eq(d->data.len, 0);
	tapix_msp_data__free_unpacked(d, NULL);
}
END_TEST

START_TEST(msp_data_waits_for_dispatch_while_functions_are_called)
{
	struct msp m;
	uint64_t id;
	DWORD a, b;

	make_instance(&m);
	(void)world_offer(&w, &id);
	send_data(id, 5, "offer");
	ck_assert_int_eq(lineGetStatusMessages(line, &a, &b), 0);
	ck_assert_uint_eq(got.count, 0);

	dispatch_quietly();
	ck_assert_uint_eq(got.count, 1);
	msp_close(app, &m);
}
END_TEST

static bool answer_the_first(struct msp *m, struct app *a, HCALL call, uint64_t call_id,
		const void *data, size_t size)
{
	(void)data, (void)size, (void)call_id;
	return got.count++ || msp_send(a, m, call, "answer", 6) == 0;
}

/* Answers go together; the last one that comes need not have any. */
START_TEST(what_an_msp_says_is_sent_before_the_application_goes_on)
{
	struct msp m;
	uint64_t id;

	make_instance(&m);
	m.data = answer_the_first;
	(void)world_offer(&w, &id);
	send_data(id, 5, "one");
	send_data(id, 5, "two");
	mock_call_state(w.mock, 1, id, LINECALLSTATE_CONNECTED, 0);
	(void)world_expect(&w, LINE_CALLSTATE);
	ck_assert_uint_eq(got.count, 2);
	mock_await(w.mock, CALL_TapixMspData, 1);
	msp_close(app, &m);
}
END_TEST

static bool swallow_msp_data(struct mock *m, const struct frame *f)
{
	(void)m;
	return f->h.kind == CALL_TapixMspData;
}

START_TEST(unanswered_msp_data_is_sent_again_after_a_break)
{
	LINEMESSAGE msg;
	struct msp m;
	uint64_t id;
	HCALL call;

	make_instance(&m);
	call = world_offer(&w, &id);
	mock_lock(w.mock);
	w.mock->handler = swallow_msp_data;
	mock_unlock(w.mock);
	ck_assert_int_eq(msp_send(app, &m, call, "one", 3), 0);
	mock_await(w.mock, CALL_TapixMspData, 1);
	mock_break(w.mock);
	dispatch_quietly();
	ck_assert_int_eq(msp_send(app, &m, call, "two", 3), 0); /* kept while away */
	(void)world_expect(&w, TAPIX_RESYNCHRONISED);
	while (mock_count(w.mock, CALL_TapixMspData) < 3)
		ck_assert_int_eq(lineGetMessage(w.app, &msg, 5), LINEERR_OPERATIONFAILED);
	msp_close(app, &m);
}
END_TEST

START_TEST(a_lost_instance_is_told)
{
	SnapshotMsp lost = SNAPSHOT_MSP__INIT, *list[] = { &lost };
	LINEMESSAGE msg;
	struct msp m;

	make_instance(&m);
	lost.has_msp_line = lost.has_device = 1;
	lost.msp_line = 5;
	mock_lock(w.mock);
	w.mock->resync.n_lost_msps = 1;
	w.mock->resync.lost_msps = list;
	mock_unlock(w.mock);
	mock_break(w.mock);
	while (!got.lost)
		(void)lineGetMessage(w.app, &msg, 20);

	ck_assert_uint_eq(got.lost, 1);
}
END_TEST

/* --- sinks and sources --- */

static struct {
	unsigned messages, making, made, gone, closing;
	HCALL call;
	bool take, wants, goes;
} sunk;

static bool sink_message(struct sink *s, struct app *a, const struct message *m)
{
	(void)s, (void)a;
	sunk.messages++;
	if (m->m.dwMessageID == LINE_CALLSTATE)
		sunk.call = m->m.hDevice;
	return sunk.take;
}

static struct sink the_sink;

static bool sink_making(struct sink *s, struct app *a, HLINE of, const LINECALLPARAMS *params)
{
	(void)s, (void)a, (void)params;
	ck_assert_uint_eq(of, line);
	sunk.making++;
	if (sunk.goes)
		sink_remove(app, &the_sink);
	return sunk.wants;
}

static void sink_made(struct sink *s, struct app *a, HLINE of, LONG result)
{
	(void)s, (void)a, (void)of;
	ck_assert_int_gt(result, 0);
	sunk.made++;
}

static void sink_gone(struct sink *s, struct app *a, HCALL call)
{
	(void)s, (void)a;
	sunk.call = call;
	sunk.gone++;
}

static void sink_closing(struct sink *s, struct app *a)
{
	(void)s, (void)a;
	sunk.closing++;
}

static struct sink the_sink = { .message = sink_message,
	.making = sink_making,
	.made = sink_made,
	.gone = sink_gone,
	.closing = sink_closing };

START_TEST(a_sink_sees_messages_first_and_may_keep_them)
{
	uint64_t id;

	memset(&sunk, 0, sizeof(sunk));
	sink_add(app, &the_sink);
	(void)world_offer(&w, &id);
	ck_assert_uint_eq(sunk.messages, 2);

	sunk.take = true;
	mock_call_state(w.mock, 1, id, LINECALLSTATE_IDLE, 0);
	dispatch_quietly();
	ck_assert_uint_eq(sunk.messages, 3);
	sink_remove(app, &the_sink);
}
END_TEST

START_TEST(a_sink_learns_of_calls_made_and_ended)
{
	HCALL call;

	memset(&sunk, 0, sizeof(sunk));
	sink_add(app, &the_sink);
	sunk.wants = true;
	ck_assert_int_gt(lineMakeCall(line, &call, "1", 0, NULL), 0);
	ck_assert_uint_eq(sunk.making + sunk.made, 2);
	(void)world_expect(&w, LINE_REPLY);
	ck_assert_int_eq(lineClose(line), 0);
	ck_assert_uint_eq(sunk.gone, 1);
	ck_assert_uint_eq(sunk.call, call);
	ck_assert_int_eq(lineShutdown(w.app), 0);
	ck_assert_uint_eq(sunk.closing, 1);
	mock_free(w.mock);
	app_unref(app);
	setup();
}
END_TEST

START_TEST(a_sink_that_wants_it_hears_how_lineMakeCall_went)
{
	HCALL call;

	memset(&sunk, 0, sizeof(sunk));
	sunk.wants = _i != 0;
	sunk.goes = _i == 2;
	sink_add(app, &the_sink);
	ck_assert_int_gt(lineMakeCall(line, &call, "1", 0, NULL), 0);

	ck_assert_uint_eq(sunk.making, 1);
	ck_assert_uint_eq(sunk.made, sunk.wants ? 1 : 0);
	sink_remove(app, &the_sink);
}
END_TEST

static unsigned sourced;

static void on_ready(struct source *s, struct app *a)
{
	char bytes[8];

	(void)a;
	sourced += read(s->fd, bytes, sizeof(bytes)) > 0;
}

START_TEST(a_source_wakes_the_application)
{
	struct pollfd p = { (int)w.event, POLLIN, 0 };
	struct source s = { .ready = on_ready };
	LINEMESSAGE m;
	int fds[2];

	ck_assert_int_eq(pipe(fds), 0);
	s.fd = fds[0];
	ck_assert_int_eq(source_add(app, &s), 0);
	ck_assert_int_eq(poll(&p, 1, 0), 0);
	ck_assert_int_eq(write(fds[1], "x", 1), 1);
	ck_assert_int_eq(poll(&p, 1, 0), 1);
	close(fds[1]);
	ck_assert_int_eq(lineGetMessage(w.app, &m, 0), LINEERR_OPERATIONFAILED);

	ck_assert_uint_eq(sourced, 1);
	source_remove(app, &s);
	close(fds[0]);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("libtapi hooks");
	TCase *t = tcase_create("hooks");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, msp_data_reaches_its_instance_and_the_answer_goes_back);
	tcase_add_test(t, instances_of_two_providers_may_have_the_same_number);
	tcase_add_test(t, msp_data_that_nobody_takes_is_answered_empty);
	tcase_add_test(t, what_an_msp_says_is_sent_before_the_application_goes_on);
	tcase_add_test(t, msp_data_waits_for_dispatch_while_functions_are_called);
	tcase_add_test(t, unanswered_msp_data_is_sent_again_after_a_break);
	tcase_add_test(t, a_lost_instance_is_told);
	tcase_add_test(t, a_sink_sees_messages_first_and_may_keep_them);
	tcase_add_loop_test(t, a_sink_that_wants_it_hears_how_lineMakeCall_went, 0, 3);
	tcase_add_test(t, a_sink_learns_of_calls_made_and_ended);
	tcase_add_test(t, a_source_wakes_the_application);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(suite())
