// SPDX-License-Identifier: MIT
/* mock_state.h - what mock.c (the entries) and hands.c (what the test does) share. */
#ifndef TESTS_HOST_MOCK_STATE_H
#define TESTS_HOST_MOCK_STATE_H

#include "mock.h"

#include <pthread.h>
#include <stdatomic.h>

enum { LINES = 2, CALLS = 64, FORWARDS = 4 };

struct mock_line {
	HTAPILINE ht;
	LINEEVENT event;
	int open;
};

struct mock_call {
	HTAPICALL ht;
	struct mock_line *line;
	_Atomic DWORD state, media; /* the test writes, the host asks */
	int used;
	int is_stubborn; /* it cannot be answered */
};

struct mock_forward {
	DWORD mode;
	char address[32];
};

struct mock_world {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int is_released, is_hanging;
	struct mock_line lines[LINES];
	struct mock_call calls[CALLS];
	struct mock_call *_Atomic newest;
	DWORD base;
	char pending_keys[256], keys[256]; /* "key=value;" each: of the next set, of this one */
	unsigned configured;
	_Atomic int is_out_of_service;
	_Atomic unsigned looks, drops, running, fat;
	ASYNC_COMPLETION complete;
	TSPI_REASON say;
	TSPI_BATCH batch;
	LINEEVENT create_proc;
	HPROVIDER provider;
	DRV_REQUESTID never;
	DWORD last_tag;
	char *gather;
	struct {
		char data[256];
		DWORD size;
		HDRVCALL call;
		HDRVMSPLINE msp;
	} received;
	HTAPIMSPLINE msp_line;
	struct {
		HTAPIPHONE ht;
		PHONEEVENT event, create_proc;
		int open;
		DWORD base, ext_version, lamp;
	} phone;
	struct mock_forward forwards[FORWARDS];
	DWORD forward_count, rings;
};

extern struct mock_world m;

struct mock_call *mock_call_new(struct mock_line *l, HTAPICALL ht);
void mock_set_state(struct mock_call *c, DWORD state, DWORD mode);

#endif
