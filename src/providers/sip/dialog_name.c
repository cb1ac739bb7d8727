// SPDX-License-Identifier: MIT
/* dialog_name.c - Call-ID, tags and Contact, and how they stand in Replaces and Refer-To. */
#include "dialog_name.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <sofia-sip/url.h>

static void keep(char *out, size_t size, const char *text)
{
	if (text && strlen(text) < size)
		memcpy(out, text, strlen(text) + 1);
}

void dialog_name_learn(struct dialog_name *n, const sip_t *m, bool is_ours)
{
	const char *from = m && m->sip_from ? m->sip_from->a_tag : NULL;
	const char *to = m && m->sip_to ? m->sip_to->a_tag : NULL;
	url_t target;

	if (!m)
		return;
	if (m->sip_call_id)
		keep(n->call_id, sizeof(n->call_id), m->sip_call_id->i_id);
	keep(n->local_tag, sizeof(n->local_tag), is_ours ? from : to);
	keep(n->remote_tag, sizeof(n->remote_tag), is_ours ? to : from);
	if (!m->sip_contact || !m->sip_contact->m_url->url_host)
		return;
	target = *m->sip_contact->m_url;
	target.url_headers = NULL;
	if (url_e(n->target, sizeof(n->target), &target) >= (issize_t)sizeof(n->target))
		n->target[0] = '\0';
}

bool dialog_name_is_whole(const struct dialog_name *n)
{
	return n->call_id[0] && n->local_tag[0] && n->remote_tag[0] && n->target[0];
}

bool dialog_name_is(const struct dialog_name *n, const sip_replaces_t *r)
{
	return r->rp_call_id && r->rp_to_tag && r->rp_from_tag &&
	       strcmp(n->call_id, r->rp_call_id) == 0 && strcmp(n->local_tag, r->rp_to_tag) == 0 &&
	       strcmp(n->remote_tag, r->rp_from_tag) == 0;
}

/* Everything that is not plain in a header of a URI. */
static size_t escape(const char *text, char *out, size_t size)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t used = 0;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
				(c >= 'a' && c <= 'z') || strchr("-_.!~*'()", c);

		if (used + 4 > size)
			return size;
		if (is_plain) {
			out[used++] = (char)c;
			continue;
		}
		out[used++] = '%';
		out[used++] = hex[c >> 4];
		out[used++] = hex[c & 15];
	}
	out[used] = '\0';
	return used;
}

bool dialog_name_write(const struct dialog_name *n, char *out, size_t size)
{
	char replaces[sizeof(n->call_id) + 2 * sizeof(n->local_tag) + 32], escaped[1600];
	int used;

	/* As its receiver, the peer, sees the tags. */
	(void)snprintf(replaces, sizeof(replaces), "%s;to-tag=%s;from-tag=%s", n->call_id,
			n->remote_tag, n->local_tag);
	if (escape(replaces, escaped, sizeof(escaped)) >= sizeof(escaped))
		return false;
	used = snprintf(out, size, "<%s?Replaces=%s>", n->target, escaped);
	return used > 0 && (size_t)used < size;
}

static int nibble(char c)
{
	const char *hex = "0123456789abcdef", *at = c ? strchr(hex, c | 0x20) : NULL;

	return at ? (int)(at - hex) : -1;
}

bool dialog_name_read_replaces(const char *headers, char *out, size_t size)
{
	static const char name[] = "Replaces=";
	const char *p = headers;
	size_t used = 0;

	while (p && strncasecmp(p, name, sizeof(name) - 1) != 0) {
		p = strchr(p, '&');
		p = p ? p + 1 : NULL;
	}
	if (!p)
		return false;
	for (p += sizeof(name) - 1; *p && *p != '&'; p++) {
		int high = p[0] == '%' ? nibble(p[1]) : -1, low = high >= 0 ? nibble(p[2]) : -1;
		char c = *p;

		if (low >= 0)
			c = (char)(unsigned char)(high * 16 + low);
		if (used + 1 >= size || (unsigned char)c < 0x20 || c == 0x7f)
			return false;
		out[used++] = c;
		p += low >= 0 ? 2 : 0;
	}
	out[used] = '\0';
	return used != 0;
}
