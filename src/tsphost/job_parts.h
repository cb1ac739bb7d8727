// SPDX-License-Identifier: MIT
/* job_parts.h - what a job needs before and after the TSP's entry, all found by walking the
 * descriptors of its request and reply. Functions return 0 or the code to answer with. */
#ifndef TSPHOST_JOB_PARTS_H
#define TSPHOST_JOB_PARTS_H

#include "tsphost/job.h"

/* Calls, line, phone, device, version. */
LONG parts_resolve(struct job *j);
/* Structures of the request made flat, memory for the reply, new calls. */
LONG parts_prepare(struct job *j);
/* True: a structure did not fit, there is more room now, ask again. */
bool parts_grow(struct job *j);
/* The body of an asynchronous RETURN: the ids of the new calls. */
ProtobufCMessage *parts_reserved(struct job *j);

#endif
