// SPDX-License-Identifier: MIT
/* job.h - one request of the core while it is being executed. The descriptors of request and reply
 * say what the thunk of a function needs; all of it is ready before the TSP is called, so that a
 * thunk is one line: objects resolved, structures flat, room for what comes back. */
#ifndef TSPHOST_JOB_H
#define TSPHOST_JOB_H

#include "tsphost/fault.h"
#include "tsphost/host.h"

enum { JOB_INS = 4 };

struct job {
	struct host *host;
	const struct frame *frame;
	const ProtobufCMessage *request;
	struct request *r;
	struct call *calls[2]; /* in the order of the request's fields; NULL: absent */
	struct line *line;
	struct phone *phone;
	uint32_t device;
	struct {
		uint32_t tag;
		void *data;
		uint32_t count; /* of an array */
	} ins[JOB_INS];
	unsigned in_count;
	ProtobufCMessage *reserved; /* the body of an asynchronous RETURN */
	int descriptor;             /* what TSPI_lineGetID opened, -1 none */
	struct reason refusal;      /* the host's own, when it refuses */
};

struct thunk {
	uint16_t kind;
	enum tsp_function function;
	LONG (*call)(struct job *j);
};

/* thunks.c; NULL: no TSPI function answers this kind. */
const struct thunk *thunk_find(uint16_t kind);

/* Executes one request: exactly one RETURN goes out. -EPROTO: the frame is no request. */
int job_run(struct host *h, const struct frame *f);
/* Refuses in the host's own words: the code to return. */
LONG job_refuse(struct job *j, enum fault fault, const char *fmt, ...) LOG_PRINTF(3, 4);

/* For thunks; n: which fixed64 field of the request. */
HDRVCALL job_call(const struct job *j, unsigned n);
HDRVLINE job_line(const struct job *j);
HDRVPHONE job_phone(const struct job *j);
/* The flat structure or array of the request's field, NULL when absent. */
void *job_in(const struct job *j, uint32_t tag);
DWORD job_in_count(const struct job *j, uint32_t tag);
/* Where the TSP writes the field of the reply. */
DWORD *job_number(const struct job *j, uint32_t tag);
void *job_out(const struct job *j, uint32_t tag);
DWORD job_out_size(const struct job *j, uint32_t tag);
HTAPICALL job_made(const struct job *j, uint32_t tag);
HDRVCALL *job_made_hd(const struct job *j, uint32_t tag);
/* This request makes no call after all. */
void job_unmake(struct job *j, uint32_t tag);

/* special_*.c: what needs more than one line. */
LONG special_negotiate(struct job *j);
LONG special_describe_keys(struct job *j);
LONG special_enum_devices(struct job *j);
LONG special_init(struct job *j);
LONG special_shutdown(struct job *j);
LONG special_line_open(struct job *j);
LONG special_line_close(struct job *j);
LONG special_close_call(struct job *j);
LONG special_phone_open(struct job *j);
LONG special_phone_select_ext(struct job *j);
LONG special_set_button(struct job *j);
LONG special_phone_close(struct job *j);
LONG special_create_msp(struct job *j);
LONG special_close_msp(struct job *j);
LONG special_receive_msp(struct job *j);
LONG special_gather_digits(struct job *j);
LONG special_generate_digits(struct job *j);
LONG special_generate_tone(struct job *j);
LONG special_monitor_tones(struct job *j);
LONG special_complete_transfer(struct job *j);
LONG special_forward(struct job *j);
LONG special_line_get_icon(struct job *j);
LONG special_phone_get_icon(struct job *j);
LONG special_select_ext(struct job *j);
LONG special_negotiate_phone(struct job *j);
LONG special_create_line(struct job *j);
LONG special_create_phone(struct job *j);
LONG special_configured(struct job *j);

#endif
