// SPDX-License-Identifier: MIT
/* codec.c - the table of codecs. */
#include "media/codec.h"

static const struct codec *const codecs[] = {
	&codec_pcmu,
	&codec_pcma,
	&codec_g722,
	&codec_opus,
	&codec_g726_32,
	&codec_g726_40,
	&codec_g726_24,
	&codec_g726_16,
	&codec_aal2_g726_32,
	&codec_aal2_g726_40,
	&codec_aal2_g726_24,
	&codec_aal2_g726_16,
};

#define CODECS (sizeof(codecs) / sizeof(codecs[0]))

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool same_name(const char *a, size_t size, const char *b)
{
	size_t i;

	for (i = 0; i < size && b[i]; i++) {
		if (upper(a[i]) != upper(b[i]))
			return false;
	}
	return i == size && !b[i];
}

const struct codec *media_codec_at(size_t index)
{
	return index < CODECS ? codecs[index] : NULL;
}

const struct codec *media_codec_find(const char *name, size_t size)
{
	for (size_t i = 0; i < CODECS; i++) {
		if (same_name(name, size, codecs[i]->name))
			return codecs[i];
	}
	return NULL;
}

const struct codec *media_codec_static(uint8_t payload_type)
{
	for (size_t i = 0; payload_type < CODEC_DYNAMIC && i < CODECS; i++) {
		if (codecs[i]->payload_type == payload_type)
			return codecs[i];
	}
	return NULL;
}

size_t codec_samples(const struct codec *c, const uint8_t *bytes, size_t size)
{
	size_t count;

	if (c->samples)
		count = c->samples(c, bytes, size);
	else
		count = size * 8 % c->bits == 0 ? size * 8 / c->bits : 0;
	return count <= CODEC_PACKET_MS * (c->rate / 1000) ? count : 0;
}
