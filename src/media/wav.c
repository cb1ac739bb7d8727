// SPDX-License-Identifier: MIT
/* wav.c - RIFF WAVE. A file may lie about its sizes and be cut anywhere. */
#include "media/wav.h"

#include "media/frame.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER_SIZE 44
#define CHUNKS_MAX  64
#define BLOCK       4096

enum { FORMAT_PCM = 1, FORMAT_EXTENSIBLE = 0xfffe };

static uint32_t get16(const uint8_t *p)
{
	return (uint32_t)(p[0] | p[1] << 8);
}

static uint32_t get32(const uint8_t *p)
{
	return get16(p) | get16(p + 2) << 16;
}

static void put32(uint8_t *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

/* As many bytes as there are up to size, or -errno. */
static long read_at(int fd, void *p, size_t size, uint64_t at)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = pread(fd, (char *)p + done, size - done, (off_t)(at + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (long)done;
}

static int read_format(struct wav_reader *w, uint64_t at, uint32_t size)
{
	uint8_t f[40];
	uint32_t format, bits;

	memset(f, 0, sizeof(f));
	if (size < 16 || read_at(w->fd, f, size < sizeof(f) ? size : sizeof(f), at) < 16)
		return -EINVAL;
	format = get16(f);
	if (format == FORMAT_EXTENSIBLE)
		format = get16(f + 24); /* 0 in one that is too short */
	w->channels = get16(f + 2);
	w->rate = get32(f + 4);
	bits = get16(f + 14);
	w->bytes = bits / 8;
	if (format != FORMAT_PCM || (bits != 8 && bits != 16))
		return -EINVAL;
	if (w->channels < 1 || w->channels > WAV_CHANNELS_MAX)
		return -EINVAL;
	if (w->rate < WAV_RATE_MIN || w->rate > WAV_RATE_MAX)
		return -EINVAL;
	w->frame = w->channels * w->bytes;
	return 0;
}

/* Finds "fmt " and "data"; a size beyond the file's end means: up to the end. */
static int read_chunks(struct wav_reader *w, uint64_t file_size)
{
	uint64_t at = 12;
	bool formatted = false;

	for (int i = 0; i < CHUNKS_MAX && at + 8 <= file_size; i++) {
		uint8_t head[8];
		uint32_t size;

		if (read_at(w->fd, head, 8, at) != 8)
			return -EINVAL;
		at += 8;
		size = get32(head + 4);
		if (memcmp(head, "fmt ", 4) == 0) {
			if (read_format(w, at, size) < 0)
				return -EINVAL;
			formatted = true;
		} else if (memcmp(head, "data", 4) == 0) {
			w->at = at;
			w->end = size > file_size - at ? file_size : at + size;
			return formatted ? 0 : -EINVAL;
		}
		at += (uint64_t)size + (size & 1);
	}
	return -EINVAL;
}

int wav_open(const char *path, struct wav_reader *out)
{
	uint8_t head[12];
	struct stat st;
	int r = -EINVAL;

	/* O_NONBLOCK: a FIFO must not stop us; it is refused below. */
	out->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (out->fd < 0)
		return -errno;
	if (fstat(out->fd, &st) == 0 && S_ISREG(st.st_mode) &&
			read_at(out->fd, head, 12, 0) == 12 && memcmp(head, "RIFF", 4) == 0 &&
			memcmp(head + 8, "WAVE", 4) == 0)
		r = read_chunks(out, (uint64_t)st.st_size);
	if (r < 0)
		wav_close(out);
	return r;
}

static int16_t mix(const uint8_t *p, uint32_t channels, uint32_t bytes)
{
	const int32_t n = (int32_t)channels;
	int32_t sum = 0;

	assert(n > 0);
	for (uint32_t i = 0; i < channels; i++, p += bytes)
		sum += bytes == 1 ? (p[0] - 128) * 256 : (int16_t)get16(p);
	return (int16_t)(sum / n);
}

long wav_read(struct wav_reader *w, int16_t *out, size_t count)
{
	uint8_t block[BLOCK];
	const size_t frame = w->frame;
	size_t done = 0;

	assert(frame);
	while (done < count) {
		uint64_t left = (w->end - w->at) / frame;
		size_t want = count - done < BLOCK / frame ? count - done : BLOCK / frame;
		long n;

		if (want > left)
			want = (size_t)left;
		if (want == 0)
			break;
		n = read_at(w->fd, block, want * frame, w->at);
		if (n < 0)
			return n;
		want = (size_t)n / frame;
		if (want == 0)
			break;
		for (size_t i = 0; i < want; i++)
			out[done + i] = mix(block + i * frame, w->channels, w->bytes);
		w->at += want * frame;
		done += want;
	}
	return (long)done;
}

void wav_close(struct wav_reader *w)
{
	if (w->fd >= 0)
		(void)close(w->fd);
	w->fd = -1;
}

static int write_at(int fd, const void *p, size_t size, uint64_t at)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = pwrite(fd, (const char *)p + done, size - done, (off_t)(at + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		done += (size_t)n;
	}
	return 0;
}

int wav_create(const char *path, uint32_t rate, struct wav_writer *out)
{
	static const uint8_t plan[HEADER_SIZE] = "RIFF\0\0\0\0WAVEfmt \20\0\0\0\1\0\1\0"
						 "\0\0\0\0\0\0\0\0\2\0\20\0data\0\0\0";
	uint8_t head[HEADER_SIZE];
	int r;

	out->size = 0;
	out->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK, 0666);
	if (out->fd < 0)
		return -errno;
	memcpy(head, plan, sizeof(head));
	put32(head + 4, HEADER_SIZE - 8);
	put32(head + 24, rate);
	put32(head + 28, rate * 2);
	r = write_at(out->fd, head, sizeof(head), 0);
	if (r < 0) {
		(void)close(out->fd);
		out->fd = -1;
	}
	return r;
}

int wav_write(struct wav_writer *w, const int16_t *samples, size_t count)
{
	uint8_t block[BLOCK];

	if (count > (UINT32_MAX - HEADER_SIZE - w->size) / 2)
		return -EFBIG;
	while (count) {
		size_t n = count < BLOCK / 2 ? count : BLOCK / 2;
		int r;

		for (size_t i = 0; i < n; i++) {
			block[2 * i] = (uint8_t)samples[i];
			block[2 * i + 1] = (uint8_t)((uint16_t)samples[i] >> 8);
		}
		r = write_at(w->fd, block, 2 * n, (uint64_t)HEADER_SIZE + w->size);
		if (r < 0)
			return r;
		w->size += (uint32_t)(2 * n);
		samples += n;
		count -= n;
	}
	return 0;
}

int wav_patch(struct wav_writer *w)
{
	uint8_t size[4];
	int r;

	put32(size, w->size + HEADER_SIZE - 8);
	r = write_at(w->fd, size, 4, 4);
	put32(size, w->size);
	return r < 0 ? r : write_at(w->fd, size, 4, HEADER_SIZE - 4);
}

int wav_finish(struct wav_writer *w)
{
	int r;

	if (w->fd < 0)
		return 0;
	r = wav_patch(w);
	if (close(w->fd) < 0 && r == 0)
		r = -errno;
	w->fd = -1;
	return r;
}
