// SPDX-License-Identifier: MIT
/* bodies.h - small bodies of SIP messages: message waiting, progress of a transfer, digits. They
 * are not terminated by NUL, and any bytes may come. */
#ifndef SIP_BODIES_H
#define SIP_BODIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* application/simple-message-summary (RFC 3842). */
struct mwi {
	bool is_waiting;
	unsigned new_count, old_count; /* voice messages, if it says so */
};
/* False: it does not say whether messages wait. */
bool mwi_read(const char *body, size_t size, struct mwi *out);

/* message/sipfrag (RFC 3420): how a transfer goes. False: there is no status line. */
bool sipfrag_read(const char *body, size_t size, int *status, char *phrase, size_t room);
/* "SIP/2.0 200 OK\r\n"; the phrase is cleaned. */
void sipfrag_write(int status, const char *phrase, char *out, size_t size);

/* A digit by INFO: application/dtmf-relay, or application/dtmf. False: it is none. */
bool info_read(const char *content_type, const char *body, size_t size, char *digit,
		uint32_t *duration_ms);
/* The body of application/dtmf-relay. */
void info_write(char digit, uint32_t duration_ms, char *out, size_t size);

#endif
