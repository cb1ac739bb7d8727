// SPDX-License-Identifier: MIT
/* config.h - what the daemon's configuration file says about the exchange (tapi-exchange(7)). */
#ifndef EXCHANGE_CONFIG_H
#define EXCHANGE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tspi.h>

#define CONFIG_EXTENSIONS_MAX 1000
#define CONFIG_NUMBER_MAX     15 /* digits of an extension's number */
#define CONFIG_NAME_MAX       63 /* bytes of a name */

typedef char config_number[CONFIG_NUMBER_MAX + 1];

/* One line of the file, as it was written. */
struct config_given {
	char *key, *value;
};

struct config {
	struct config_given *given;
	size_t given_count;
	config_number *numbers; /* one an extension */
	size_t count;
	char *names; /* as written: "Alice,Bob"; NULL: "Extension 101" and so on */
	uint32_t calls_per_line, conference_parties;
	uint32_t no_answer_ms, absent_ms, dial_ms, ring_ms, media_ms;
	uint32_t setup_ms, setup_jitter_ms;
	uint32_t congestion_percent;
	uint32_t uui_size;
	bool virtual_clock;
	bool sets_apart; /* the sets and the lines do not know of each other */
	uint64_t seed;
};

int config_init(struct config *c);
void config_fini(struct config *c);

/**
 * Take one line of the file.
 *
 * Ownership: both strings are copied; on failure *why is a static sentence.
 * Errors:    -ENOENT unknown key, -EINVAL bad value, -ENOMEM.
 */
int config_set(struct config *c, const char *key, const char *value, const char **why);

/* A key that differs in the next set and cannot change while this one runs; NULL: there is none. */
const char *config_fixed_key(const struct config *running, const struct config *next);
/* Describes all keys (TSPI_providerDescribeKeys). */
void config_describe(TSPI_DESCRIBE describe, DWORD_PTR context);

/* The name of the index-th extension. */
void config_name(const struct config *c, size_t index, char name[CONFIG_NAME_MAX + 1]);

#endif
