// SPDX-License-Identifier: MIT
/* headers.h - the headers of a message that the parts want as texts. */
#ifndef SIP_HEADERS_H
#define SIP_HEADERS_H

#include "parties.h"
#include "uui.h"

#include <stdbool.h>
#include <stddef.h>

#include <sofia-sip/sip.h>

#define HEADERS_MAX        16
#define HEADERS_REASON_MAX 256

/* From, To, P-Asserted-Identity, Diversion and the like; returns how many. m may be NULL. */
size_t headers_of(const sip_t *m, struct header *out, size_t max);
void headers_free(struct header *headers, size_t count);
/* The value of its first Reason header; NULL: it has none. */
const char *headers_reason(const sip_t *m, char out[HEADERS_REASON_MAX]);
/* The values of a header, one a line. False: the message has none of this name. They are cut to
 * size. */
bool headers_raw(const msg_t *m, const char *name, char *out, size_t size);
/* The User-to-User headers. True: the first one that shows is new. */
bool headers_take_uui(const sip_t *m, struct uui_queue *q);

#endif
