// SPDX-License-Identifier: MIT
/* world.h - the tests play the provider host: an exchange on the virtual clock, its lines open, and
 * a log of everything it says, one line each:
 *
 *     reply 7 0                       a completion
 *     101 NEWCALL 2                   the host names new calls 1, 2, ... in the order they come
 *     102.2 CALLSTATE OFFERING 1      extension.call, the state, its mode
 *     102 phone STATE 0x40 12         the set's PHONE_STATE, with its detail
 *     102 phone BUTTON 5 DOWN
 *     102.2 msp offer 1 <v=0>         a message to the MSP with its first header and its body
 *     because Q.850 17 user busy      before the line that it explains
 */
#ifndef EXCHANGE_WORLD_H
#define EXCHANGE_WORLD_H

#include <check.h>
#include <stdbool.h>
#include <tspi.h>

#define WORLD_LINE_BASE  10u
#define WORLD_PHONE_BASE 20u
#define WORLD_NOBODY     0u

struct world_call {
	HDRVCALL hd;
	DWORD number; /* the host's name, also its HTAPICALL */
	DWORD device;
};

/* Keys and values, NULL at the end; opens all lines. The clock is virtual. */
void world_start(const char *const *config);
void world_stop(void);
/* Opens a line that was closed: its place in the list of extensions. */
void world_open(DWORD index);

/* Everything said since the last take. */
const char *world_take(void);
#define expect_log(text) ck_assert_str_eq(world_take(), (text))
/* What TSPI_REASON said last. */
const char *world_cause(void);

HDRVLINE world_line(const char *extension);
/* Opens the set of an extension; it tells everything. */
HDRVPHONE world_phone(const char *extension);
/* What a hand does at it: phoneDevSpecific. */
LONG world_touch(HDRVPHONE phone, const char *words);
/* The display as it is, trailing blanks of each row cut: "first|second". */
const char *world_display(HDRVPHONE phone);
const PHONESTATUS *world_phone_status(HDRVPHONE phone);
/* The call that the host named number. */
HDRVCALL world_call(DWORD number);
DWORD world_calls(void);
/* From now on LINE_NEWCALL is refused (or taken again). */
void world_refuse_calls(bool refuse);

/* Run inside of the next LINE_NEWCALL, as another thread of the host might. */
void world_at_new_call(void (*act)(void));

/* An id for a request that has no function here. */
DRV_REQUESTID world_request(void);
/* A call from one extension; ids of requests count from 1. The result as it came. */
LONG world_make(const char *from, const char *dest, const LINECALLPARAMS *params);
LONG world_dial(DWORD call, const char *dest);
LONG world_accept(DWORD call);
LONG world_answer(DWORD call);
LONG world_drop(DWORD call);
LONG world_hold(DWORD call);
LONG world_unhold(DWORD call);
LONG world_swap_hold(DWORD active, DWORD held);
/* For the next consultation. */
void world_next_params(const LINECALLPARAMS *params);
/* The consultation is the call that is named next; of conferences, the conference and then it. */
LONG world_setup_transfer(DWORD call);
LONG world_complete_transfer(DWORD call, DWORD consult);
LONG world_complete_as_conference(DWORD call, DWORD consult);
LONG world_blind_transfer(DWORD call, const char *dest);
/* `call` 0: without a first party, on this line. */
LONG world_setup_conference(DWORD call, const char *line);
LONG world_prepare_add(DWORD conference);
LONG world_add(DWORD conference, DWORD consult);
LONG world_remove(DWORD party);
LONG world_redirect(DWORD call, const char *dest);
/* The calls that are taken are named next. */
LONG world_pickup(const char *line, const char *dest, const char *group);
LONG world_unpark(const char *line, const char *address);
LONG world_close_call(DWORD call);
/* 101 calls `to`, 102 for example, which answers; both are CONNECTED, the log is empty. */
void world_connect(const char *from, const char *to);

DWORD world_state(DWORD call);
DWORD world_features(DWORD call);
/* Big enough for every test; overwritten by the next one. */
const LINECALLINFO *world_info(DWORD call);
const char *world_part(const void *structure, DWORD size, DWORD offset);

/* The MSPs. */
HDRVMSPLINE world_add_msp(const char *extension);
LONG world_msp_says(DWORD call, const char *text);
LONG world_msp_bytes(DWORD call, const void *data, DWORD size);

#endif
