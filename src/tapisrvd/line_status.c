// SPDX-License-Identifier: MIT
/* line_status.c - status of lines and addresses, which status messages an application wants, rings.
 */
#include "base/mem.h"
#include "call.h"
#include "client.h"
#include "core.h"
#include "dispatch.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "provider.h"
#include "session.h"

#include <errno.h>
#include <string.h>

#define RINGS_UNSET 0xffffffffU

enum { TELLING_MAX = 32 };

static void unite(const struct line *line, uint32_t masks[LINE_MASKS])
{
	memcpy(masks, line->kind->own_masks, sizeof(line->kind->own_masks));
	list_for(l, &line->opens) {
		const struct open *o = list_entry(l, struct open, in_line);

		masks[0] |= o->line_states | o->phone_states;
		masks[1] |= o->address_states | o->button_modes;
		masks[2] |= o->button_states;
	}
}

static void on_told(struct pending *p, const struct answer *a)
{
	struct line *line = line_of_pending(p);

	(void)a;
	if (!line || !line->telling)
		return;
	line->telling--;
	line_tell_masks(line);
}

/* A TSP that does not return hears the last of what is more than TELLING_MAX when it does. */
void line_tell_masks(struct line *line)
{
	const size_t count = line->kind->is_phone ? LINE_MASKS : LINE_MASKS - 1;
	uint32_t masks[LINE_MASKS];

	if (line->state != LINE_IS_OPEN || line->telling >= TELLING_MAX)
		return;
	unite(line, masks);
	if (memcmp(masks, line->told, sizeof(masks)) == 0 ||
			!line_ask(line, line->kind->tsp_masks, masks, count, on_told))
		return;
	line->telling++;
	memcpy(line->told, masks, sizeof(masks));
}

LONG handle_set_status_messages(struct request *r)
{
	const LineSetStatusMessages *m = (const void *)r->msg;

	r->open->line_states = m->line_states;
	r->open->address_states = m->address_states;
	line_tell_masks(r->line);
	return request_return(r, NULL);
}

LONG handle_get_status_messages(struct request *r)
{
	LineGetStatusMessagesReply reply = LINE_GET_STATUS_MESSAGES_REPLY__INIT;

	SET(&reply, line_states, r->open->line_states);
	SET(&reply, address_states, r->open->address_states);
	return request_return(r, &reply.base);
}

static void describe(const struct open *o, LineAppInfo *app)
{
	line_app_info__init(app);
	app->module_filename = o->session->app_name;
	app->friendly_name = o->session->friendly_name;
	SET(app, media_modes, o->media_modes);
	SET(app, address_id, o->address_id);
}

/* Who has the line open is the core's to say; who still waits for that has not. */
static void merge(const struct line *line, LineDevStatus *status, struct arena *arena)
{
	uint32_t count = 0, modes = 0;
	LineAppInfo *apps;

	list_for(l, &line->opens) {
		const struct open *o = list_entry(l, struct open, in_line);

		count += !o->opening;
		modes |= o->opening ? 0 : o->media_modes; /* 0: no owner */
	}
	apps = arena_alloc(arena, count * sizeof(*apps) + 1);
	status->app_info = arena_alloc(arena, count * sizeof(*status->app_info) + 1);
	status->n_app_info = 0;
	SET(status, open_media_modes, modes);
	SET(status, num_opens, count);
	if (!apps || !status->app_info)
		return;
	list_for(l, &line->opens) {
		const struct open *o = list_entry(l, struct open, in_line);

		if (o->opening)
			continue;
		describe(o, &apps[status->n_app_info]);
		status->app_info[status->n_app_info] = &apps[status->n_app_info];
		status->n_app_info++;
	}
}

static void status_done(struct pending *p, const struct answer *a)
{
	struct line *line = line_of_pending(p);
	LineGetLineDevStatusReply *reply = (LineGetLineDevStatusReply *)(uintptr_t)a->reply;

	if (!line || !reply || !reply->line_dev_status) {
		pending_relay(p, a);
		return;
	}
	merge(line, reply->line_dev_status, &line->core->arena);
	pending_return(p, &reply->base);
}

LONG handle_get_line_dev_status(struct request *r)
{
	struct pending *p =
			host_forward(request_host(r), r->session, r->rule, r->frame, status_done);

	if (!p)
		return LINEERR_RESOURCEUNAVAIL;
	p->object = r->line->device;
	return 0;
}

static struct rings *find_rings(const struct open *o, uint32_t address_id)
{
	list_for(l, &o->rings) {
		struct rings *rings = list_entry(l, struct rings, link);

		if (rings->address_id == address_id)
			return rings;
	}
	return NULL;
}

int open_set_rings(struct open *o, uint32_t address_id, uint32_t count)
{
	struct rings *rings = find_rings(o, address_id);

	if (!rings) {
		rings = mem_new(struct rings);
		if (!rings)
			return -ENOMEM;
		rings->address_id = address_id;
		list_append(&o->rings, &rings->link);
	}
	rings->count = count;
	return 0;
}

/* Book-keeping only: toll savers tell each other. */
LONG handle_set_num_rings(struct request *r)
{
	const LineSetNumRings *m = (const void *)r->msg;

	if (open_set_rings(r->open, m->address_id, m->num_rings))
		return LINEERR_NOMEM;
	return request_return(r, NULL);
}

LONG handle_get_num_rings(struct request *r)
{
	const LineGetNumRings *m = (const void *)r->msg;
	LineGetNumRingsReply reply = LINE_GET_NUM_RINGS_REPLY__INIT;
	uint32_t least = RINGS_UNSET;

	list_for(l, &r->line->opens) {
		const struct rings *rings =
				find_rings(list_entry(l, struct open, in_line), m->address_id);

		if (rings && rings->count < least)
			least = rings->count;
	}
	SET(&reply, num_rings, least);
	return request_return(r, &reply.base);
}

static bool is_class(const char *name, const char *wanted)
{
	while (*name && *wanted && (*name | 0x20) == (*wanted | 0x20)) {
		name++;
		wanted++;
	}
	return *name == *wanted;
}

/* Its own class names the device id that the core gave; everything else only the TSP knows. */
static bool names_itself(const struct request *r, const char *device_class, VarString *id)
{
	struct arena *arena = &r->core->arena;
	uint8_t *number = arena_alloc(arena, 4);

	if (!number || !device_class || !is_class(device_class, r->line->kind->device_class))
		return false;
	for (unsigned i = 0; i < 4; i++)
		number[i] = (uint8_t)(r->line->device >> 8 * i);
	SET(id, string_format, STRINGFORMAT_BINARY);
	SET_BYTES(id, string, number, 4);
	return true;
}

LONG handle_get_id(struct request *r)
{
	const LineGetId *m = (const void *)r->msg;
	LineGetIdReply reply = LINE_GET_ID_REPLY__INIT;
	VarString id = VAR_STRING__INIT;

	if (!names_itself(r, m->device_class, &id))
		return handle_FORWARD(r);
	reply.device_id = &id;
	return request_return(r, &reply.base);
}

LONG handle_get_phone_id(struct request *r)
{
	const PhoneGetId *m = (const void *)r->msg;
	PhoneGetIdReply reply = PHONE_GET_ID_REPLY__INIT;
	VarString id = VAR_STRING__INIT;

	if (!names_itself(r, m->device_class, &id))
		return handle_FORWARD(r);
	reply.device_id = &id;
	return request_return(r, &reply.base);
}
