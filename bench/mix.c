// SPDX-License-Identifier: MIT
/* mix.c - bench-mix: what mixing costs, without sockets and codecs: conferences of the rtp MSP on
 * the turns of its clock, and the bare mix of as many samples. What each party of ours hears is
 * compared with the bare mix, so that nothing is measured that does not mix. */
#include "floor_mix.h"
#include "media/engine.h"
#include "media/mix.h"
#include "place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char usage[] = "usage: bench-mix PARTIES SECONDS floor|ours PLACE\n"
			    "\n"
			    "Conferences of so many, 500 parties together.\n";

enum { ALL = 500, HALVES = TICK_SAMPLES / FLOOR_MIX_SAMPLES, SETTLE = 10, BATCH = 20 };

_Static_assert(HALVES *FLOOR_MIX_SAMPLES == TICK_SAMPLES, "a tick is so many frames of the floor");

struct party {
	struct engine_task task;
	struct media_member *member;
	int16_t said[TICK_SAMPLES], hears[TICK_SAMPLES];
};

struct hall {
	size_t parties; /* of one conference; ALL / parties conferences */
	struct party all[ALL];
	struct floor_party floor[HALVES][ALL];
	struct floor_party *at[HALVES][ALL];
};

static void tick_party(struct engine_task *task, uint64_t now_ns)
{
	struct party *p = (struct party *)(void *)task;

	(void)now_ns;
	mix_hear(p->member, p->said, NULL);
	mix_speak(p->member, p->hears, false);
}

/* Speech is as loud as this on the average. */
static void speak_all(struct hall *h)
{
	uint32_t chance = 1;

	for (size_t i = 0; i < ALL; i++) {
		for (size_t k = 0; k < TICK_SAMPLES; k++) {
			chance = chance * 1664525u + 1013904223u;
			h->all[i].said[k] = (int16_t)((int32_t)(chance >> 20) - 2048);
		}
		for (size_t k = 0; k < HALVES; k++) {
			h->at[k][i] = &h->floor[k][i];
			memcpy(h->floor[k][i].said, h->all[i].said + k * FLOOR_MIX_SAMPLES,
					sizeof(h->floor[k][i].said));
		}
	}
}

static int join_all(struct hall *h)
{
	char name[MIX_NAME_MAX + 1];
	int r = 0;

	media_engine_set_manual(true);
	for (size_t i = 0; !r && i < ALL; i++) {
		(void)snprintf(name, sizeof(name), "%zu", i / h->parties);
		r = media_mix_join(name, &h->all[i].member);
		h->all[i].task.tick = tick_party;
		if (!r)
			engine_add(&h->all[i].task);
	}
	return r;
}

static void tick_floor(struct hall *h)
{
	for (size_t i = 0; i < ALL; i += h->parties) {
		for (size_t k = 0; k < HALVES; k++)
			floor_mix(h->at[k] + i, h->parties);
	}
}

static void run(struct hall *h, bool ours, int ticks)
{
	for (; ticks; ticks--) {
		if (ours)
			media_engine_step(0);
		else
			tick_floor(h);
	}
}

static bool is_mixed(const struct hall *h)
{
	for (size_t i = 0; i < ALL; i++) {
		for (size_t k = 0; k < HALVES; k++) {
			if (memcmp(h->floor[k][i].hears, h->all[i].hears + k * FLOOR_MIX_SAMPLES,
					    sizeof(h->floor[k][i].hears)) != 0)
				return false;
		}
	}
	return true;
}

static uint64_t cpu_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

int main(int argc, char **argv)
{
	static struct hall h;
	bool ours = argc == 5 && strcmp(argv[3], "ours") == 0;
	uint64_t begin, ns, length = argc == 5 ? (uint64_t)(atof(argv[2]) * 1e9) : 0;
	unsigned long ticks = 0;

	h.parties = argc == 5 ? strtoul(argv[1], NULL, 10) : 0;
	if (!h.parties || h.parties > MIX_MEMBERS_MAX || ALL % h.parties || !length) {
		fputs(usage, stderr);
		return 2;
	}
	(void)place_pin_me(place_parse(argv[4]).daemon);
	speak_all(&h);
	run(&h, false, SETTLE);
	if (ours) {
		if (join_all(&h) < 0)
			return 1;
		run(&h, true, SETTLE);
		if (!is_mixed(&h)) {
			fputs("bench-mix: what is heard is not the mix\n", stderr);
			return 1;
		}
	}
	begin = cpu_ns();
	for (ns = 0; ns < length; ns = cpu_ns() - begin) {
		run(&h, ours, BATCH);
		ticks += BATCH;
	}
	printf("cpu_us=%.4f parties=%zu\n",
			(double)ns / 1000 / (double)ticks / (double)(ALL / h.parties), h.parties);
	return 0;
}
