// SPDX-License-Identifier: MIT
/* phones.h - two applications and a provider with phones, and what they do with them. */
#ifndef TESTS_CORE_PHONES_H
#define TESTS_CORE_PHONES_H

#include "world.h"

enum { PHONES = 3, DEVICE = 1 }; /* the provider's phones, and the one that is used */

/* Nobody has a phone open. */
struct phones {
	struct world w;
	struct mock *host, *a, *b;
};

void phones_set_up(struct phones *f);
int32_t phones_try_open(struct mock *app, uint32_t device, uint32_t version, uint32_t privilege,
		uint32_t ext);
uint32_t phones_open(struct mock *app, uint32_t privilege);
int32_t phones_set_masks(struct mock *app, uint32_t open, uint32_t states, uint32_t modes,
		uint32_t button_states);
int32_t phones_set_lamp(struct mock *app, uint32_t open, uint32_t device);
int32_t phones_get_lamp(struct mock *app, uint32_t open);
int32_t phones_close(struct mock *app, uint32_t open);

#endif
