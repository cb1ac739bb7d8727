// SPDX-License-Identifier: MIT
/* figures.c - what a session has counted, as the TSP asks for it. */
#include "rtp_msp.h"

#include <stdio.h>

#define FRAME_MS 10

void call_address_text(const struct sockaddr *a, char *out, size_t size)
{
	char host[INET6_ADDRSTRLEN];

	address_text(a, host, sizeof(host));
	(void)snprintf(out, size, a->sa_family == AF_INET6 ? "[%s]:%u" : "%s:%u", host,
			(unsigned int)address_port(a));
}

static void add(struct rtpmsg_writer *w, const char *name, uint64_t value)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%llu", (unsigned long long)value);
	rtpmsg_add(w, name, text);
}

static void add_session(struct rtpmsg_writer *w, const struct msp_call *call)
{
	struct sockaddr_storage remote;
	char text[64];

	(void)snprintf(text, sizeof(text), "%s/%u", call->agreement.tx.codec->name,
			(unsigned int)call->agreement.tx.codec->clock);
	rtpmsg_add(w, "Codec", text);
	rtpmsg_add(w, "SRTP", call->agreement.secure[MEDIA_CAPTURE] ? "on" : "off");
	call_address_text(media_session_local(call->session), text, sizeof(text));
	rtpmsg_add(w, "Local", text);
	media_session_remote(call->session, &remote);
	call_address_text((const struct sockaddr *)&remote, text, sizeof(text));
	rtpmsg_add(w, "Remote", text);
}

size_t figures_write(struct msp_call *call, uint32_t id, void *buffer, size_t size)
{
	struct media_figures sent, heard;
	struct rtpmsg_writer w;

	media_session_figures(call->session, MEDIA_CAPTURE, &sent);
	media_session_figures(call->session, MEDIA_RENDER, &heard);
	rtpmsg_begin(&w, buffer, size, RTPMSG_FIGURES, id);
	add_session(&w, call);
	add(&w, "Sent-Packets", sent.packets);
	add(&w, "Sent-Bytes", sent.bytes);
	add(&w, "Received-Packets", heard.packets);
	add(&w, "Received-Bytes", heard.bytes);
	add(&w, "Lost", heard.lost);
	add(&w, "Late", heard.late);
	add(&w, "Duplicate", heard.duplicate);
	add(&w, "Stranger", heard.stranger);
	add(&w, "Concealed-Ms", heard.made * FRAME_MS);
	add(&w, "Jitter-Us", heard.jitter_us);
	add(&w, "Delay-Ms", heard.delay_ms);
	add(&w, "Peer-Lost", sent.lost);
	add(&w, "Peer-Jitter-Us", sent.jitter_us);
	add(&w, "Round-Trip-Us", sent.round_trip_us);
	return rtpmsg_end(&w, NULL, 0);
}
