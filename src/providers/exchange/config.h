// SPDX-License-Identifier: MIT
/* config.h - what the daemon's configuration file says about the exchange (tapi-exchange(7)). */
#ifndef EXCHANGE_CONFIG_H
#define EXCHANGE_CONFIG_H

#include "numbers.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tspi.h>

#define CONFIG_EXTENSIONS_MAX NUMBERS_MAX
#define CONFIG_NUMBER_MAX     NUMBER_DIGITS /* digits of an extension's number */
#define CONFIG_NAME_MAX       63            /* bytes of a name */

typedef number_text config_number;

/* What a line is; in this order they get their device ids. */
enum line_kind {
	LINE_KIND_EXTENSION,
	LINE_KIND_TRUNK,       /* it stands for the public network */
	LINE_KIND_QUEUE,       /* calls wait there */
	LINE_KIND_ROUTE_POINT, /* calls are sent elsewhere there */
	LINE_KINDS
};

/* One line of the file, as it was written. */
struct config_given {
	char *key, *value;
};

struct config {
	struct config_given *given;
	size_t given_count;
	struct numbers lines[LINE_KINDS];
	struct numbers orbits;  /* where calls are parked */
	config_number *numbers; /* of all lines, in order */
	size_t count;
	char *names;  /* as written: "Alice,Bob"; NULL: "Extension 101" and so on */
	char *groups; /* as written: "sales: 101-102; support: 103"; NULL: all are one group */
	char *comment, *display, *route_to; /* NULL: none */
	uint32_t calls_per_line, conference_parties;
	uint32_t no_answer_ms, absent_ms, dial_ms, ring_ms, media_ms;
	uint32_t setup_ms, setup_jitter_ms;
	uint32_t congestion_percent;
	uint32_t uui_size;
	uint32_t park_ms, queue_ms, route_ms, charge_ms, completion_ms;
	bool virtual_clock;
	bool sets_apart; /* the sets and the lines do not know of each other */
	uint64_t seed;
};

int config_init(struct config *c);
void config_fini(struct config *c);

/**
 * Take one line of the file.
 *
 * Ownership: both strings are copied; on failure *why is a sentence that lives until the next
 * failure. Errors:    -ENOENT unknown key, -EINVAL bad value, -ENOMEM.
 */
int config_set(struct config *c, const char *key, const char *value, const char **why);

/* A key that does not go with the others of its set, and why; NULL: there is none. */
const char *config_fault(const struct config *c, const char **why);
/* A key that differs in the next set and cannot change while this one runs; NULL: there is none. */
const char *config_fixed_key(const struct config *running, const struct config *next);
/* Describes all keys (TSPI_providerDescribeKeys). */
void config_describe(TSPI_DESCRIBE describe, DWORD_PTR context);

enum line_kind config_kind(const struct config *c, size_t index);
/* The pickup group of the index-th line, "" if it has none. False: no group has this name. */
void config_group(const struct config *c, size_t index, char name[CONFIG_NAME_MAX + 1]);
bool config_has_group(const struct config *c, const char *name);
/* The name of the index-th line. */
void config_name(const struct config *c, size_t index, char name[CONFIG_NAME_MAX + 1]);

#endif
