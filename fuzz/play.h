// SPDX-License-Identifier: MIT
/* play.h - an input as steps that peers of the program under test do, one after the other: a header
 * of eight bytes, then a body, most often a message of the schema. */
#ifndef FUZZ_PLAY_H
#define FUZZ_PLAY_H

#include "../tests/hostile/mutant.h"

#include <stdbool.h>

enum { STEP_HEADER = 8 };

/* All numbers little-endian, in this order. */
struct step {
	uint8_t who, flags;
	uint16_t kind, about;
	uint16_t size;
	const uint8_t *body;
};

/* False: the end. A size beyond the end means up to the end. */
bool play_next(const uint8_t **data, size_t *size, struct step *out);

/* What a mutator must know of a fuzzer's steps. */
struct play_rules {
	const struct mutant_facts *facts;
	/* The message that a step's body is; NULL: none. */
	const ProtobufCMessageDescriptor *(*message_of)(const struct step *s);
	/* Another step: who, flags, kind, about. */
	void (*invent)(struct chance *c, struct step *s);
};

/* For LLVMFuzzerCustomMutator: changes one step's message by its descriptor, or its header, or puts
 * a new one in, or takes one out; sometimes leaves it to libFuzzer. */
size_t play_mutate(const struct play_rules *rules, uint8_t *data, size_t size, size_t max,
		unsigned int seed);

#endif
