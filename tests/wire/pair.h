// SPDX-License-Identifier: MIT
/* pair.h - two connections that face each other, and descriptors that can be told apart. */
#ifndef TESTS_WIRE_PAIR_H
#define TESTS_WIRE_PAIR_H

#include "wire/conn.h"

#include <sys/resource.h>

extern struct conn near, far; /* near sends, far reads, as a rule */

void pair_start(void);
void pair_stop(void);
/* near queues a NOTE. */
void send_body(const void *body, size_t size, uint32_t serial);
/* near queues a NOTE with a descriptor, of which that can be read. */
void send_descriptor(char c, const void *body, size_t size);
/* It came with this one, which is closed. */
void expect_descriptor(struct frame *f, char c);
/* How many descriptors this process has open. */
int open_descriptors(void);
/* No descriptor can be had any more; what to go back to. */
struct rlimit no_descriptors(void);

#endif
