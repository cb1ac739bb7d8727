// SPDX-License-Identifier: MIT
/* mock_host.h - a provider host that answers what it is asked, unless told not to. */
#ifndef TESTS_CORE_MOCK_HOST_H
#define TESTS_CORE_MOCK_HOST_H

#include "world.h"

/* A frame of the core has come. */
void mock_host_react(struct mock *host, const struct seen *s);
/* Says hello as a host that outlived its core. */
struct mock *mock_host_resume(struct world *w, const struct mock *before);
void mock_host_end_snapshot(struct mock *host);

#endif
