// SPDX-License-Identifier: MIT
/* dialog_name.h - by what others call a dialog: its Call-ID and tags, and where its peer is. With
 * these a third party is told to take its place (RFC 3891). */
#ifndef SIP_DIALOG_NAME_H
#define SIP_DIALOG_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include <sofia-sip/sip.h>

struct dialog_name {
	char call_id[256];
	char local_tag[128], remote_tag[128]; /* "" not known yet */
	char target[512];                     /* the peer's Contact; "" not known yet */
};

/* What a message of the dialog says of it; `is_ours`: it answers a request of ours. */
void dialog_name_learn(struct dialog_name *n, const sip_t *m, bool is_ours);
bool dialog_name_is_whole(const struct dialog_name *n);
/* A Replaces header that we received names it. */
bool dialog_name_is(const struct dialog_name *n, const sip_replaces_t *r);
/* "<sip:carol@host?Replaces=...>": the value of Refer-To for a transfer to its peer. False: it does
 * not fit. */
bool dialog_name_write(const struct dialog_name *n, char *out, size_t size);

/* The Replaces header among the headers of a URI, unescaped; false: there is none, or it is too
 * long. */
bool dialog_name_read_replaces(const char *headers, char *out, size_t size);

#endif
