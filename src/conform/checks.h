// SPDX-License-Identifier: MIT
/* checks.h - the tables of checks, in the order of a provider's life. */
#ifndef CONFORM_CHECKS_H
#define CONFORM_CHECKS_H

#include "conform.h"

extern const struct check checks_load[], checks_session[], checks_caps[], checks_feature[],
		checks_call[];
extern const size_t checks_load_count, checks_session_count, checks_caps_count,
		checks_feature_count, checks_call_count;

#endif
