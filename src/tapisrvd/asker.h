// SPDX-License-Identifier: MIT
/* asker.h - who waits for a RETURN that comes later than the end of its handler, where no request
 * to a host does the waiting. */
#ifndef TAPISRVD_ASKER_H
#define TAPISRVD_ASKER_H

#include "failure.h"

#include <stdint.h>

struct core;
struct request;

struct asker { /* all zero: nobody waits */
	uint64_t session;
	uint32_t serial;
};

void asker_note(struct asker *a, const struct request *r);
/* Answers once, if it is still there. reply NULL: empty. */
void asker_return(struct core *core, struct asker *a, const ProtobufCMessage *reply);
void asker_fail(struct core *core, struct asker *a, int32_t code, const Failure *why);

#endif
