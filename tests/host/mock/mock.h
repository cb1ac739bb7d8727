// SPDX-License-Identifier: MIT
/* mock.h - a TSP whose conduct the dialled address chooses, and what the test asks it by dlsym.
 *
 *   storm     raises STORM events, LINE_DEVSPECIFIC from 1 on
 *   early     CALLSTATE, then the completion, then the return
 *   twice     completes twice                      thread    completes from another thread, later
 *   fail      completes with 0, returns an error   zero, other  returns 0, or another number
 *   positive  completes with 5                     never     completes only when told, see
 * mock_late() nohandle  gives no call handle                 refuse    returns BADADDR... with a
 * reason busy      completes with an error and a reason from another thread hang      waits for
 * mock_release()             crash     abort() stale     raises events with handles that are none
 */
#ifndef TESTS_HOST_MOCK_H
#define TESTS_HOST_MOCK_H

#include <tspi.h>

enum { STORM = 400000 };

/* A handle of its own, one that was never given out, 0. */
enum { MOCK_OWN, MOCK_FOREIGN, MOCK_NONE };

struct mock_api {
	/* An incoming call on the first line, from the calling thread; its HTAPICALL. */
	HTAPICALL (*ring)(void);
	/* LINE_CALLSTATE of the newest call. */
	void (*state)(DWORD state, DWORD mode, DWORD media);
	/* Any event on the line of the newest call, with or without the call. */
	void (*event)(int with_call, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);
	/* The same with handles of this kind. */
	void (*event_on)(int line, int call, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);
	/* LINE_CREATE through the procedure of TSPI_providerEnumDevices. */
	void (*create)(DWORD_PTR temp_id);
	/* LINE_REMOVE likewise. */
	void (*remove)(DWORD device);
	/* Any event on the phone; PHONE_CREATE and PHONE_REMOVE as above. */
	void (*phone_event)(DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);
	void (*phone_create)(DWORD msg, DWORD_PTR p1, DWORD_PTR p2);
	unsigned (*phones)(void);  /* open ones */
	void (*late)(LONG result); /* completes the last "never" */
	void (*release)(void);
	void (*wait_hanging)(void); /* until an entry hangs */
	void (*reason)(const char *cause, const char *sentence);
	void (*batch)(int begins);
	/* How often TSPI_lineGetCallInfo was entered. */
	unsigned (*looks)(void);
	/* From now on LINECALLINFO has this many bytes of device specific data. */
	void (*fatten)(unsigned size);
	/* How many calls are not closed, how many lines are open, is it running. */
	unsigned (*calls)(void), (*lines)(void), (*running)(void);
	unsigned (*dropped)(void);
	DWORD (*last_tag)(void); /* dwEndToEndID of the last digits or tones */
	char *(*gather_buffer)(void);
	/* What TSPI_lineReceiveMSPData got last. */
	const char *(*received)(DWORD *size, HDRVCALL *call, HDRVMSPLINE *msp);
	HTAPIMSPLINE (*msp)(void);
	/* TSPI_lineGetLineDevStatus gives a reason. */
	void (*out_of_service)(int yes);
	/* The keys in force, "key=value;" each; how often TSPI_providerConfigured was entered. */
	const char *(*keys)(void);
	unsigned (*configured)(void);
};

TSPI_EXPORT const struct mock_api *mock_api(void);

#endif
