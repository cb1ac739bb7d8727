// SPDX-License-Identifier: MIT
/* format.c - the formats of a call as its application sees them: what there is, what it prefers,
 * and what is in use (MSP_IID_FORMAT_CONTROL). */
#include "rtp_msp.h"

#include <stdio.h>
#include <string.h>

static DWORD place_of(const struct codec_list *list, const struct codec *codec)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->codecs[i] == codec)
			return (DWORD)i + 1;
	}
	return 0;
}

static void describe(const struct msp_call *call, const struct codec *codec, struct msp_format *out)
{
	struct codec_list wanted;

	choice_wanted(call, &wanted);
	memset(out, 0, sizeof(*out));
	(void)snprintf(out->codec, sizeof(out->codec), "%s", codec->name);
	out->clock = codec->clock;
	out->rate = codec->rate;
	out->channels = 1;
	out->bit_rate = codec->bits ? codec->bits * codec->rate : codec->bit_rate;
	out->place = place_of(&wanted, codec);
}

static LONG capability(struct msp_stream *s, DWORD index, struct msp_format *out)
{
	const struct codec *codec = media_codec_at(index);

	if (!codec)
		return TAPI_E_NOITEMS;
	describe(s->call, codec, out);
	return 0;
}

static bool same_list(const struct codec_list *a, const struct codec_list *b)
{
	return a->count == b->count &&
	       memcmp(a->codecs, b->codecs, a->count * sizeof(a->codecs[0])) == 0;
}

static LONG set_preferred(struct msp_stream *s, const char *names)
{
	struct msp_call *call = s->call;
	const struct codec_list wish = call->preferred;
	struct codec_list before, now;

	choice_wanted(call, &before);
	codec_list_read(&call->preferred, names);
	choice_wanted(call, &now);
	if (!now.count || (!call->preferred.count && names[strspn(names, " ")])) {
		call->preferred = wish;
		return TAPI_E_NOFORMAT;
	}
	if (same_list(&before, &now))
		return 0;
	if (!call->trying)
		call->preferred_before = wish;
	call->trying = call->agreed || call->offer.waits;
	return dialog_reoffer(call);
}

static LONG preferred(struct msp_stream *s, const char **names)
{
	struct msp_call *call = s->call;
	size_t used = 0;

	call->preferred_names[0] = '\0';
	for (size_t i = 0; i < call->preferred.count; i++) {
		int n = snprintf(call->preferred_names + used, sizeof(call->preferred_names) - used,
				"%s%s", i ? " " : "", call->preferred.codecs[i]->name);

		used += n > 0 ? (size_t)n : 0;
	}
	*names = call->preferred_names;
	return 0;
}

static LONG current(struct msp_stream *s, struct msp_format *out)
{
	const struct msp_call *call = s->call;
	const struct codec *heard;

	if (!call->agreed)
		return TAPI_E_NOITEMS;
	heard = s->direction == TD_RENDER ? media_session_heard(call->session) : NULL;
	describe(call, heard ? heard : call->agreement.tx.codec, out);
	if (s->direction == TD_CAPTURE)
		out->packet_ms = call->agreement.ask.packet_ms;
	return 0;
}

const struct msp_format_control format_control = {
	.capability = capability,
	.set_preferred = set_preferred,
	.preferred = preferred,
	.current = current,
};
