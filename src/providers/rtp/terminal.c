// SPDX-License-Identifier: MIT
/* terminal.c - the terminal classes of the rtp MSP and what is the same for all of them. */
#include "rtp_msp.h"

#include "base/mem.h"

#include <string.h>

static struct media_terminal *new_null(uint64_t id, bool capture)
{
	(void)capture;
	return media_null_new(id);
}

static struct media_terminal *new_tone(uint64_t id, bool capture)
{
	(void)capture;
	return media_tone_new(id);
}

static struct media_terminal *new_player(uint64_t id, bool capture)
{
	(void)capture;
	return media_player_new(id);
}

static struct media_terminal *new_recorder(uint64_t id, bool capture)
{
	(void)capture;
	return media_recorder_new(id);
}

static const struct terminal_kind kinds[] = {
	{ MSP_TERMINAL_MEDIA_STREAM, "Media Stream", true, true, media_stream_new },
	{ MSP_TERMINAL_FILE_PLAYBACK, "File Playback", true, false, new_player },
	{ MSP_TERMINAL_FILE_RECORDING, "File Recording", false, true, new_recorder },
	{ MSP_TERMINAL_NULL, "Null", true, true, new_null },
	{ MSP_TERMINAL_TONE, "Tone", true, false, new_tone },
	{ MSP_TERMINAL_AUDIO_DEVICE, "Audio Device", true, true, media_audio_new },
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

bool guid_equal(const GUID *a, const GUID *b)
{
	return a->Data1 == b->Data1 && a->Data2 == b->Data2 && a->Data3 == b->Data3 &&
	       memcmp(a->Data4, b->Data4, sizeof(a->Data4)) == 0;
}

LONG rtp_terminal_class(struct msp_address *address, DWORD index, GUID *out)
{
	(void)address;
	if (index >= KINDS)
		return TAPI_E_NOITEMS;
	*out = kinds[index].clsid;
	return 0;
}

static const struct terminal_kind *find_kind(const GUID *clsid)
{
	for (size_t i = 0; i < KINDS; i++) {
		if (guid_equal(clsid, &kinds[i].clsid))
			return &kinds[i];
	}
	return NULL;
}

LONG terminal_new(struct msp_address *address, const struct terminal_kind *kind, DWORD direction,
		struct msp_terminal **out)
{
	struct msp_terminal *t = mem_new(struct msp_terminal);

	if (!t)
		return TAPI_E_NOTENOUGHMEMORY;
	t->media = kind->make(++address->last_id, direction == TD_CAPTURE);
	if (!t->media) {
		mem_free(t);
		return TAPI_E_NOTENOUGHMEMORY;
	}
	t->address = address;
	t->kind = kind;
	t->direction = direction;
	list_append(&address->terminals, &t->link);
	*out = t;
	return 0;
}

LONG rtp_create_terminal(struct msp_address *address, const GUID *clsid, DWORD media_type,
		DWORD direction, struct msp_terminal **out)
{
	const struct terminal_kind *kind = find_kind(clsid);

	if (!kind)
		return TAPI_E_INVALIDTERMINALCLASS;
	if (media_type != TAPIMEDIATYPE_AUDIO)
		return TAPI_E_INVALIDMEDIATYPE;
	if (!(direction == TD_CAPTURE && kind->capture) &&
			!(direction == TD_RENDER && kind->render))
		return TAPI_E_INVALIDDIRECTION;
	return terminal_new(address, kind, direction, out);
}

void terminal_free(struct msp_terminal *terminal)
{
	address_forget(terminal->address, NULL, NULL, terminal);
	list_remove(&terminal->link);
	media_terminal_unref(terminal->media);
	mem_free(terminal->name);
	mem_free(terminal);
}

void rtp_release_terminal(struct msp_terminal *terminal)
{
	terminal->released = true;
	if (!terminal->stream)
		terminal_free(terminal);
	else
		address_forget(terminal->address, NULL, NULL, terminal);
}

const char *rtp_terminal_name(struct msp_terminal *terminal)
{
	return terminal->name ? terminal->name : terminal->kind->name;
}

DWORD rtp_terminal_state(struct msp_terminal *terminal)
{
	return terminal->stream ? TS_INUSE : TS_NOTINUSE;
}

DWORD rtp_terminal_type(struct msp_terminal *terminal)
{
	return terminal->fixed ? TT_STATIC : TT_DYNAMIC;
}

GUID rtp_terminal_clsid(struct msp_terminal *terminal)
{
	return terminal->kind->clsid;
}

DWORD rtp_terminal_media_type(struct msp_terminal *terminal)
{
	(void)terminal;
	return TAPIMEDIATYPE_AUDIO;
}

DWORD rtp_terminal_direction(struct msp_terminal *terminal)
{
	return terminal->direction;
}
