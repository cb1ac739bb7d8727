// SPDX-License-Identifier: MIT
/* test_replay.c - the same seed and the same requests give the same log, to the letter. */
#include "suites.h"
#include "world.h"

#include "providers/exchange/exchange.h"

#include <stdlib.h>
#include <string.h>

/* A small generator of its own: the exchange's must not see what the host does. */
static uint32_t dice;

static uint32_t roll(uint32_t sides)
{
	dice = dice * 1664525u + 1013904223u;
	return (dice >> 16) % sides;
}

static const char *const numbers[] = { "101", "102", "103", "104", "105" };

/* Most of these fail: the calls are those that chance finds. */
static void serve(DWORD call)
{
	DWORD other = 1 + roll(world_calls());

	switch (roll(10)) {
	case 0:
		(void)world_hold(call);
		break;
	case 1:
		(void)world_unhold(call);
		break;
	case 2:
		(void)world_swap_hold(call, other);
		break;
	case 3:
		if (world_setup_transfer(call) > 0)
			(void)world_dial(world_calls(), numbers[roll(5)]);
		break;
	case 4:
		(void)world_complete_transfer(call, other);
		break;
	case 5:
		(void)world_complete_as_conference(call, other);
		break;
	case 6:
		(void)world_blind_transfer(call, numbers[roll(5)]);
		break;
	case 7:
		if (world_setup_conference(call, NULL) > 0)
			(void)world_dial(world_calls(), numbers[roll(5)]);
		break;
	case 8:
		(void)world_add(call, other);
		break;
	default:
		(void)world_remove(call);
		break;
	}
}

static void act(void)
{
	DWORD call = world_calls() ? 1 + roll(world_calls()) : 0;

	switch (roll(8)) {
	case 0:
	case 1:
		(void)world_make(numbers[roll(4)], numbers[roll(5)], NULL);
		break;
	case 2:
		if (call)
			(void)world_answer(call);
		break;
	case 3:
		if (call)
			(void)world_drop(call);
		break;
	case 4:
		if (call)
			(void)world_msp_says(call, "TAPI-RTP/1 offer 1\n\nsdp");
		break;
	case 5:
	case 6:
		if (call)
			serve(call);
		break;
	default:
		exchange_advance(roll(3000));
		break;
	}
}

static char *run(const char *seed)
{
	const char *config[] = { "seed", seed, "setup_ms", "50", "setup_jitter_ms", "900",
		"congestion_percent", "20", NULL };
	char *log;

	dice = 1;
	world_start(config);
	(void)world_add_msp("101");
	(void)world_add_msp("103");
	for (int i = 0; i < 3000; i++)
		act();
	log = strdup(world_take());
	ck_assert_ptr_nonnull(log);
	world_stop();
	return log;
}

START_TEST(the_same_seed_gives_the_same_log)
{
	char *first = run("4711"), *again = run("4711"), *other = run("4712");

	ck_assert_uint_gt(strlen(first), 10000);
	ck_assert_str_eq(first, again);
	ck_assert_str_ne(first, other);
	free(first);
	free(again);
	free(other);
}
END_TEST

TCase *replay_case(void)
{
	TCase *tc = tcase_create("replay");

	tcase_add_test(tc, the_same_seed_gives_the_same_log);
	return tc;
}
