// SPDX-License-Identifier: MIT
/* line.h - a line device of a provider: who has it open, what it said of itself. A phone device is
 * the same with another kind, without addresses, media and calls: phone.h. */
#ifndef TAPISRVD_LINE_H
#define TAPISRVD_LINE_H

#include "base/list.h"
#include "tapi.pb-c.h"

#include <stdbool.h>
#include <stdint.h>
#include <tapi.h>

#include "host.h"

struct call;
struct core;
struct frame;
struct open;
struct request;
struct provider;
struct session;

/* All media modes that there are. */
#define LINE_MEDIA_MODES ((LINEMEDIAMODE_VIDEO * 2 - 1) & ~1U)

enum line_state { LINE_IS_CLOSED, LINE_IS_OPENING, LINE_IS_OPEN }; /* at the TSP */

/* The body of a reply as the host sent it. */
struct cached {
	struct cached *next;
	uint32_t address_id, size;
	uint8_t body[];
};

/* What differs between lines and phones: names, messages, requests to the TSP. */
/* Of status messages: of a line, of its addresses; of a phone, modes and states of its buttons. */
enum { LINE_MASKS = 3 };

struct line_kind {
	const char *name;         /* "line" */
	const char *device_class; /* "tapi/line" */
	bool is_phone;
	uint32_t create, remove, close; /* LINE_CREATE, ... */
	uint16_t tsp_open, tsp_close;   /* CALL_TspiLineOpen, ... */
	uint16_t tsp_select_ext,
			tsp_taken; /* TSPI_lineSelectExtVersion, providerCreateLineDevice */
	uint16_t tsp_version, tsp_extension, tsp_caps;
	uint16_t tsp_masks;
	uint32_t own_masks[LINE_MASKS]; /* what the core wants to hear, or nobody can turn off */
};
extern const struct line_kind line_kind, phone_kind;
/* Whether a request is about lines or phones. */
const struct line_kind *line_kind_of(const struct rule *rule);

struct line {
	const struct line_kind *kind;
	struct core *core;
	struct provider *provider;
	uint32_t device;
	enum line_state state;
	bool removed;              /* for good; or not taken by the TSP yet: LINE_CREATE */
	bool offered;              /* its TSP has not said yet whether it takes it */
	bool gone;                 /* ... and its LINE_REMOVE has come */
	bool announced;            /* applications know of it: counted, or by LINE_CREATE */
	uint64_t came, went;       /* which of core->news that was, 0: none of this core's */
	bool dynamic;              /* came with LINE_CREATE, not by enumeration */
	char *name;                /* of its last capabilities, NULL: none */
	uint32_t tspi_version;     /* negotiated for this device */
	LineExtensionId extension; /* all zero: none */
	/* Of its capabilities. */
	uint32_t num_addresses, media_modes, bearer_modes, max_rate, address_types, dev_cap_flags;
	uint32_t detecting;        /* media modes that the TSP was told to detect */
	uint32_t ext_version;      /* that the TSP is committed to, 0: none */
	bool selecting;            /* TSPI_lineSelectExtVersion is on its way */
	uint32_t told[LINE_MASKS]; /* the union of status messages that the TSP was told */
	uint32_t telling;          /* how often that is on its way */
	uint32_t looking;          /* requests of provider_look_at() that are on their way */
	bool look_again;           /* when they are not */
	uint32_t hub_tracking;     /* LINECALLHUBTRACKING_ that the TSP does */
	bool hub_asked;            /* what it can track, or to track: no answer yet */
	struct list opens, calls, msps;
	struct list in_removed;      /* of core->removed_lines, while it is removed */
	struct cached *caps;         /* LineGetDevCapsReply, NULL: ask */
	struct cached *address_caps; /* LineGetAddressCapsReply, as many as are known */
};

/* NULL: memory is short. Registers it in core->lines. */
struct line *line_new(struct provider *p, const struct line_kind *kind, uint32_t device);
void line_free(struct line *line);
struct line *line_find(const struct core *core, uint32_t device);
struct line *line_find_kind(const struct core *core, const struct line_kind *kind, uint32_t device);
/* Lines and phones of a provider (NULL: of all) that were not removed. Start with *cursor = 0. */
struct line *line_next(const struct core *core, const struct provider *p, size_t *cursor);
/* One above the highest id of the kind. */
uint32_t line_count(const struct core *core, const struct line_kind *kind);
/* Asks its TSP: the device, then the numbers in their order. NULL: memory is short, no host. */
struct pending *line_ask(struct line *line, uint16_t kind, const uint32_t *numbers, size_t count,
		pending_done done);
/* The line or phone that line_ask() (or a client's request) was about; NULL: its host is gone. */
struct line *line_of_pending(const struct pending *p);
/* Capabilities that came from the host; reply NULL: it would not say. */
void line_keep_caps(struct line *line, const struct frame *frame, const ProtobufCMessage *reply);
/* NULL: memory is short. */
struct cached *cached_new(const struct frame *reply);
/* Those of an address, once. */
void line_keep_address_caps(struct line *line, uint32_t address_id, const struct frame *reply);
/* For LINEMAPPER: the first line from this id on that fits and may be opened, r->line from then on.
 * 0, or a LINEERR_ with its reason kept. */
LONG line_map(struct request *r, uint32_t from, uint32_t *proxies);
/* The line has refused: the open goes on to the next that fits. false: it does not. */
bool line_map_again(struct open *o);
/* What a lineOpen asks for, against the line: also the types that it wants to serve as a proxy. */
LONG line_may_open(struct request *r, const LineOpen *m, uint32_t *proxies);
/* The same without the proxy's part. */
LONG line_check_open(struct request *r, const LineOpen *m);
/* The TSP is told the union of the status messages that applications want, if it has changed. */
void line_tell_masks(struct line *line);
/* What the TSP said may have changed. */
void line_forget_caps(struct line *line);
/* The media modes that some owner waits for. */
uint32_t line_media_union(const struct line *line);
/* Goes on with the lineOpens that wait: at the TSP, then media detection, then their RETURN. */
void line_step(struct line *line);
/* Commits the TSP to the extension version of a lineOpen that waits. true: its answer is due. */
bool line_select_extension(struct line *line);
/* An open is gone: cancels the extension version behind the last that had one. */
void line_drop_extension(struct line *line);
/* Fails one lineOpen that waits, or all of a line. */
void open_fail(struct open *o, int32_t result, const Failure *failure);
void line_fail_opening(struct line *line, int32_t result, const Failure *failure);
/* It is closed at the TSP. */
void line_forget_tsp_state(struct line *line);
/* The last open is gone. */
void line_close_at_tsp(struct line *line);
/* lineClose and the end of a session: drops what only this open owned, closes the line behind the
 * last. */
void line_close_open(struct open *o);
/* The same by the core, which says why. */
void line_take_open(struct open *o, const Failure *why);
/* The TSP closed it, or its host died: calls go idle, opens get LINE_CLOSE. */
void line_close_by_force(struct line *line, const Failure *reason);
/* It can be used now: LINE_CREATE to all who have counted already. */
void line_announce(struct line *line);
/* LINE_REMOVE: likewise, and it never comes back. */
void line_remove(struct line *line, const Failure *reason);
/* Whether some removed device has had this id. */
bool line_is_spent(const struct core *core, const struct line_kind *kind, uint32_t device);
/* What is removed is forgotten in a moment, or when all that is about it has ended. */
void line_forget_removed_later(struct core *core);
void line_set_removed(struct line *line, bool removed);
/* The host that was asked to take devices is gone. */
void line_forget_offers(struct provider *p);
/* An open came (it is `except`) or went: the others hear of it from the server. */
void line_tell_opened(struct line *line, const struct open *o);
void line_tell_closed(struct line *line, uint32_t privileges);
/* After a restart: ends what no session of before claimed in time. */
void line_release_orphans(struct line *line);

#endif
