// SPDX-License-Identifier: MIT
/* buf.h - bytes that grow at the end and are eaten at the front (socket queues, built messages). */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

struct buf {
	uint8_t *data;               /* the first unread byte is data[head] */
	size_t head, size, capacity; /* size counts unread bytes */
};

/* An all-zero buf is an empty buf. */
void buf_fini(struct buf *b);
/* Room for size bytes at the end, or NULL; they count after buf_added(). */
uint8_t *buf_reserve(struct buf *b, size_t size);
void buf_added(struct buf *b, size_t size);
/* 0 or -ENOMEM, then nothing was added. */
int buf_add(struct buf *b, const void *p, size_t size);
void buf_eat(struct buf *b, size_t size);
static inline uint8_t *buf_head(const struct buf *b)
{
	return b->data ? b->data + b->head : NULL;
}

#endif
