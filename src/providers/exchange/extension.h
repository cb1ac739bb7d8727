// SPDX-License-Identifier: MIT
/* extension.h - one extension: a line device with one address, and its calls. */
#ifndef EXCHANGE_EXTENSION_H
#define EXCHANGE_EXTENSION_H

#include "config.h"
#include "forward.h"
#include "phone.h"
#include "terminal.h"

#include "base/list.h"

#include <stdbool.h>
#include <tspi.h>

#define MEDIA_MODES                                                                                \
	(LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_AUTOMATEDVOICE | LINEMEDIAMODE_DATAMODEM | \
			LINEMEDIAMODE_G3FAX)
#define BEARER_MODES                                                                               \
	(LINEBEARERMODE_VOICE | LINEBEARERMODE_SPEECH | LINEBEARERMODE_DATA |                      \
			LINEBEARERMODE_ALTSPEECHDATA | LINEBEARERMODE_PASSTHROUGH)
#define EXTENSION_RATE 64000u
#define HELD_CALLS_MAX 16 /* an extension's */

/* Calls from their start to DISCONNECTED or IDLE. A conference is one call, whatever its parties.
 */
struct line_use {
	DWORD active, held, pending;
};

struct control;

/* devconfig.h; 0: as the exchange is configured. */
struct extension_config {
	uint32_t no_answer_ms;
};

struct extension {
	DWORD index; /* the device id is exchange.line_base + index */
	config_number number;
	enum line_kind kind;
	char name[CONFIG_NAME_MAX + 1];
	char group[CONFIG_NAME_MAX + 1]; /* for pickup; "": of those without one */

	struct extension_config config;
	bool is_open;
	DWORD opens; /* how often it has been opened: tells events of an earlier open */
	HTAPILINE ht_line;
	LINEEVENT event;
	DWORD offered_modes;               /* media modes that some application takes calls of */
	DWORD line_states, address_states; /* what the host wants to hear of */
	DWORD ext_version;
	struct forwarding forwarding; /* like the flags */
	char message[128];            /* the last one that was left, while the lamp is on */
	DWORD hub_tracking;           /* LINECALLHUBTRACKING_, what the host has asked for */
	DWORD status_flags;           /* LINEDEVSTATUSFLAGS_, kept while the exchange runs */
	struct phone phone;
	struct terminals terminals;
	struct list instances;
	struct control *control; /* of media, of the calls that have none of their own; or NULL */

	struct list calls;
	struct line_use known_use; /* as last reported */
};

/* An MSP instance of an application on this line. */
struct instance {
	struct list link;
	uint64_t handle;
	HTAPIMSPLINE ht_msp_line;
};

/* The open line that this handle names, or NULL. */
struct extension *extension_find(HDRVLINE handle);
HDRVLINE extension_handle(const struct extension *e);
DWORD extension_device(const struct extension *e);

LONG extension_open(struct extension *e, HTAPILINE ht_line, LINEEVENT event);
/* Completes what is pending, ends the calls silently, forgets the MSP instances. */
void extension_close(struct extension *e);

/* Applications take calls of these media modes from now on; 0: none does. */
void extension_take_calls(struct extension *e, DWORD media_modes);

LONG extension_add_instance(struct extension *e, HTAPIMSPLINE ht, HDRVMSPLINE *out);
LONG extension_remove_instance(HDRVMSPLINE handle);

struct line_use extension_use(const struct extension *e);
/* How many calls can be active. */
DWORD extension_capacity(const struct extension *e);
/* A queue or a route point. */
static inline bool extension_is_waiting_place(const struct extension *e)
{
	return e->kind == LINE_KIND_QUEUE || e->kind == LINE_KIND_ROUTE_POINT;
}
/* No call more can be active. */
bool extension_is_full(const struct extension *e);
/* No other call can reach it now: it is full, or a call on it must not be disturbed. */
bool extension_is_busy(const struct extension *e);

/* 0, or `error`: no call more can be active. */
LONG extension_check_room(const struct extension *e, LONG error);
/* 0, or RESOURCEUNAVAIL: no call more can be held. */
LONG extension_check_held(const struct extension *e);

/* The count of calls may have changed: tell those who asked. */
void extension_report(struct extension *e);
/* How it rings, so that one hears who calls. */
enum ring_mode { RING_INSIDE = 1, RING_OUTSIDE, RING_BACK, RING_MODES = RING_BACK };
/* The count-th ring. */
void extension_ring(const struct extension *e, enum ring_mode mode, DWORD count);

#endif
