// SPDX-License-Identifier: MIT
/* hello.c - the first frames of a connection to the core: who this host is, and when it was there
 * before the core, all that it remembers. */
#define LOG_TOPIC "host"
#include "tsphost/event.h"
#include "tsphost/host.h"
#include "tsphost/reply.h"
#include "tsphost/state.h"

#include "base/mem.h"
#include "base/os.h"

#include <errno.h>

static uint32_t *list_devices(struct host *h, const struct devices *d, bool removed, size_t *count)
{
	uint32_t *list = arena_alloc(&h->arena, (d->by_id.count + 1) * sizeof(*list));

	*count = list ? devices_list(d, removed, list) : 0;
	return list;
}

static void fill_resumed(struct host *h, Hello *m)
{
	m->has_resumed = m->has_permanent_provider_id = m->has_tspi_version = 1;
	m->resumed = 1;
	m->permanent_provider_id = h->permanent_id;
	m->tspi_version = h->version;
	m->has_line_base = m->has_num_lines = m->has_phone_base = m->has_num_phones = 1;
	m->line_base = h->line_base;
	m->num_lines = h->num_lines;
	m->phone_base = h->phone_base;
	m->num_phones = h->num_phones;
	m->extra_lines = list_devices(h, &h->lines_known, false, &m->n_extra_lines);
	m->removed_lines = list_devices(h, &h->lines_known, true, &m->n_removed_lines);
	m->extra_phones = list_devices(h, &h->phones_known, false, &m->n_extra_phones);
	m->removed_phones = list_devices(h, &h->phones_known, true, &m->n_removed_phones);
}

void hello_send(struct host *h)
{
	struct frame_header header = { .kind = FRAME_HELLO };
	Hello m = HELLO__INIT;

	h->resuming = h->stage == HOST_RUNNING;
	arena_reset(&h->arena, MESSAGE_MAX);
	m.has_protocol = m.has_host_instance = 1;
	m.has_pipes = os_has_spare_fds(h->conn.fd);
	m.pipes = 1;
	m.protocol = WIRE_PROTOCOL;
	m.provider = (char *)(uintptr_t)h->provider;
	m.host_instance = h->instance;
	if (h->resuming)
		fill_resumed(h, &m);
	host_send(h, &header, &m.base);
}

static int refused(const struct frame *f, struct host *h)
{
	const Failure *why = (const Failure *)arena_unpack(&h->arena, &failure__descriptor, f->body,
			f->h.length);

	log_error("%s: the core refused this host: %s", h->provider,
			why && why->sentence ? why->sentence : "it does not say why");
	return -ECONNREFUSED;
}

int hello_take(struct host *h, const struct frame *f)
{
	const Hello *m;

	arena_reset(&h->arena, MESSAGE_MAX);
	if (f->h.flags & FLAG_CLOSING)
		return refused(f, h);
	m = (const Hello *)arena_unpack(&h->arena, &hello__descriptor, f->body, f->h.length);
	if (!m)
		return -EPROTO;
	if (m->pipes && conn_ends_use(&h->ends, &h->conn) < 0)
		return -EPROTO;
	conn_ends_close(&h->ends);
	if (h->resuming)
		return 0;
	if (!m->path)
		return -EPROTO;
	h->path = mem_strdup(m->path);
	if (!h->path)
		return -ENOMEM;
	h->permanent_id = m->permanent_provider_id;
	inbox_set_calls(h->inbox, h->permanent_id, m->first_call);
	return config_take(&h->config, m->config, m->n_config);
}

static void send_snapshot(struct host *h, Snapshot *s)
{
	struct frame_header header = { .kind = FRAME_SNAPSHOT };

	host_send(h, &header, &s->base);
}

static void send_device(struct host *h, SnapshotLine *m, const struct note *note)
{
	Snapshot s = SNAPSHOT__INIT;

	m->has_device = m->has_tspi_version = 1;
	m->has_ext_version = m->ext_version != 0;
	m->has_note = note->size != 0;
	m->note.data = note->data;
	m->note.len = note->size;
	s.line = m;
	send_snapshot(h, &s);
}

/* One that is being made is the core's, too, but nothing is asked about it yet. */
static void send_call(struct host *h, const struct call *c)
{
	SnapshotCall m = SNAPSHOT_CALL__INIT;
	Snapshot s = SNAPSHOT__INIT;
	CallState state;
	Failure why;

	arena_reset(&h->turn_arena, MESSAGE_MAX);
	m.has_call = m.has_device = m.has_address_id = m.has_state = m.has_state_mode = 1;
	m.call = c->id;
	m.device = c->line->device;
	m.address_id = state_address_id(h, c, &h->turn_arena);
	m.state = c->state;
	m.state_mode = c->mode;
	m.has_media_mode = 1;
	m.media_mode = c->media_modes;
	if (!c->pending) {
		state_take(h, c, &h->turn_arena, &state);
		m.snapshot = &state;
		if (state.info && state.info->media_mode)
			m.media_mode = state.info->media_mode;
	}
	m.has_note = c->note.size != 0;
	m.note.data = c->note.data;
	m.note.len = c->note.size;
	m.has_origin_session = m.has_origin_serial = 1;
	m.origin_session = c->origin_session;
	m.origin_serial = c->origin_serial;
	if (c->why) {
		reason_message(c->why, &why);
		m.reason = &why;
	}
	s.call = &m;
	if (!reply_fit(h, &s.base, c->id))
		m.snapshot = NULL;
	send_snapshot(h, &s);
}

static void send_msps(struct host *h)
{
	list_for(l, &h->msps) {
		const struct msp *msp = list_entry(l, struct msp, link);
		SnapshotMsp m = SNAPSHOT_MSP__INIT;
		Snapshot s = SNAPSHOT__INIT;

		m.has_msp_line = m.has_device = m.has_address_id = m.has_session = 1;
		m.msp_line = msp->handle;
		m.device = msp->line->device;
		m.address_id = msp->address_id;
		m.session = msp->session;
		s.msp = &m;
		send_snapshot(h, &s);
	}
}

static void send_line(struct host *h, const struct line *l)
{
	SnapshotLine m = SNAPSHOT_LINE__INIT;

	m.device = l->device;
	m.tspi_version = l->version;
	m.ext_version = l->ext_version;
	send_device(h, &m, &l->note);
}

static void send_phone(struct host *h, const struct phone *p)
{
	SnapshotLine m = SNAPSHOT_LINE__INIT;

	m.device = p->device;
	m.tspi_version = p->version;
	m.ext_version = p->ext_version;
	m.has_phone = 1;
	m.phone = 1;
	send_device(h, &m, &p->note);
}

void hello_send_snapshots(struct host *h)
{
	struct frame_header end = { .kind = FRAME_END };

	list_for(l, &h->lines)
		send_line(h, list_entry(l, struct line, link));
	list_for(l, &h->phones)
		send_phone(h, list_entry(l, struct phone, link));
	send_msps(h);
	list_for(l, &h->lines) {
		const struct line *line = list_entry(l, struct line, link);

		list_for(i, &line->calls) {
			const struct call *c = list_entry(i, struct call, link);

			if (c->hd)
				send_call(h, c);
		}
	}
	request_send_snapshots(h);
	host_send(h, &end, NULL);
	event_send_kept(h);
}
