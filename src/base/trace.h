// SPDX-License-Identifier: MIT
/* trace.h - records of what passed between application, libtapi, MSP, TAPISRV and TSP, emitted
 * where it happens, one JSON object a line, appended to the file that $TAPI_TRACE names (nothing is
 * done without it). Lives in base, not in wire, because MSPs and TSPs emit too.
 *
 *   {"t":<clock_now_ns>,"pid":<n>,"who":"app|libtapi|msp|tapisrv|host|tsp","hop":"LINE_CALLSTATE",
 *    "object":"0x100000001","detail":"CONNECTED"}
 *
 * A full disk may leave half a record, with another behind it on the same line; what begins with
 * {"t": is the beginning of one. */
#ifndef BASE_TRACE_H
#define BASE_TRACE_H

#include "base/log.h"

#include <stdbool.h>
#include <stdint.h>

#define TRACE_APP     "app"
#define TRACE_LIBTAPI "libtapi"
#define TRACE_MSP     "msp"
#define TRACE_TAPISRV "tapisrv"
#define TRACE_HOST    "host"
#define TRACE_TSP     "tsp"

bool trace_enabled(void);
/* object: a call or device id, 0 when there is none. fmt may be "". Any thread. */
void trace_hop(const char *who, const char *hop, uint64_t object, const char *fmt, ...)
		LOG_PRINTF(4, 5);

#endif
