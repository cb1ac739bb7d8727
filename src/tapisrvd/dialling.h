// SPDX-License-Identifier: MIT
/* dialling.h - how one user dials: his locations with their area code rules, his calling cards. In
 * memory all of it, written through to the store. */
#ifndef TAPISRVD_DIALLING_H
#define TAPISRVD_DIALLING_H

#include "base/list.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <tapix_numbers.h>

struct core;
struct place;
struct request;

enum { LOCATIONS_MAX = 256, CARDS_MAX = 256, AREA_RULES_MAX = 256 };

struct location {
	struct list link;
	struct tapix_location v;
	struct tapix_area_rule *rules;
	size_t rule_count;
};

struct card {
	struct list link;
	struct tapix_card v;
};

struct dialling {
	struct list link; /* in core->dialling */
	struct core *core;
	uid_t uid;
	struct list locations, cards; /* never empty: location 0 and card 0 are built in */
	uint32_t current;             /* the id of a location */
	uint32_t next_location, next_card;
};

/* At start: what the store has. */
void dialling_load(struct core *core);
void dialling_free_all(struct core *core);
/* A user's, made with what is built in if he has none. NULL: memory is short. */
struct dialling *dialling_of(struct core *core, uid_t uid);

struct location *location_find(const struct dialling *d, uint32_t id);
struct card *card_find(const struct dialling *d, uint32_t id);
struct location *location_current(const struct dialling *d);
/* NULL: memory is short. */
struct location *location_new(struct dialling *d, uint32_t id);
struct card *card_new(struct dialling *d, uint32_t id);
void location_free(struct location *l);
void card_free(struct card *c);
/* What a member holds that it may not; NULL: nothing. */
const char *location_fault(const struct tapix_location *v);
const char *location_rule_fault(const struct tapix_area_rule *v);
const char *card_fault(const struct tapix_card *v);
/* What translate() needs; card 0 is none. */
void location_place(const struct dialling *d, const struct location *l, uint32_t card,
		struct place *out);

/* dialling_store.c: write through, and the removal of what is gone, between dialling_begin() and
 * dialling_end(). If it cannot be kept, all is read again as it was: *d and what belongs to it are
 * gone then, and the request is refused. */
void dialling_begin(const struct dialling *d);
LONG dialling_end(struct request *r);
void location_save(const struct dialling *d, const struct location *l);
void location_save_rules(const struct dialling *d, const struct location *l);
void location_erase(const struct dialling *d, uint32_t id);
void card_save(const struct dialling *d, const struct card *c);
void card_erase(const struct dialling *d, uint32_t id);
/* The current location and the next ids. */
void dialling_save(const struct dialling *d);

/* Something of LINETRANSLATECAPS has changed: LINEDEVSTATE_TRANSLATECHANGE to the user's programs.
 */
void dialling_changed(struct dialling *d);

#endif
