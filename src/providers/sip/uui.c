// SPDX-License-Identifier: MIT
/* uui.c - the header User-to-User, and the queue. A value without a purpose is the ISDN's
 * (RFC 7434), which is hex; so is what we write. The bytes are the program's, its protocol
 * discriminator included. */
#include "uui.h"

#include "text.h"

#include "base/mem.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int uui_set(struct uui *u, const void *bytes, size_t size)
{
	void *copy = NULL;

	if (size) {
		copy = mem_dup(bytes, size);
		if (!copy)
			return -ENOMEM;
	}
	mem_free(u->bytes);
	u->bytes = copy;
	u->size = (DWORD)size;
	return 0;
}

void uui_fini(struct uui *u)
{
	mem_free(u->bytes);
	*u = (struct uui){ 0, NULL };
}

void uui_queue_fini(struct uui_queue *q)
{
	for (size_t i = 0; i < q->count; i++)
		uui_fini(&q->items[i]);
	q->count = 0;
}

bool uui_queue_add(struct uui_queue *q, const void *bytes, size_t size)
{
	struct uui *u = &q->items[q->count];

	if (size == 0 || q->count == UUI_QUEUE_MAX)
		return false;
	*u = (struct uui){ 0, NULL };
	if (uui_set(u, bytes, size))
		return false;
	return q->count++ == 0;
}

bool uui_queue_release(struct uui_queue *q)
{
	if (!q->count)
		return false;
	uui_fini(&q->items[0]);
	q->count--;
	memmove(&q->items[0], &q->items[1], q->count * sizeof(q->items[0]));
	return true;
}

bool uui_write(const struct uui *u, char *out, size_t size)
{
	static const char end[] = ";encoding=hex", digits[] = "0123456789abcdef";
	const unsigned char *bytes = u->bytes;
	char *p = out;

	if (u->size > UUI_SIZE_MAX || 2 * (size_t)u->size + sizeof(end) > size)
		return false;
	for (DWORD i = 0; i < u->size; i++) {
		*p++ = digits[bytes[i] >> 4];
		*p++ = digits[bytes[i] & 15];
	}
	memcpy(p, end, sizeof(end));
	return true;
}

static int nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static int read_hex(struct text t, unsigned char *out, size_t room, size_t *size)
{
	if (t.size >= 2 && t.p[0] == '"' && t.p[t.size - 1] == '"')
		t = (struct text){ t.p + 1, t.size - 2 };
	if (t.size == 0 || t.size % 2)
		return -EINVAL;
	if (t.size / 2 > room)
		return -ENOSPC;
	for (size_t i = 0; i < t.size; i += 2) {
		int high = nibble(t.p[i]), low = nibble(t.p[i + 1]);

		if (high < 0 || low < 0)
			return -EINVAL;
		out[i / 2] = (unsigned char)(high << 4 | low);
	}
	*size = t.size / 2;
	return 0;
}

int uui_read(const char *value, void *out, size_t room, size_t *size)
{
	struct text rest = text_of(value), one, params, encoding;
	int err = -EINVAL;

	while (err && text_next_value(&rest, &one)) {
		params = text_split_params(&one);
		if (text_param(params, "encoding", &encoding) && !text_is(encoding, "hex") &&
				!text_is(encoding, "\"hex\""))
			continue;
		err = read_hex(one, out, room, size);
	}
	return err;
}
