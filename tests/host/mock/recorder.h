// SPDX-License-Identifier: MIT
/* recorder.h - what the test asks the recording TSP, by dlsym. */
#ifndef TESTS_HOST_RECORDER_H
#define TESTS_HOST_RECORDER_H

#include <tspi.h>

/* How often "TSPI_lineHold" was entered. */
TSPI_EXPORT unsigned recorder_count(const char *name);

#endif
