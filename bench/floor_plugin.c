// SPDX-License-Identifier: MIT
/* floor_plugin.c - a plugin of floor_daemon.c: 64 KiB of data that it has touched. */
#include <string.h>

static char data[65536];

__attribute__((visibility("default"))) char *plugin_init(void);

char *plugin_init(void)
{
	return memset(data, 1, sizeof(data));
}
