// SPDX-License-Identifier: MIT
/* slice.c - see slice.h. */
#include "slice.h"

#include "base/clock.h"
#include "base/mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SAMPLES = 1 << 20 };

static int by_size(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

uint32_t slice_percentile(uint32_t *samples, size_t count, unsigned p)
{
	if (!count)
		return 0;
	qsort(samples, count, sizeof(*samples), by_size);
	return samples[(count - 1) * p / 100];
}

static int place(const struct slice *s)
{
	int err = place_pin(0, s->place.others);

	for (size_t i = 0; !err && i < SLICE_SERVERS && s->servers[i]; i++)
		err = place_pin(s->servers[i], i ? s->place.others : s->place.daemon);
	return err;
}

/* sign: -1 before, +1 after. Unsigned arithmetic makes the difference. */
static void count_cpu(struct slice *s, uint64_t sign)
{
	s->client_cpu_ns += sign * place_cpu_ns(0);
	for (size_t i = 0; i < SLICE_SERVERS && s->servers[i]; i++)
		s->server_cpu_ns[i] += sign * place_cpu_ns(s->servers[i]);
}

void slice_set_length(struct slice *s, const char *text)
{
	double number = atof(text);

	if (strchr(text, 'x'))
		s->wanted = (size_t)number;
	s->length_ns = s->wanted ? UINT64_MAX / 2 : (uint64_t)(number * 1e9);
}

static int measure(struct slice *s, uint32_t *samples)
{
	uint64_t before, now = clock_now_ns(), end = now + s->length_ns;

	while (now < end && s->count < (s->wanted ? s->wanted : MAX_SAMPLES)) {
		int err = s->round_trip(s->arg);

		if (err)
			return err;
		before = now;
		now = clock_now_ns();
		samples[s->count++] = (uint32_t)(now - before);
	}
	return 0;
}

int slice_run(struct slice *s)
{
	uint32_t *samples = mem_new_array(uint32_t, s->wanted ? s->wanted : MAX_SAMPLES);
	int err = samples ? place(s) : -ENOMEM;

	for (int i = 0; !err && i < SLICE_WARM_UP; i++)
		err = s->round_trip(s->arg);
	if (!err) {
		count_cpu(s, (uint64_t)-1);
		err = measure(s, samples);
		count_cpu(s, 1);
		s->p50_ns = slice_percentile(samples, s->count, 50);
		s->p99_ns = slice_percentile(samples, s->count, 99);
	}
	mem_free(samples);
	return err;
}

void slice_print(const struct slice *s)
{
	double n = s->count ? (double)s->count : 1;

	printf("n=%zu p50_us=%.3f p99_us=%.3f client_cpu_us=%.3f", s->count, s->p50_ns / 1e3,
			s->p99_ns / 1e3, (double)s->client_cpu_ns / n / 1e3);
	for (size_t i = 0; i < SLICE_SERVERS && s->servers[i]; i++)
		printf(" cpu%zu_us=%.3f", i, (double)s->server_cpu_ns[i] / n / 1e3);
	printf("\n");
}
