// SPDX-License-Identifier: MIT
/* headers.c - sofia parses headers that it knows and keeps the others as text; both become text. */
#include "headers.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <sofia-sip/sip_header.h>
#include <sofia-sip/su_alloc.h>

#define VALUE_MAX 4096

static const char *const wanted[] = { "P-Asserted-Identity", "Remote-Party-ID", "Privacy",
	"Diversion", "History-Info" };

static bool add(struct header *out, size_t max, size_t *count, const char *name, const char *value)
{
	char *copy;

	if (*count == max || !value || strlen(value) > VALUE_MAX)
		return false;
	copy = mem_strdup(value);
	if (!copy)
		return false;
	out[(*count)++] = (struct header){ name, copy };
	return true;
}

static void add_encoded(struct header *out, size_t max, size_t *count, const char *name,
		const void *header)
{
	char value[VALUE_MAX + 1];
	issize_t size;

	if (!header)
		return;
	size = sip_header_field_e(value, sizeof(value), (sip_header_t const *)header, 0);
	if (size < 0 || (size_t)size >= sizeof(value)) /* what does not fit leaves gaps */
		return;
	(void)add(out, max, count, name, value);
}

size_t headers_of(const sip_t *m, struct header *out, size_t max)
{
	size_t count = 0;

	if (!m)
		return 0;
	add_encoded(out, max, &count, "From", m->sip_from);
	add_encoded(out, max, &count, "To", m->sip_to);
	add_encoded(out, max, &count, "Privacy", m->sip_privacy);
	add_encoded(out, max, &count, "Referred-By", m->sip_referred_by);
	for (const sip_unknown_t *u = m->sip_unknown; u; u = u->un_next)
		for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
			if (u->un_name && strcasecmp(u->un_name, wanted[i]) == 0)
				(void)add(out, max, &count, wanted[i], u->un_value);
	return count;
}

void headers_free(struct header *headers, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		union {
			const char *in;
			char *out;
		} p = { headers[i].value };

		mem_free(p.out);
	}
}

bool headers_take_uui(const sip_t *m, struct uui_queue *q)
{
	char bytes[UUI_SIZE_MAX];
	bool shows = false;
	size_t size;

	for (const sip_unknown_t *u = m ? m->sip_unknown : NULL; u; u = u->un_next)
		if (u->un_name && u->un_value && strcasecmp(u->un_name, "User-to-User") == 0 &&
				uui_read(u->un_value, bytes, sizeof(bytes), &size) == 0)
			shows |= uui_queue_add(q, bytes, size);
	return shows;
}

const char *headers_reason(const sip_t *m, char out[HEADERS_REASON_MAX])
{
	issize_t size;

	if (!m || !m->sip_reason)
		return NULL;
	size = sip_header_field_e(out, HEADERS_REASON_MAX, (sip_header_t const *)m->sip_reason, 0);
	return size < 0 || size >= HEADERS_REASON_MAX ? NULL : out;
}

static const char *name_of(const sip_header_t *h)
{
	if (sip_is_unknown(h))
		return h->sh_unknown->un_name;
	return h->sh_class->hc_name;
}

/* Values come from a peer: no control character, so no line that it made up. */
static size_t add_line(const char *value, char *out, size_t size)
{
	size_t used = 0;

	for (; *value && used + 2 < size; value++)
		out[used++] = (unsigned char)*value < ' ' ? ' ' : *value;
	if (used + 1 < size)
		out[used++] = '\n';
	out[used] = '\0';
	return used;
}

bool headers_raw(const msg_t *m, const char *name, char *out, size_t size)
{
	const sip_t *s = sip_object(m);
	const sip_header_t *h = !s               ? NULL
				: s->sip_request ? (const sip_header_t *)s->sip_request
						 : (const sip_header_t *)s->sip_status;
	char value[VALUE_MAX + 1];
	size_t used = 0;
	bool found = false;

	for (; h; h = (const sip_header_t *)h->sh_succ) {
		const char *is = name_of(h);

		if (!is || strcasecmp(is, name) != 0)
			continue;
		if (sip_header_field_e(value, sizeof(value), h, 0) < 0)
			continue;
		value[VALUE_MAX] = '\0';
		found = true;
		if (used + 2 < size)
			used += add_line(value, out + used, size - used);
	}
	return found;
}
