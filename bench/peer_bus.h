// SPDX-License-Identifier: MIT
/* peer_bus.h - a connection to a bus, by its address. */
#ifndef BENCH_PEER_BUS_H
#define BENCH_PEER_BUS_H

#include <systemd/sd-bus.h>

/* 0 or more, or -errno. */
static inline int peer_bus_open(const char *address, sd_bus **out)
{
	int err = sd_bus_new(out);

	if (err >= 0)
		err = sd_bus_set_address(*out, address);
	if (err >= 0)
		err = sd_bus_set_bus_client(*out, 1);
	return err < 0 ? err : sd_bus_start(*out);
}

#endif
