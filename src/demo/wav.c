// SPDX-License-Identifier: MIT
/* wav.c - RIFF chunks, only as far as 16-bit PCM needs. */
#include "demo/wav.h"

#include "base/mem.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint32_t u32(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static unsigned u16(const unsigned char *p)
{
	return p[0] | (unsigned)p[1] << 8;
}

static int read_all(const char *path, unsigned char **out, size_t *size)
{
	FILE *f = fopen(path, "rb");
	unsigned char *data = NULL;
	long end = 0;
	int err = 0;

	if (!f)
		return -errno;
	if (fseek(f, 0, SEEK_END) < 0 || (end = ftell(f)) < 0 || fseek(f, 0, SEEK_SET) < 0)
		err = -errno;
	else if (!(data = mem_alloc((size_t)end)))
		err = -ENOMEM;
	else if (fread(data, 1, (size_t)end, f) != (size_t)end)
		err = -EIO;
	(void)fclose(f);
	if (err || !data) {
		mem_free(data);
		return err;
	}
	*out = data;
	*size = (size_t)end;
	return 0;
}

static int samples_from(const unsigned char *data, size_t size, unsigned channels, struct wav *out)
{
	out->count = size / (2 * channels);
	out->samples = mem_new_array(double, out->count + 1);
	if (!out->samples)
		return -ENOMEM;
	for (size_t i = 0; i < out->count; i++)
		out->samples[i] = (int16_t)u16(data + i * 2 * channels) / 32768.0;
	return 0;
}

static int parse(const unsigned char *data, size_t size, struct wav *out)
{
	unsigned channels = 0;
	size_t at = 12;

	if (size < 12 || memcmp(data, "RIFF", 4) != 0 || memcmp(data + 8, "WAVE", 4) != 0)
		return -EINVAL;
	while (size - at >= 8) {
		const unsigned char *chunk = data + at + 8;
		size_t length = u32(data + at + 4);

		if (length > size - at - 8)
			length = size - at - 8;
		if (memcmp(data + at, "fmt ", 4) == 0 && length >= 16) {
			if (u16(chunk) != 1 || u16(chunk + 14) != 16)
				return -EINVAL;
			channels = u16(chunk + 2);
			out->rate = u32(chunk + 4);
		} else if (memcmp(data + at, "data", 4) == 0 && channels && out->rate) {
			return samples_from(chunk, length, channels, out);
		}
		at += 8 + length + (length & 1);
		if (at > size)
			break;
	}
	return -EINVAL;
}

int wav_load(const char *path, struct wav *out)
{
	unsigned char *data = NULL;
	size_t size = 0;
	int err = read_all(path, &data, &size);

	*out = (struct wav){ NULL, 0, 0 };
	if (err)
		return err;
	err = parse(data, size, out);
	mem_free(data);
	return err;
}

void wav_fini(struct wav *w)
{
	mem_free(w->samples);
	w->samples = NULL;
}
