// SPDX-License-Identifier: MIT
/* pending.h - asynchronous requests between their RETURN and their LINE_REPLY, and digits that are
 * being gathered: both hold pointers of the application. */
#ifndef LIBTAPI_PENDING_H
#define LIBTAPI_PENDING_H

#include "libtapi/call.h"

struct pending {
	struct list link; /* app.pendings */
	uint32_t serial;
	struct outs outs;
	struct made_calls made; /* reserved handles */
	uint64_t call;          /* that it is about, 0 none */
	DWORD_PTR instance;
	bool silent;   /* no LINE_REPLY, but the calls that it makes are made */
	bool returned; /* the daemon has said that it is under way */
};

struct gather {
	struct list link; /* call.gathers */
	uint32_t serial;
	char *buffer;
	DWORD size;
};

struct pending *pending_find(struct app *a, uint32_t serial);
/* The calls that it makes are valid from now on, or go. */
void pending_settle(struct app *a, const struct pending *p, bool valid);
/* lineClose: no LINE_REPLY will come. */
void pendings_forget(struct app *a, const struct line *l);
void pendings_silence(struct app *a, uint64_t call);
void pendings_clear(struct app *a);
void gathers_clear(struct call *c);
/* The buffer is about to go; its digits are thrown away. Takes the lock. */
void gathers_disown(struct app *a, const char *buffer);

#endif
