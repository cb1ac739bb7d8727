// SPDX-License-Identifier: MIT
/* wav.h - WAV files: reading of 8 and 16 bit PCM with any rate and up to 8 channels, as mono;
 * writing of 16 bit mono. */
#ifndef MEDIA_WAV_H
#define MEDIA_WAV_H

#include <stddef.h>
#include <stdint.h>

#define WAV_CHANNELS_MAX 8
#define WAV_RATE_MIN     4000
#define WAV_RATE_MAX     192000

struct wav_reader {
	int fd;
	uint32_t rate, channels, bytes; /* bytes of one sample of one channel */
	uint32_t frame;                 /* of one sample of all, at least 1 */
	uint64_t at, end;               /* positions in the file */
};

/* 0 or -errno; -EINVAL: not a WAV file that we can read. */
int wav_open(const char *path, struct wav_reader *out);
/* Frames read, as mono; 0 at the end; -errno. */
long wav_read(struct wav_reader *w, int16_t *out, size_t count);
void wav_close(struct wav_reader *w);

struct wav_writer {
	int fd;
	uint32_t size; /* of the samples, bytes */
};

/* Makes or empties the file; its header is valid from the start. 0 or -errno. */
int wav_create(const char *path, uint32_t rate, struct wav_writer *out);
int wav_write(struct wav_writer *w, const int16_t *samples, size_t count);
/* Brings the sizes in the header up to what has been written. */
int wav_patch(struct wav_writer *w);
int wav_finish(struct wav_writer *w);

#endif
