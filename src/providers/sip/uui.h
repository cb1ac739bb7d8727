// SPDX-License-Identifier: MIT
/* uui.h - user-user information: the User-to-User header (RFC 7433), and the queue of what has
 * come and not yet been released. */
#ifndef SIP_UUI_H
#define SIP_UUI_H

#include <stdbool.h>
#include <stddef.h>
#include <tspi.h>

#define UUI_SIZE_MAX   2048                    /* bytes that may be configured */
#define UUI_HEADER_MAX (2 * UUI_SIZE_MAX + 16) /* of its header's value, with the NUL */
#define UUI_QUEUE_MAX  8

struct uui {
	DWORD size;
	void *bytes;
};

/* The first one shows in LINECALLINFO; releasing it lets the next one show. */
struct uui_queue {
	struct uui items[UUI_QUEUE_MAX];
	size_t count;
};

/* A copy, in place of what was there; size 0: none. 0 or -ENOMEM. */
int uui_set(struct uui *u, const void *bytes, size_t size);
void uui_fini(struct uui *u);

void uui_queue_fini(struct uui_queue *q);
/* True: it is the first one, and shows now. A full queue loses it; nothing if size is 0. */
bool uui_queue_add(struct uui_queue *q, const void *bytes, size_t size);
/* Forget the first one. True: there was one. */
bool uui_queue_release(struct uui_queue *q);

/* The value of a User-to-User header: "48656c6c6f;encoding=hex". False: it is too big. */
bool uui_write(const struct uui *u, char *out, size_t size);
/**
 * The first value that can be understood.
 *
 * Errors:    -EINVAL it is none or in an encoding that we do not know, -ENOSPC it is too big.
 */
int uui_read(const char *value, void *out, size_t room, size_t *size);

#endif
