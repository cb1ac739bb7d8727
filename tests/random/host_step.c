// SPDX-License-Identifier: MIT
/* host_step.c - a provider host that runs one turn when it is told. */
#include "host_step.h"

#include "tsphost/host.h"

static struct host host;

int step_host_start(int fd, const char *provider)
{
	int err = host_init(&host, provider);

	return err ? err : host_attach(&host, fd);
}

bool step_host_turn(void)
{
	if (!host.ending)
		host_turn(&host);
	return !host.ending;
}

void step_host_end(void)
{
	stop_provider(&host);
	host_fini(&host);
}
