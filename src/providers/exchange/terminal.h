// SPDX-License-Identifier: MIT
/* terminal.h - which parts of the set a line, and each call on it, uses (lineSetTerminal): handset,
 * speaker and headset are a terminal each; lamps, buttons, display and ringer are of the first. The
 * sound of a call is in the application, so no terminal has media. */
#ifndef EXCHANGE_TERMINAL_H
#define EXCHANGE_TERMINAL_H

#include <stdbool.h>
#include <tspi.h>

struct call;
struct extension;
struct varpart;

#define TERMINALS    3u
#define TERMINAL_SET 0u /* with the handset */

/* LINETERMMODE_ that are switched on, by terminal. */
struct terminals {
	DWORD modes[TERMINALS];
};

/* All of them. */
void terminals_init(struct terminals *t);
/* 0: the sets are apart from the lines. */
DWORD terminal_count(void);
LONG terminal_set(struct extension *e, struct call *c, DRV_REQUESTID id, DWORD select, DWORD modes,
		DWORD terminal, bool enable);
bool terminal_has(const struct terminals *t, DWORD terminal, DWORD mode);

/* Their parts of the structures. */
void terminal_caps(LINEDEVCAPS *out, struct varpart *v);
void terminal_add(const struct terminals *t, DWORD *size, DWORD *offset, struct varpart *v);

#endif
