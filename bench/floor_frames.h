// SPDX-License-Identifier: MIT
/* floor_frames.h - a recorded request with its answer as messages, and what both ends of the floor
 * do with a frame: pack and write, read and unpack. */
#ifndef BENCH_FLOOR_FRAMES_H
#define BENCH_FLOOR_FRAMES_H

#include "wire/frame.h"

#include <protobuf-c/protobuf-c.h>
#include <stdint.h>

enum { FLOOR_BUFFER = 16384 };

struct floor_frames {
	uint16_t kind;
	ProtobufCMessage *request, *reply;
};

/* Frames on their way in or out. */
struct floor_buffer {
	size_t size;
	uint8_t data[FLOOR_BUFFER];
};

/* 0 or -errno. */
int floor_frames_read(struct floor_frames *f, const char *path);
void floor_frames_fini(struct floor_frames *f);

/* Appends a frame. 0 or -EMSGSIZE. */
int floor_pack(struct floor_buffer *b, uint16_t kind, const ProtobufCMessage *m);
/* Size of the frame at `at`, 0 if it is not whole. */
size_t floor_whole(const struct floor_buffer *b, size_t at);
/* Of the frame of this size at `at`. */
ProtobufCMessage *floor_unpack(const struct floor_buffer *b, size_t at, size_t size,
		const ProtobufCMessageDescriptor *d);
/* Blocking: all of it, then b is empty; one whole frame. 0 or -errno. */
int floor_write(int fd, struct floor_buffer *b);
int floor_read(int fd, struct floor_buffer *b);

#endif
