// SPDX-License-Identifier: MIT
/* floor_frames.c - see floor_frames.h. */
#include "floor_frames.h"

#include "wire/calls.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

size_t floor_whole(const struct floor_buffer *b, size_t at)
{
	struct frame_header h;

	if (b->size - at < FRAME_HEADER)
		return 0;
	frame_header_unpack(b->data + at, &h);
	return b->size - at - FRAME_HEADER >= h.length ? FRAME_HEADER + h.length : 0;
}

ProtobufCMessage *floor_unpack(const struct floor_buffer *b, size_t at, size_t size,
		const ProtobufCMessageDescriptor *d)
{
	return protobuf_c_message_unpack(d, NULL, size - FRAME_HEADER, b->data + at + FRAME_HEADER);
}

int floor_pack(struct floor_buffer *b, uint16_t kind, const ProtobufCMessage *m)
{
	struct frame_header h = { .kind = kind, .serial = 1 };
	size_t size = protobuf_c_message_get_packed_size(m);
	uint8_t *to = b->data + b->size;

	if (FRAME_HEADER + size > FLOOR_BUFFER - b->size)
		return -EMSGSIZE;
	h.length = (uint32_t)size;
	frame_header_pack(&h, to);
	b->size += FRAME_HEADER + protobuf_c_message_pack(m, to + FRAME_HEADER);
	return 0;
}

int floor_write(int fd, struct floor_buffer *b)
{
	size_t done = 0, size = b->size;

	b->size = 0;
	while (done < size) {
		ssize_t n = write(fd, b->data + done, size - done);

		if (n < 0)
			return -errno;
		done += (size_t)n;
	}
	return 0;
}

int floor_read(int fd, struct floor_buffer *b)
{
	b->size = 0;
	while (!floor_whole(b, 0)) {
		ssize_t n = read(fd, b->data + b->size, FLOOR_BUFFER - b->size);

		if (n < 0)
			return -errno;
		if (n == 0)
			return -ECONNRESET; /* or a frame that does not fit */
		b->size += (size_t)n;
	}
	return 0;
}

/* The file: the request's frame, then that of its answer, as they came over the socket. */
static int unpack_both(struct floor_frames *f, const struct floor_buffer *b)
{
	const struct rule *rule;
	struct frame_header h;
	size_t first = floor_whole(b, 0), second = first ? floor_whole(b, first) : 0;

	if (!second)
		return -EPROTO;
	frame_header_unpack(b->data, &h);
	rule = rule_find(h.kind);
	if (!rule)
		return -EPROTO;
	f->kind = h.kind;
	f->request = floor_unpack(b, 0, first, rule->request);
	f->reply = floor_unpack(b, first, second, rule->reply);
	return f->request && f->reply ? 0 : -EPROTO;
}

int floor_frames_read(struct floor_frames *f, const char *path)
{
	static struct floor_buffer b;
	FILE *file = fopen(path, "re");

	memset(f, 0, sizeof(*f));
	if (!file)
		return -errno;
	b.size = fread(b.data, 1, FLOOR_BUFFER, file);
	(void)fclose(file);
	return unpack_both(f, &b);
}

void floor_frames_fini(struct floor_frames *f)
{
	if (f->request)
		protobuf_c_message_free_unpacked(f->request, NULL);
	if (f->reply)
		protobuf_c_message_free_unpacked(f->reply, NULL);
}
