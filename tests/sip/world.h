// SPDX-License-Identifier: MIT
/* world.h - the whole SIP provider in this process, on the loopback: the test is its host, the MSP
 * of its calls, and the peer, a UDP socket that speaks SIP word by word.
 *
 * What the provider says is a log, one line each:
 *
 *     reply 7 0                  a completion
 *     NEWCALL 2                  calls are numbered as they come
 *     2 CALLSTATE CONNECTED 1    call, state, mode
 *     2 msp offer? 1             a message to the MSP, its verb and id
 */
#ifndef TESTS_SIP_WORLD_H
#define TESTS_SIP_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <tspi.h>

/* One account "alice", open, with an MSP instance if asked for; `more`: keys and values, NULL at
 * the end, or NULL. */
void world_start(bool with_msp, const char *const *more);
/* How many of the next ports that are asked for by number somebody has. */
extern unsigned world_ports_taken;
void world_stop(void);

/* Wait for a line of the log from where the last wait ended; fails after 5 s. */
void world_expect(const char *line);
/* How often the line is in the whole log so far. */
unsigned world_count(const char *line);
/* What the MSP says: a message as it is. */
void world_msp_says(HDRVCALL call, const char *message);

HDRVLINE world_line(void);
/* Of the call that has this number in the log. */
HDRVCALL world_call(unsigned number);
/* TSPI_lineMakeCall to the peer; its number. The request's id is 100. */
unsigned world_dial(void);

/* The peer. A request or response that begins with `start` ("INVITE", "SIP/2.0 200"); others that
 * come before it are passed over, but a 100. Fails after 5 s. */
const char *peer_expect(const char *start);
/* True: nothing that begins so comes within the time. */
bool peer_hears_nothing(const char *start, int ms);
/* Answer the request that peer_expect returned last: "180 Ringing"; a body may be NULL. */
void peer_answers(const char *status, const char *body);
/* A request of a new dialog, or of the one that the last INVITE began. */
void peer_requests(const char *method, const char *body);

extern const char world_sdp[];

#endif
