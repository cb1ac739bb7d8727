// SPDX-License-Identifier: MIT
/* mailbox.c - single-producer, single-consumer news. */
#include "media/mailbox.h"

#include <string.h>

void media_mailbox_init(struct media_mailbox *m, void (*notify)(void *), void *arg)
{
	memset(m, 0, sizeof(*m));
	m->notify = notify;
	m->arg = arg;
}

void mailbox_post(struct media_mailbox *m, const struct media_news *news)
{
	uint32_t tail = atomic_load_explicit(&m->tail, memory_order_relaxed);

	m->posted = true;
	if (tail - atomic_load_explicit(&m->head, memory_order_acquire) == MAILBOX_SIZE) {
		atomic_fetch_add(&m->lost, 1);
		return;
	}
	m->ring[tail % MAILBOX_SIZE] = *news;
	atomic_store_explicit(&m->tail, tail + 1, memory_order_release);
}

void mailbox_flush(struct media_mailbox *m)
{
	if (!m->posted)
		return;
	m->posted = false;
	m->notify(m->arg);
}

bool media_mailbox_take(struct media_mailbox *m, struct media_news *out)
{
	uint32_t head = atomic_load_explicit(&m->head, memory_order_relaxed);

	if (head == atomic_load_explicit(&m->tail, memory_order_acquire))
		return false;
	*out = m->ring[head % MAILBOX_SIZE];
	atomic_store_explicit(&m->head, head + 1, memory_order_release);
	return true;
}

uint32_t media_mailbox_lost(struct media_mailbox *m)
{
	return atomic_exchange(&m->lost, 0);
}
