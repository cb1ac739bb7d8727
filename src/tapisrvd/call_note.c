// SPDX-License-Identifier: MIT
/* call_note.c - what only the core knows of a call is kept with its host, so that a new core learns
 * it. */
#include "base/mem.h"
#include "call.h"
#include "core.h"
#include "failure.h"
#include "host.h"
#include "line.h"
#include "msp.h"
#include "provider.h"
#include "session.h"

#include <string.h>

enum { TEXT_MAX = 96 };

/* At a whole character of UTF-8. */
static char *cut(const char *text, char *to)
{
	size_t size = text ? strlen(text) : 0;

	if (!text)
		return NULL;
	if (size > TEXT_MAX)
		for (size = TEXT_MAX; size && ((unsigned char)text[size] & 0xc0) == 0x80;)
			size--;
	memcpy(to, text, size);
	to[size] = '\0';
	return to;
}

static void write_note(struct call *call, bool later)
{
	CallNote note = CALL_NOTE__INIT;
	uint8_t packed[NOTE_MAX];
	char texts[4][TEXT_MAX + 1];

	note.app_name = cut(call->app_name, texts[0]);
	note.called_party = cut(call->called_party, texts[1]);
	note.comment = cut(call->comment, texts[2]);
	note.displayable_address = cut(call->displayable_address, texts[3]);
	SET(&note, msp_session, call->msp_session);
	SET(&note, offered, call->offered ? 1 : 0);
	SET(&note, released, call->released ? 1 : 0);
	SET(&note, kept, call->kept ? 1 : 0);
	/* While monitors come back not all of them have been: the next core goes on showing it. */
	SET(&note, shown, call->shown_before || (call->shown && !call->core->quiet) ? 1 : 0);
	SET(&note, conference, call->conference ? 1 : 0);
	host_send_note(call->line->provider->host, call->id, packed, call_note__pack(&note, packed),
			later);
}

void call_write_note(struct call *call)
{
	write_note(call, false);
}

void call_write_note_later(struct call *call)
{
	write_note(call, true);
}

void call_read_note(struct call *call, const ProtobufCBinaryData *data)
{
	const CallNote *note = (const CallNote *)arena_unpack(&call->core->arena,
			&call_note__descriptor, data->data, data->len);

	if (!note)
		return;
	call->app_name = mem_strdup(note->app_name);
	call->called_party = mem_strdup(note->called_party);
	call->comment = mem_strdup(note->comment);
	call->displayable_address = mem_strdup(note->displayable_address);
	call->msp_session = note->msp_session;
	call->offered = note->offered != 0;
	call->released = note->released != 0;
	call->kept = note->kept != 0;
	call->shown = call->shown_before = note->shown != 0;
	call->conference = note->conference != 0;
}

void call_media_to(struct call *call, const struct session *s)
{
	call->msp_session = s->id;
}

void call_set_app_name(struct call *call, const struct session *s)
{
	char *name = mem_strdup(s->friendly_name);

	if (!name)
		return;
	mem_free(call->app_name);
	call->app_name = name;
}
