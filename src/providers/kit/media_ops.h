// SPDX-License-Identifier: MIT
/* media_ops.h - what the parts of kit that deal with digits and tones need of their provider. A
 * call is the provider's own, and all of it is under the provider's lock. */
#ifndef KIT_MEDIA_OPS_H
#define KIT_MEDIA_OPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tspi.h>

struct call;
struct rtpmsg_writer;
struct timer;

struct media_ops {
	/* Keeps the sentence for the host and returns the code. */
	LONG (*fail)(LONG code, const char *cause, const char *sentence);
	/* A message of the call to the host. */
	void (*tell)(const struct call *c, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);
	/* A request to the MSP that has this call; begin returns its id. */
	uint32_t (*begin)(struct call *c, struct rtpmsg_writer *w, int verb);
	bool (*end)(struct call *c, struct rtpmsg_writer *w, const void *body, size_t size);
	void (*arm)(struct timer *t, uint64_t delay_ms);
	/* Less may be listened for than before. */
	void (*settle)(struct call *c);
};

#endif
