// SPDX-License-Identifier: MIT
/* sample.h - random messages of any descriptor, such as survive the flat layout unchanged: no zero
 * numbers, no empty bytes, no empty inline structures, call ids of 32 bits. */
#ifndef TESTS_WIRE_SAMPLE_H
#define TESTS_WIRE_SAMPLE_H

#include "wire/arena.h"

#include <stdbool.h>

/* Uses base/random.h, so random_seed() repeats it. Asserts on want of memory. */
ProtobufCMessage *sample_message(struct arena *a, const ProtobufCMessageDescriptor *d);
/* Equal as packed bytes. */
bool sample_equal(const ProtobufCMessage *a, const ProtobufCMessage *b);

#endif
