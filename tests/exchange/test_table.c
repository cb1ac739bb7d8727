// SPDX-License-Identifier: MIT
/* test_table.c - the table of transitions, row by row. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/call.h"
#include "providers/exchange/connection.h"
#include "providers/exchange/exchange.h"
#include "providers/exchange/extension.h"

/* Numbers are routed a second later, so that a step stays where its row says. */
static const char *const slow[] = { "setup_ms", "1000", NULL };

static void start(void)
{
	world_start(slow);
}

/* A row that stands for several states is walked in one of them. */
static enum call_state one_of(enum call_state in)
{
	return in == CALL_STATE_ANY || in == CALL_STATE_UP ? CALL_STATE_CONNECTED : in;
}

static const struct step *row_to(enum call_state state, size_t count, const struct step *rows)
{
	for (size_t i = 0; i < count; i++)
		if (rows[i].becomes == state && rows[i].in != state)
			return &rows[i];
	return NULL;
}

/* Walks the table backwards to NEW, then the call forwards. */
static void bring(struct call *c, enum call_state state)
{
	size_t count;
	const struct step *rows = call_steps(&count), *row;

	if (state == CALL_STATE_NEW)
		return;
	row = row_to(state, count, rows);
	ck_assert_msg(row != NULL, "no row leads to %s", call_state_name(state));
	if (row->in != CALL_STATE_ANY)
		bring(c, one_of(row->in));
	ck_assert(call_step(c, row->event, NULL));
	ck_assert_int_eq(c->state, state);
}

static struct call *call_in(enum call_state state)
{
	struct connection *k = connection_new();
	struct call *c;

	ck_assert_ptr_nonnull(k);
	c = call_new(exchange_number("101"), k, CALL_SIDE_CALLER);
	ck_assert_ptr_nonnull(c);
	c->ht_call = 1;
	c->no_answer_ms = 1000;
	bring(c, state);
	exchange_advance(0); /* empties the outbox */
	(void)world_take();
	return c;
}

static bool is_row_of(const struct step *row, enum call_state state)
{
	if (row->in == CALL_STATE_UP)
		return call_state_is_up(state);
	return row->in == state || row->in == CALL_STATE_ANY;
}

static bool is_in_table(enum call_state state, enum call_event event)
{
	size_t count;
	const struct step *rows = call_steps(&count);

	for (size_t i = 0; i < count; i++)
		if (rows[i].event == event && is_row_of(&rows[i], state))
			return state != CALL_STATE_IDLE;
	return false;
}

START_TEST(each_row_is_walked)
{
	size_t count;
	const struct step *row = &call_steps(&count)[_i];
	enum call_state in = one_of(row->in);
	struct call *c = call_in(in);
	DWORD before = call_reported_state(c);
	const char *log;

	ck_assert(call_can(c, row->event));
	ck_assert(call_step(c, row->event, NULL));

	ck_assert_int_eq(c->state, row->becomes == CALL_STATE_SAME ? in : row->becomes);
	exchange_advance(0);
	log = world_take();
	if (call_reported_state(c) == before)
		ck_assert_ptr_null(strstr(log, "CALLSTATE"));
	else
		ck_assert_ptr_nonnull(strstr(log, "101.1 CALLSTATE"));
}
END_TEST

START_TEST(what_is_in_no_row_changes_nothing)
{
	for (int s = CALL_STATE_NEW; s <= CALL_STATE_IDLE; s++)
		for (int e = 0; e < CALL_EVENT_COUNT; e++) {
			struct call *c = call_in((enum call_state)s);

			if (!is_in_table((enum call_state)s, (enum call_event)e)) {
				ck_assert(!call_can(c, (enum call_event)e));
				ck_assert(!call_step(c, (enum call_event)e, NULL));
				ck_assert_int_eq(c->state, s);
				exchange_advance(0);
				expect_log("");
			}
			call_close(c);
		}
}
END_TEST

START_TEST(idle_is_final)
{
	struct call *c = call_in(CALL_STATE_IDLE);

	for (int e = 0; e < CALL_EVENT_COUNT; e++)
		ck_assert(!call_step(c, (enum call_event)e, NULL));

	ck_assert_int_eq(c->state, CALL_STATE_IDLE);
	ck_assert_uint_eq(call_features(c), 0);
}
END_TEST

START_TEST(every_state_but_new_is_reported_as_one_bit)
{
	for (int s = CALL_STATE_DIALTONE; s <= CALL_STATE_IDLE; s++) {
		struct call *c = call_in((enum call_state)s);
		DWORD bit = call_reported_state(c);

		ck_assert_uint_ne(bit, 0);
		ck_assert_uint_eq(bit & (bit - 1), 0);
		ck_assert_uint_eq(bit & call_possible_states(), bit);
		ck_assert_uint_eq(call_features(c) & ~call_possible_features(), 0);
		call_close(c);
	}
}
END_TEST

TCase *table_case(void)
{
	TCase *tc = tcase_create("table");
	size_t count;

	(void)call_steps(&count);
	tcase_add_checked_fixture(tc, start, world_stop);
	tcase_add_loop_test(tc, each_row_is_walked, 0, (int)count);
	tcase_add_test(tc, what_is_in_no_row_changes_nothing);
	tcase_add_test(tc, idle_is_final);
	tcase_add_test(tc, every_state_but_new_is_reported_as_one_bit);
	return tc;
}
