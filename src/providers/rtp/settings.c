// SPDX-License-Identifier: MIT
/* settings.c - headers of the TSP's offer? and offer that hold for the call until a later one
 * replaces them. */
#include "rtp_msp.h"

#include <string.h>

static bool read_address(struct sockaddr_storage *out, const char *text)
{
	memset(out, 0, sizeof(*out));
	if (*text == '\0')
		return true;
	return address_parse(text, strlen(text), out) && address_is_host(out);
}

static bool read_local(struct settings *s, const char *text)
{
	return read_address(&s->address, text);
}

static bool read_advertise(struct settings *s, const char *text)
{
	return read_address(&s->advertise, text);
}

static bool read_latch(struct settings *s, const char *text)
{
	return read_address(&s->latch, text);
}

static void add_codec(struct codec_list *list, const struct codec *codec)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->codecs[i] == codec)
			return;
	}
	if (codec && list->count < SDP_CODECS_MAX)
		list->codecs[list->count++] = codec;
}

void codec_list_read(struct codec_list *list, const char *names)
{
	list->count = 0;
	while (*names) {
		size_t n = strcspn(names, " ");

		add_codec(list, media_codec_find(names, n));
		names += n + strspn(names + n, " ");
	}
}

/* Empty: the usual ones again. */
static bool read_codecs(struct settings *s, const char *text)
{
	codec_list_read(&s->codecs, text);
	return *text == '\0' || s->codecs.count > 0;
}

static bool read_srtp(struct settings *s, const char *text)
{
	static const char *const words[] = { "off", "optional", "required" };
	const struct rtpmsg_span value = { text, strlen(text) };

	for (int i = 0; i < 3; i++) {
		if (rtpmsg_is(value, words[i])) {
			s->srtp = (enum srtp_wish)i;
			return true;
		}
	}
	return false;
}

static const struct setting {
	const char *header;
	bool (*read)(struct settings *s, const char *text);
	int code; /* if it could not be read, with the sentence */
	const char *why;
} settings[] = {
	{ "Address", read_local, 400, "Address is not the IP address of a host" },
	{ "Advertise", read_advertise, 400, "Advertise is not the IP address of a host" },
	{ "Latch", read_latch, 400, "Latch is not the IP address of a host" },
	{ "Codecs", read_codecs, 488, "Codecs names none that is known here" },
	{ "SRTP", read_srtp, 400, "SRTP is neither off nor optional nor required" },
};

int settings_read(struct settings *s, const struct rtpmsg *m, const char **why)
{
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		char text[RTPMSG_VALUE_MAX + 1];
		struct rtpmsg_span span;

		if (!rtpmsg_find(m, settings[i].header, &span))
			continue;
		if (rtpmsg_text(m, settings[i].header, text, sizeof(text)) &&
				settings[i].read(s, text))
			continue;
		*why = settings[i].why;
		return settings[i].code;
	}
	return 0;
}

static bool fits(const struct sockaddr_storage *a, const struct sockaddr *local)
{
	return a->ss_family == AF_UNSPEC || a->ss_family == local->sa_family;
}

int settings_check(const struct settings *s, const struct sockaddr *local, const char **why)
{
	if (fits(&s->advertise, local) && fits(&s->latch, local))
		return 0;
	*why = fits(&s->latch, local) ? "Advertise is of another family than the local address"
				      : "Latch is of another family than the local address";
	return 400;
}
