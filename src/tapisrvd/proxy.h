// SPDX-License-Identifier: MIT
/* proxy.h - programs that serve what agents and supervisors ask of a line (LINEOPENOPTION_PROXY).
 * The daemon knows nothing of agents: it carries requests to the proxy and answers back, as they
 * are. */
#ifndef TAPISRVD_PROXY_H
#define TAPISRVD_PROXY_H

#include "tapi.pb-c.h"

#include <stdint.h>
#include <tapi.h>

struct open;
struct request;
struct session;

/* The types that a lineOpen wants to serve; a bit each in *types. 0, or a LINEERR_ with its reason
 * kept. */
LONG proxy_check_open(struct request *r, const LineOpen *m, uint32_t *types);
/* It serves them from now on; the others on the line are told. */
void proxy_opened(struct open *o);
/* The open ends: whoever still waits is told, and the others on the line. */
void proxy_closing(struct open *o);
/* What it was asked over its old connection may not have come there: whoever waits is told. */
void proxy_reconnected(struct session *s);
/* What a session says that comes back after a restart. */
void proxy_claimed(struct open *o, const uint32_t *types, size_t count);

#endif
