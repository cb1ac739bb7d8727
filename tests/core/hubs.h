// SPDX-License-Identifier: MIT
/* hubs.h - an application that asked for call hubs, and calls that are in some. */
#ifndef TESTS_CORE_HUBS_H
#define TESTS_CORE_HUBS_H

#include "world.h"

struct hubs {
	struct world w;
	struct mock *host, *app;
	uint32_t open[2];
};

struct mock *hubs_tracker(struct world *w);
/* It has lines 0 and 1 of the first provider; second: another, whose host is the test's, or NULL.
 */
void hubs_set_up(struct hubs *f, const char *second);
void hubs_state(struct mock *host, uint64_t call, uint32_t state, uint32_t hub);
/* dwCallID has changed, the state has not. */
void hubs_changed(struct mock *host, uint64_t call, uint32_t hub);
uint64_t hubs_call(struct mock *host, uint32_t device, uint32_t hub);
/* Of its last message of this kind. */
uint64_t hubs_object(const struct mock *app, uint32_t msg);

#define hubs_expect(app, news, closes)                                                             \
	do {                                                                                       \
		ck_assert_uint_eq(app_new_hubs(app), news);                                        \
		ck_assert_uint_eq(app_events(app, LINE_CALLHUBCLOSE), closes);                     \
	} while (0)

#endif
