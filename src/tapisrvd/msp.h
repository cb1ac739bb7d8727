// SPDX-License-Identifier: MIT
/* msp.h - instances of media service providers in applications, and the relay between them and
 * their TSP: bytes in, the same bytes out, in order; nobody here looks into them. */
#ifndef TAPISRVD_MSP_H
#define TAPISRVD_MSP_H

#include "base/list.h"
#include "tapi.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

struct call;
struct line;
struct session;

struct msp {
	struct list in_session, in_line;
	struct session *session; /* NULL: of before a restart, not claimed yet */
	uint64_t session_id;
	struct line *line;
	uint32_t number, address_id; /* number: msp_line, made by the host */
	uint32_t open;
};

struct msp *msp_new(struct line *line, uint32_t number, uint32_t address_id);
void msp_free(struct msp *m);
struct msp *msp_find(const struct line *line, uint32_t number);
void msp_set_session(struct msp *m, struct session *s, uint32_t open);
/* TSPI_lineCloseMSPInstance, then it is forgotten. */
void msp_close(struct msp *m);
void msp_close_all(struct session *s);
/* A session that comes to own a call takes its media only if it has an instance for it: a program
 * that just steers the calls of others leaves it where it is. */
/* The session lets go of the call's media: the last owner that has an instance gets it, or nobody.
 * True: something has changed. */
bool msp_let_go(struct call *call, const struct session *s);
bool msp_may_take(const struct call *call, const struct session *s);
/* LINE_SENDMSPDATA has come. */
void msp_data_from_host(struct line *line, struct call *call, const Event *e);

#endif
