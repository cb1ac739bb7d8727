// SPDX-License-Identifier: MIT
/* devices.c - records in a map. */
#include "tsphost/devices.h"

#include "base/mem.h"

void devices_fini(struct devices *d)
{
	size_t cursor = 0;
	void *device;

	while ((device = map_next(&d->by_id, &cursor)))
		mem_free(device);
	map_fini(&d->by_id);
}

struct device *devices_find(const struct devices *d, uint32_t id)
{
	return map_find(&d->by_id, id);
}

struct device *devices_make(struct devices *d, uint32_t id)
{
	struct device *device = devices_find(d, id);

	if (device)
		return device;
	device = mem_new(struct device);
	if (!device)
		return NULL;
	device->id = id;
	if (map_set(&d->by_id, id, device) < 0) {
		mem_free(device);
		return NULL;
	}
	return device;
}

size_t devices_list(const struct devices *d, bool removed, uint32_t *out)
{
	size_t cursor = 0, count = 0;
	const struct device *device;

	while ((device = map_next(&d->by_id, &cursor)))
		if (removed ? device->removed : device->extra)
			out[count++] = device->id;
	return count;
}
