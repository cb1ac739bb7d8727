// SPDX-License-Identifier: MIT
/* mock_msp.h - an MSP that carries nothing and tells what was asked of it; a shared object of its
 * own, so tests reach `mock_msp` with dlsym. */
#ifndef TESTS_TAPI3_MOCK_MSP_H
#define TESTS_TAPI3_MOCK_MSP_H

#include <mspi.h>
#include <stdbool.h>

#define MOCK_MSP_UUID "0d3d2a44-6a2e-4b8f-9c1d-3f1e5a7b9c01"
#define MOCK_MSP_CLSID                                                                             \
	{                                                                                          \
		0x0d3d2a44, 0x6a2e, 0x4b8f,                                                        \
		{                                                                                  \
			0x9c, 0x1d, 0x3f, 0x1e, 0x5a, 0x7b, 0x9c, 0x01                             \
		}                                                                                  \
	}

enum { MOCK_MSP_LOG = 65536, MOCK_MSP_EVENTS = 64, MOCK_MSP_BYTES = 65536 };

struct msp_terminal {
	GUID clsid;
	DWORD media_type, direction, state;
	unsigned selected;
	char file[64];
	bool is_bad; /* the file of the last set_play_list was "bad.wav" */
};

struct msp_stream {
	struct msp_call *call;
	DWORD direction;
	struct msp_terminal *terminals[4];
	unsigned count;
	bool removed;
};

struct msp_call {
	void *cookie;
	DWORD flags, media_types;
	struct msp_stream streams[2];
	char formats[64];
};

struct mock_msp {
	char log[MOCK_MSP_LOG];               /* one operation a line, oldest first */
	unsigned addresses, calls, terminals; /* that live now */
	unsigned inside; /* operations running: more than one is libtapi's mistake */
	bool overlapped;
	bool touched_removed; /* an operation on a stream that is not there any more */
	struct msp_call *last_call;
	struct msp_terminal *last_terminal;
	unsigned char bytes[MOCK_MSP_BYTES]; /* of the last receive_tsp_data */
	DWORD size;
	struct msp_event events[MOCK_MSP_EVENTS];
	unsigned first_event, event_count;
	const struct msp_host *host;
	void *host_arg;
	LONG next_error;              /* of the next create_call */
	DWORD only_types;             /* other than 0: create_call refuses others */
	void (*on_create_call)(void); /* called inside create_call */
};

/* What an MSP with threads would do. */
void mock_msp_raise(const struct msp_event *e);

#endif
