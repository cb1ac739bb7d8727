// SPDX-License-Identifier: MIT
/* thunks.c - thunks.def as functions and as a table by kind. */
#include "tsphost/job.h"

#include <string.h>

#define ID          j->r->id
#define CALL        job_call(j, 0)
#define CALL2       job_call(j, 1)
#define LINE        job_line(j)
#define PHONE       job_phone(j)
#define DEVICE      j->device
#define VERSION     j->r->version
#define DATA(x)     ((void *)q->x.data)
#define SIZE(x)     ((DWORD)q->x.len)
#define LETTERS(x)  ((DWORD)(q->x ? strlen(q->x) : 0))
#define LENGTH(x)   ((DWORD)(q->x ? strlen(q->x) + 1 : 0))
#define IN(tag)     job_in(j, tag)
#define COUNT(tag)  job_in_count(j, tag)
#define NUMBER(tag) job_number(j, tag)
#define OUT(tag)    job_out(j, tag)
#define ROOM(tag)   job_out_size(j, tag)
#define HT(tag)     job_made(j, tag)
#define HD(tag)     job_made_hd(j, tag)

#define SPECIAL(request_type, function_name, handler)
#define THUNK(request_type, function_name, arguments)                                              \
	static LONG call_##request_type(struct job *j)                                             \
	{                                                                                          \
		const request_type *q = (const request_type *)j->request;                          \
                                                                                                   \
		(void)q;                                                                           \
		return j->host->tsp.function_name arguments;                                       \
	}
#include "tsphost/thunks.def"
#undef SPECIAL
#undef THUNK

/* CALL() of calls.h is not in use here; its numbers are. */
static const struct thunk thunks[CALL_MAX] = {
#define SPECIAL(request_type, function_name, handler)                                              \
	[CALL_##request_type] = { CALL_##request_type, TSP_##function_name, handler },
#define THUNK(request_type, function_name, arguments)                                              \
	[CALL_##request_type] = { CALL_##request_type, TSP_##function_name, call_##request_type },
#include "tsphost/thunks.def"
#undef SPECIAL
#undef THUNK
};

const struct thunk *thunk_find(uint16_t kind)
{
	return kind < CALL_MAX && thunks[kind].call ? &thunks[kind] : NULL;
}
