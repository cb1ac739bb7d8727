// SPDX-License-Identifier: MIT
/* tones.c - see tones.h. A number is never given to another entry soon, so that what the MSP has
 * heard of a list that was changed meanwhile finds nobody. */
#include "tones.h"

#include "base/mem.h"
#include "media/rtpmsg.h"

#include <stdio.h>
#include <string.h>

#define DURATION_MIN_MS 20
#define DURATION_MAX_MS 60000
#define FREQUENCY_MAX   3999
#define NUMBER_MAX      65535

struct tone_list {
	struct list link;
	DWORD id, count;
	struct {
		LINEMONITORTONE tone;
		uint32_t number;
	} entries[];
};

void tones_init(struct tones *t)
{
	*t = (struct tones){ 0 };
	list_init(&t->lists);
}

static void drop(struct tones *t, struct tone_list *l)
{
	t->count -= l->count;
	list_remove(&l->link);
	mem_free(l);
}

void tones_fini(struct tones *t)
{
	list_for_safe(link, &t->lists)
		drop(t, list_entry(link, struct tone_list, link));
}

bool tone_is_valid(DWORD duration_ms, const DWORD hz[TONES_FREQUENCIES])
{
	for (int i = 0; i < TONES_FREQUENCIES; i++) {
		if (hz[i] > FREQUENCY_MAX)
			return false;
	}
	return duration_ms <= DURATION_MAX_MS;
}

size_t tone_write_frequencies(char *out, size_t size, const DWORD hz[TONES_FREQUENCIES])
{
	size_t used = 0;

	for (int i = 0; i < TONES_FREQUENCIES; i++) {
		if (hz[i])
			used += (size_t)snprintf(out + used, size - used, " %u", (unsigned)hz[i]);
	}
	return used;
}

static struct tone_list *find(const struct tones *t, DWORD id)
{
	list_for(link, &t->lists) {
		struct tone_list *l = list_entry(link, struct tone_list, link);

		if (l->id == id)
			return l;
	}
	return NULL;
}

static LONG check(const struct tones *t, const struct media_ops *ops, DWORD others,
		const LINEMONITORTONE *tones, DWORD count)
{
	(void)t;
	if (count > TONES_LIST_MAX)
		return ops->fail(LINEERR_INVALTONE, "tones", "a list has at most 16 tones");
	for (DWORD i = 0; i < count; i++) {
		const DWORD hz[] = { tones[i].dwFrequency1, tones[i].dwFrequency2,
			tones[i].dwFrequency3 };

		if (!tone_is_valid(tones[i].dwDuration, hz))
			return ops->fail(LINEERR_INVALTONE, "tones",
					"frequencies are up to 3999 Hz, durations up to 60000 ms");
	}
	if (others + count > TONES_ALL_MAX)
		return ops->fail(LINEERR_RESOURCEUNAVAIL, "tones",
				"a call is listened to for at most 64 tones");
	return 0;
}

static uint32_t next_number(struct tones *t)
{
	t->last_number = t->last_number == NUMBER_MAX ? 1 : t->last_number + 1;
	return t->last_number;
}

LONG tones_set(struct tones *t, const struct media_ops *ops, DWORD id, const LINEMONITORTONE *tones,
		DWORD count)
{
	struct tone_list *old = find(t, id), *l = NULL;
	LONG err;

	count = tones ? count : 0;
	err = check(t, ops, t->count - (old ? old->count : 0), tones, count);
	if (err)
		return err;
	if (count) {
		l = mem_zalloc(1, sizeof(*l) + count * sizeof(l->entries[0]));
		if (!l)
			return LINEERR_NOMEM;
	}
	if (old)
		drop(t, old);
	if (old || l)
		t->version++;
	if (!l)
		return 0;
	l->id = id;
	for (; l->count < count; l->count++) {
		l->entries[l->count].tone = tones[l->count];
		l->entries[l->count].number = next_number(t);
	}
	t->count += count;
	list_append(&t->lists, &l->link);
	return 0;
}

size_t tones_write(const struct tones *t, char *out)
{
	size_t used = 0;

	list_for(link, &t->lists) {
		const struct tone_list *l = list_entry(link, struct tone_list, link);

		for (DWORD i = 0; i < l->count; i++) {
			const LINEMONITORTONE *m = &l->entries[i].tone;
			const DWORD hz[] = { m->dwFrequency1, m->dwFrequency2, m->dwFrequency3 };
			DWORD ms = m->dwDuration < DURATION_MIN_MS ? DURATION_MIN_MS
								   : m->dwDuration;

			used += (size_t)snprintf(out + used, TONES_BODY_MAX - used, "%u %u",
					(unsigned)l->entries[i].number, (unsigned)ms);
			used += tone_write_frequencies(out + used, TONES_BODY_MAX - used, hz);
			out[used++] = '\n';
		}
	}
	return used;
}

void tones_heard(const struct tones *t, const struct media_ops *ops, const struct call *c,
		uint32_t number, DWORD tick)
{
	list_for(link, &t->lists) {
		const struct tone_list *l = list_entry(link, struct tone_list, link);

		for (DWORD i = 0; i < l->count; i++) {
			if (l->entries[i].number == number)
				ops->tell(c, LINE_MONITORTONE, l->entries[i].tone.dwAppSpecific,
						l->id, tick);
		}
	}
}
