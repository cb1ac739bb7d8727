// SPDX-License-Identifier: MIT
/* codec.c - the table of codecs. */
#include "media/codec.h"

static const struct codec *const codecs[] = {
	&codec_pcmu,
	&codec_pcma,
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
