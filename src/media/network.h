// SPDX-License-Identifier: MIT
/* network.h - numbers in the order of the network. */
#ifndef MEDIA_NETWORK_H
#define MEDIA_NETWORK_H

#include <stdint.h>

static inline uint16_t network_get16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static inline uint32_t network_get32(const uint8_t *p)
{
	return (uint32_t)network_get16(p) << 16 | network_get16(p + 2);
}

static inline void network_put16(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static inline void network_put32(uint8_t *p, uint32_t v)
{
	network_put16(p, v >> 16);
	network_put16(p + 2, v);
}

#endif
