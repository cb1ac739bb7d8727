// SPDX-License-Identifier: MIT
/* proxy.h - LINE_PROXYREQUEST and its answer: a request of another application becomes a
 * LINEPROXYREQUEST, and what the proxy fills in becomes that request's reply. */
#ifndef LIBTAPI_PROXY_H
#define LIBTAPI_PROXY_H

#include "libtapi/internal.h"

/* Under the lock. 1: *out has the pointer; 0: it makes no sense. */
int proxy_request(struct app *a, const struct item *i, struct message *out);
/* The line is closed: its requests are gone. */
void proxy_forget(struct line *l);

/* The connection is lost: the daemon has told those who asked, or will. */
void proxies_lost(struct app *a);

#endif
