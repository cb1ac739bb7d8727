// SPDX-License-Identifier: MIT
/* listen.c - which taps a call needs for what the TSP wants to hear of, and for its rules. A tap
 * that is needed before and after a change stays the same one. */
#include "rtp_msp.h"

#include <errno.h>
#include <string.h>

static bool has_rule(const struct media_rules *r, enum media_when first, enum media_when last)
{
	for (unsigned int when = first; when <= last; when++) {
		for (int i = 0; i < MEDIA_DIGITS; i++) {
			if (r->digit[when][i])
				return true;
		}
	}
	return false;
}

static bool has_kind_rule(const struct media_rules *r)
{
	for (int i = 0; i < MEDIA_KINDS; i++) {
		if (r->kind[i].action)
			return true;
	}
	return false;
}

static bool same_tones(const struct listening *a, const struct listening *b)
{
	return a->tone_count == b->tone_count && a->rule_tone_count == b->rule_tone_count &&
	       memcmp(a->tones, b->tones, a->tone_count * sizeof(a->tones[0])) == 0 &&
	       memcmp(a->rule_tones, b->rule_tones,
			       a->rule_tone_count * sizeof(a->rule_tones[0])) == 0;
}

static struct media_tap *make_tones(const struct listening *l)
{
	struct tap_tone all[2 * LISTEN_MAX];

	memcpy(all, l->tones, l->tone_count * sizeof(all[0]));
	memcpy(all + l->tone_count, l->rule_tones, l->rule_tone_count * sizeof(all[0]));
	return media_tap_tones(all, l->tone_count + l->rule_tone_count);
}

static struct media_tap *make_tap(enum media_tap_kind kind, const struct listening *l)
{
	switch (kind) {
	case TAP_DIGITS:
		return media_tap_digits();
	case TAP_PULSE:
		return media_tap_pulse();
	case TAP_TONES:
		return make_tones(l);
	case TAP_MEDIA:
		return media_tap_media();
	case MEDIA_TAPS:
		break;
	}
	return NULL;
}

int call_listen(struct msp_call *call, const struct listening *next)
{
	const bool wanted[MEDIA_TAPS] = {
		[TAP_DIGITS] = next->digits || has_rule(&next->rules, WHEN_DOWN, WHEN_UP),
		[TAP_PULSE] = next->pulse || has_rule(&next->rules, WHEN_PULSE, WHEN_PULSE),
		[TAP_TONES] = next->tone_count || next->rule_tone_count,
		[TAP_MEDIA] = next->media || has_kind_rule(&next->rules),
	};
	struct media_tap *before[MEDIA_TAPS], *taps[MEDIA_TAPS] = { NULL };
	const struct listening listening = call->listening;
	int r = 0;

	memcpy(before, call->taps, sizeof(before));
	for (int i = 0; i < MEDIA_TAPS && !r; i++) {
		bool keep = before[i] && (i != TAP_TONES || same_tones(next, &listening));

		if (wanted[i])
			taps[i] = keep ? media_tap_ref(before[i])
				       : make_tap((enum media_tap_kind)i, next);
		r = wanted[i] && !taps[i] ? -ENOMEM : 0;
	}
	if (!r) {
		memcpy(call->taps, taps, sizeof(taps));
		call->listening = *next;
		r = call_publish(call);
	}
	if (r) {
		memcpy(call->taps, before, sizeof(before));
		call->listening = listening;
	}
	for (int i = 0; i < MEDIA_TAPS; i++)
		media_tap_unref(r ? taps[i] : before[i]);
	return r;
}
