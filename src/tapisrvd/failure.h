// SPDX-License-Identifier: MIT
/* failure.h - the reason beside an error code: which layer, its own word, a sentence for people. */
#ifndef TAPISRVD_FAILURE_H
#define TAPISRVD_FAILURE_H

#include "base/log.h"
#include "tapi.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

struct core;

/* TAPIX_LAYER_ of tapix.h */
enum { LAYER_CLIENT = 1, LAYER_SERVER, LAYER_PROVIDER, LAYER_NETWORK };

/* Lives as long as the frame that is handled; never NULL. cause must be static or as long-lived. */
const Failure *failure_new(struct core *core, uint32_t layer, const char *cause, const char *fmt,
		...) LOG_PRINTF(4, 5);
/* Memory is short: it needs none to say so. Holds until it is asked for again. */
const Failure *failure_no_memory(void);
/* The daemon has no descriptor left. */
const Failure *failure_no_descriptor(void);
/* What store.h says cannot be written (-errno), so it is refused. */
const Failure *failure_not_kept(struct core *core, int err);
/* The code's own sentence, for those that the core answers without a better one. */
const char *failure_sentence(int32_t code);

/* "zero numbers are not sent" */
#define SET(m, field, v) ((m)->field = (v), (m)->has_##field = (m)->field != 0)
/* Device and call ids: sent even when 0, because line 0 is a line. */
#define SET_ID(m, field, v) ((m)->field = (v), (m)->has_##field = true)
#define SET_BYTES(m, field, p, n)                                                                  \
	((m)->field.data = (p), (m)->field.len = (n), (m)->has_##field = true)

#endif
