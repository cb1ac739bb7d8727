// SPDX-License-Identifier: MIT
/* host_step.h - the provider host of the machine: its turns are the machine's to give. */
#ifndef TESTS_RANDOM_HOST_STEP_H
#define TESTS_RANDOM_HOST_STEP_H

#include <stdbool.h>

/* Takes fd. 0 or -errno. */
int step_host_start(int fd, const char *provider);
/* False: it has ended. */
bool step_host_turn(void);
void step_host_end(void);

#endif
