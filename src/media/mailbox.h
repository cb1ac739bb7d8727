// SPDX-License-Identifier: MIT
/* mailbox.h - news from the clock thread to the owner of media: a ring without a lock. Objects are
 * named by numbers, so that news of something that has ended finds nobody. */
#ifndef MEDIA_MAILBOX_H
#define MEDIA_MAILBOX_H

#include "media/frame.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define MAILBOX_SIZE 256

enum media_news_kind {
	MEDIA_ACTIVE,   /* object: the session; a: 0 capture, 1 render; b: MSP_CALL_EVENT_CAUSE */
	MEDIA_INACTIVE, /* likewise */
	MEDIA_DIGIT,    /* session; a: the digit; b: 1 down, 0 up; c: milliseconds */
	MEDIA_PULSE,    /* session; a: the digit */
	MEDIA_TONE,     /* session; a: the number of one that is listened for */
	MEDIA_KIND,     /* session; a: enum media_kind */
	MEDIA_DIGITS_DONE, /* session; a: the command's id; b: 1 cancelled */
	MEDIA_TONE_DONE,   /* likewise */
	MEDIA_FILE         /* terminal; a: TERMINAL_MEDIA_STATE; b: FT_STATE_EVENT_CAUSE */
};

struct media_news {
	enum media_news_kind kind;
	uint64_t object;
	uint32_t a, b, c;
	uint32_t tick_ms;
};

struct media_mailbox {
	struct media_news ring[MAILBOX_SIZE];
	_Atomic uint32_t head, tail;
	_Atomic uint32_t lost;
	bool posted;               /* the clock thread's */
	void (*notify)(void *arg); /* clock thread; must not block */
	void *arg;
};

MEDIA_API void media_mailbox_init(struct media_mailbox *m, void (*notify)(void *), void *arg);
/* The owner's side. False: nothing is there. */
MEDIA_API bool media_mailbox_take(struct media_mailbox *m, struct media_news *out);
/* How many did not fit since the last time. */
MEDIA_API uint32_t media_mailbox_lost(struct media_mailbox *m);

/* The clock thread's side: post, and at the end of its turn notify once. */
void mailbox_post(struct media_mailbox *m, const struct media_news *news);
void mailbox_flush(struct media_mailbox *m);

#endif
