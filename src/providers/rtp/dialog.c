// SPDX-License-Identifier: MIT
/* dialog.c - the MSP's half of tapi-rtp-msp(7): one handler for each verb that a TSP may send, and
 * what the MSP says by itself. */
#define LOG_TOPIC "rtp"
#include "rtp_msp.h"

#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <string.h>

#define MESSAGE_SIZE (SDP_SIZE_MAX + 1024)

LONG dialog_send(struct msp_call *call, const void *data, size_t size)
{
	const struct msp_event event = {
		.kind = ME_TSP_DATA, .call = call->cookie, .data = data, .size = (DWORD)size
	};

	return size ? address_post(call->address, call, &event) : TAPI_E_OPERATIONFAILED;
}

LONG dialog_send_error(struct msp_call *call, uint32_t id, int code)
{
	const char *why = call->why ? call->why : rtpmsg_reason(code);
	char buffer[256];

	call->why = NULL;
	log_debug("call %llu: error %d to the provider: %s", (unsigned long long)call->id, code,
			why);
	return dialog_send(call, buffer, rtpmsg_error(buffer, sizeof(buffer), id, code, why));
}

/* Keys may be in the SDP, which is wiped. */
static LONG send_sdp(struct msp_call *call, enum rtpmsg_verb verb, uint32_t id, bool is_new,
		char *sdp, size_t size)
{
	char buffer[MESSAGE_SIZE];
	struct rtpmsg_writer w;
	LONG r;

	rtpmsg_begin(&w, buffer, sizeof(buffer), verb, id);
	if (is_new)
		rtpmsg_add(&w, "New", "yes");
	r = dialog_send(call, buffer, rtpmsg_end(&w, sdp, size));
	mem_wipe(buffer, sizeof(buffer));
	mem_wipe(sdp, size);
	return r;
}

LONG dialog_send_ok(struct msp_call *call, uint32_t id)
{
	char buffer[64];
	struct rtpmsg_writer w;

	rtpmsg_begin(&w, buffer, sizeof(buffer), RTPMSG_OK, id);
	return dialog_send(call, buffer, rtpmsg_end(&w, NULL, 0));
}

/* --- offers --------------------------------------------------------------------------------- */

/* What the TSP says about the session; then there are sockets. 0 or the Code of an error. */
static int prepare(struct msp_call *call, const struct rtpmsg *m)
{
	int code = m ? settings_read(&call->settings, m, &call->why) : 0;

	if (!code && call_open_session(call) < 0)
		code = 500;
	if (!code)
		code = settings_check(&call->settings, media_session_local(call->session),
				&call->why);
	return code;
}

/* m: who asked for it, or NULL. */
static LONG make_offer(struct msp_call *call, uint32_t id, const struct rtpmsg *m)
{
	const struct settings before = call->settings;
	const struct offer offer = call->offer;
	bool fresh = !call->session, is_new = !m;
	char sdp[SDP_SIZE_MAX];
	size_t size;
	int code = prepare(call, m);

	if (!code)
		code = agree_offer(call, sdp, &size);
	if (code) {
		call->settings = before;
		call->offer = offer;
		if (fresh)
			call_close_session(call, CALL_CAUSE_CONNECT_FAIL);
		return dialog_send_error(call, id, code);
	}
	call->offer_before = offer;
	call->offer.waits = true;
	call->offer.answered = false;
	call->offer.is_new = is_new;
	call->offer.id = id;
	call->reoffer = false;
	return send_sdp(call, RTPMSG_OFFER, id, is_new, sdp, size);
}

LONG dialog_join(struct msp_call *call)
{
	return make_offer(call, ++call->last_request, NULL);
}

LONG dialog_reoffer(struct msp_call *call)
{
	call->reoffer = call->offer.waits;
	return call->agreed && !call->offer.waits ? dialog_join(call) : 0;
}

static LONG on_offer_wanted(struct msp_call *call, const struct rtpmsg *m)
{
	return call->offer.waits ? dialog_send_error(call, m->id, 491) : make_offer(call, m->id, m);
}

static LONG on_offer(struct msp_call *call, const struct rtpmsg *m)
{
	const struct settings before = call->settings;
	bool fresh = !call->session;
	char sdp[SDP_SIZE_MAX];
	size_t size;
	int code;

	if (call->offer.waits)
		return dialog_send_error(call, m->id, 491);
	code = prepare(call, m);
	if (!code)
		code = agree_take_offer(call, m->body.p, m->body.size, sdp, &size);
	if (!code) {
		call->offer.answered = false;
		call->trying = false;
		return send_sdp(call, RTPMSG_ANSWER, m->id, false, sdp, size);
	}
	call->settings = before;
	if (fresh)
		call_close_session(call, CALL_CAUSE_CONNECT_FAIL);
	return dialog_send_error(call, m->id, code);
}

/* Our offer came to nothing: the one before may be answered once more. */
static void withdraw_offer(struct msp_call *call)
{
	call->offer = call->offer_before;
	if (!call->agreed)
		call_close_session(call, CALL_CAUSE_CONNECT_FAIL);
}

/* What the application wants now was not the peer's wish: as before, for else nothing that is
 * offered to it later could do. False: it was not about that. */
static bool give_up_wish(struct msp_call *call)
{
	if (!call->trying || !call->agreed)
		return false;
	call->trying = false;
	call->preferred = call->preferred_before;
	return true;
}

static bool answers_offer(const struct msp_call *call, const struct rtpmsg *m)
{
	struct rtpmsg_span s;
	bool is_new = rtpmsg_find(m, "New", &s) && rtpmsg_is(s, "yes");

	return (call->offer.waits || call->offer.answered) && m->id == call->offer.id &&
	       is_new == call->offer.is_new;
}

/* May come again, as long as there is no newer offer: early media of several branches of a fork,
 * then the answer that counts. Each takes the place of the one before. */
static LONG on_answer(struct msp_call *call, const struct rtpmsg *m)
{
	int code;

	if (!answers_offer(call, m))
		return dialog_send_error(call, m->id, 481);
	code = agree_take_answer(call, m->body.p, m->body.size);
	if (!code) {
		call->offer.waits = false;
		call->offer.answered = true;
		call->trying = call->reoffer;
		return call->reoffer ? dialog_reoffer(call) : 0;
	}
	if (!call->offer.waits)
		return dialog_send_error(call, m->id, code);
	withdraw_offer(call);
	if (give_up_wish(call))
		return dialog_join(call); /* for the peer, the session is no longer as it was */
	return dialog_send_error(call, m->id, code);
}

static LONG on_error(struct msp_call *call, const struct rtpmsg *m)
{
	char reason[RTPMSG_VALUE_MAX + 1];
	uint32_t code = 0;

	(void)rtpmsg_text(m, "Reason", reason, sizeof(reason));
	(void)rtpmsg_number(m, "Code", 999, &code);
	log_debug("call %llu: error from the provider: %s", (unsigned long long)call->id, reason);
	if (!call->offer.waits || m->id != call->offer.id)
		return 0;
	withdraw_offer(call);
	if (code != 491) /* it may be heard later */
		(void)give_up_wish(call);
	return 0;
}

static LONG on_close(struct msp_call *call, const struct rtpmsg *m)
{
	(void)m;
	while (call->pending_count)
		(void)dialog_send_done(call, call->pending[0].done, call->pending[0].id, true);
	call_close_session(call, CALL_CAUSE_REMOTE_REQUEST);
	return 0;
}

/* --- direction ------------------------------------------------------------------------------ */

static LONG set_wish(struct msp_call *call, uint32_t id, unsigned int wish, bool hushed)
{
	const unsigned int before = call->wish;
	const bool hushed_before = call->hushed;

	call->wish = wish;
	call->hushed = hushed;
	call->cause = CALL_CAUSE_LOCAL_REQUEST;
	if (call_publish(call) == 0)
		return dialog_send_ok(call, id);
	call->wish = before;
	call->hushed = hushed_before;
	return dialog_send_error(call, id, 500);
}

static LONG on_hold(struct msp_call *call, const struct rtpmsg *m)
{
	static const char *const words[] = { "inactive", "sendonly", "recvonly", "sendrecv" };
	struct rtpmsg_span s;
	bool hushed = rtpmsg_find(m, "Silent", &s) && rtpmsg_is(s, "yes");

	if (!rtpmsg_find(m, "Direction", &s))
		return set_wish(call, m->id, 0, hushed);
	for (unsigned int i = 0; i <= SDP_BOTH; i++) {
		if (rtpmsg_is(s, words[i]))
			return set_wish(call, m->id, i, hushed);
	}
	return dialog_send_error(call, m->id, 400);
}

static LONG on_resume(struct msp_call *call, const struct rtpmsg *m)
{
	return set_wish(call, m->id, SDP_BOTH, false);
}

static LONG on_figures_wanted(struct msp_call *call, const struct rtpmsg *m)
{
	char buffer[1024];

	if (!call->agreed)
		return dialog_send_error(call, m->id, 481);
	return dialog_send(call, buffer, figures_write(call, m->id, buffer, sizeof(buffer)));
}

static LONG on_mix(struct msp_call *call, const struct rtpmsg *m)
{
	char group[MIX_NAME_MAX + 1] = "", buffer[64];
	struct rtpmsg_writer w;
	struct rtpmsg_span s;
	int r;

	if (rtpmsg_find(m, "Group", &s) &&
			(!s.size || !rtpmsg_text(m, "Group", group, sizeof(group)))) {
		call->why = "Group has 1 to 64 bytes";
		return dialog_send_error(call, m->id, 400);
	}
	r = call_mix(call, group);
	if (r < 0) {
		call->why = r == -ENOSPC ? "the conference has too many members" : NULL;
		return dialog_send_error(call, m->id, 500);
	}
	rtpmsg_begin(&w, buffer, sizeof(buffer), RTPMSG_OK, m->id);
	rtpmsg_add_number(&w, "Members", media_mix_count(call->member));
	return dialog_send(call, buffer, rtpmsg_end(&w, NULL, 0));
}

static LONG not_served(struct msp_call *call, const struct rtpmsg *m)
{
	return dialog_send_error(call, m->id, 501);
}

/* What only an MSP says. */
static LONG on_reply(struct msp_call *call, const struct rtpmsg *m)
{
	return dialog_send_error(call, m->id, 481);
}

static LONG (*const handlers[RTPMSG_VERB_COUNT])(struct msp_call *, const struct rtpmsg *) = {
	[RTPMSG_OFFER_WANTED] = on_offer_wanted,
	[RTPMSG_OFFER] = on_offer,
	[RTPMSG_ANSWER] = on_answer,
	[RTPMSG_CLOSE] = on_close,
	[RTPMSG_HOLD] = on_hold,
	[RTPMSG_RESUME] = on_resume,
	[RTPMSG_DIGITS] = dialog_on_digits,
	[RTPMSG_DIGITS_DONE] = on_reply,
	[RTPMSG_DETECT] = dialog_on_detect,
	[RTPMSG_DIGIT] = on_reply,
	[RTPMSG_TONE] = dialog_on_tone,
	[RTPMSG_TONE_DONE] = on_reply,
	[RTPMSG_JOIN] = not_served,
	[RTPMSG_FIGURES_WANTED] = on_figures_wanted,
	[RTPMSG_FIGURES] = on_reply,
	[RTPMSG_MIX] = on_mix,
	[RTPMSG_TONES] = dialog_on_tones,
	[RTPMSG_HEARD] = on_reply,
	[RTPMSG_MEDIA] = on_reply,
	[RTPMSG_CONTROL] = dialog_on_control,
	[RTPMSG_CONTROLS] = dialog_on_controls,
	[RTPMSG_PLAY] = dialog_on_play,
	[RTPMSG_OK] = on_reply,
	[RTPMSG_ERROR] = on_error,
};

LONG rtp_receive_tsp_data(struct msp_address *address, struct msp_call *call, const void *data,
		DWORD size)
{
	struct rtpmsg m;
	int code;

	(void)address;
	if (!call)
		return TAPI_E_OPERATIONFAILED; /* version 1 has no words for an address */
	call->why = NULL;
	code = rtpmsg_parse(data, size, &m);
	if (code)
		return m.verb == RTPMSG_ERROR ? 0 : dialog_send_error(call, m.id, code);
	return handlers[m.verb](call, &m);
}
