// SPDX-License-Identifier: MIT
/* devices.h - what the host must remember of devices besides the range that TSPI_providerInit was
 * told: negotiated versions, and which came and went since. */
#ifndef TSPHOST_DEVICES_H
#define TSPHOST_DEVICES_H

#include "base/map.h"

#include <stdbool.h>
#include <stdint.h>

struct device {
	uint32_t id;
	uint32_t version; /* 0: as the provider */
	bool extra;       /* made after TSPI_providerInit */
	bool removed;
};

/* All-zero is empty. */
struct devices {
	struct map by_id;
};

void devices_fini(struct devices *d);
/* NULL when nothing is known, or when memory is short. */
struct device *devices_find(const struct devices *d, uint32_t id);
struct device *devices_make(struct devices *d, uint32_t id);
/* Ids of all extra (or removed) ones into an array of room for all; returns how many. */
size_t devices_list(const struct devices *d, bool removed, uint32_t *out);

#endif
