// SPDX-License-Identifier: MIT
/* complete.h - lineCompleteCall: what happens to a call that did not reach anybody. */
#ifndef EXCHANGE_COMPLETE_H
#define EXCHANGE_COMPLETE_H

#include <stdbool.h>
#include <tspi.h>

struct call;
struct extension;
struct varpart;

#define COMPLETIONS_MAX 8 /* that one line can wait for */

DWORD complete_modes(void);
/* The messages for LINEADDRESSCAPS. */
void complete_messages(LINEADDRESSCAPS *out, struct varpart *v);
/* LINECALLFEATURE2_ that are possible for the call now. */
DWORD complete_features2(const struct call *c);
DWORD complete_possible_features2(void);

LONG complete_call(struct call *c, DRV_REQUESTID id, DWORD *completion, DWORD mode, DWORD message);
LONG complete_cancel(struct extension *e, DRV_REQUESTID id, DWORD completion);
DWORD complete_pending(const struct extension *e);

/* The calls of the line have changed: those that wait for it go on soon. */
void complete_line_changed(struct extension *e);
/* The one that is called back has answered. False: the call is none of these. */
bool complete_answered(struct call *c);
/* It ends. */
void complete_call_ended(struct call *c);
/* The half of one that has broken in is there: the line hears both. */
void complete_mix(struct call *called);
/* It has sound only now, or in another application. */
void complete_mix_again(struct call *c);
/* One of the two ends: the other is as before. */
void complete_unmix(struct call *c);
/* All that wait are forgotten. */
void complete_fini(void);

#endif
