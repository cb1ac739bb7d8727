// SPDX-License-Identifier: MIT
/* parties.c - From, To, P-Asserted-Identity, Remote-Party-ID, Diversion and History-Info. */
#include "parties.h"

#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define UNKNOWN_PARTY                                                                              \
	(struct party)                                                                             \
	{                                                                                          \
		.flags = LINECALLPARTYID_UNAVAIL, .type = LINEADDRESSTYPE_PHONENUMBER              \
	}
#define HIDDEN_PARTY                                                                               \
	(struct party)                                                                             \
	{                                                                                          \
		.flags = LINECALLPARTYID_BLOCKED, .type = LINEADDRESSTYPE_PHONENUMBER              \
	}

/* A URI in pieces. */
struct uri {
	bool is_tel;
	struct text user, host, params, headers;
};

void parties_init(struct parties *p)
{
	p->caller = p->called = p->connected = p->redirecting = p->redirection = UNKNOWN_PARTY;
}

static bool is_number(const char *s)
{
	size_t digits = strspn(s + (*s == '+'), "0123456789*#-.()");

	return digits && s[(*s == '+') + digits] == '\0';
}

static void set_flags(struct party *p)
{
	p->flags = (p->address[0] ? (DWORD)LINECALLPARTYID_ADDRESS : 0) |
		   (p->name[0] ? (DWORD)LINECALLPARTYID_NAME : 0);
	if (!p->flags)
		p->flags = LINECALLPARTYID_UNAVAIL;
	p->type = is_number(p->address) || !p->address[0] ? LINEADDRESSTYPE_PHONENUMBER
							  : LINEADDRESSTYPE_EMAILNAME;
}

void party_set(struct party *p, const char *address, const char *name)
{
	text_clean(address, p->address, sizeof(p->address));
	text_clean(name ? name : "", p->name, sizeof(p->name));
	set_flags(p);
}

static struct text cut_at(struct text *t, char stop)
{
	const char *at = t->size ? memchr(t->p, stop, t->size) : NULL;
	struct text rest = { NULL, 0 };

	if (at) {
		rest = (struct text){ at + 1, t->size - (size_t)(at + 1 - t->p) };
		t->size = (size_t)(at - t->p);
	}
	return rest;
}

static bool take_scheme(struct text *t, const char *scheme)
{
	size_t size = strlen(scheme);

	if (t->size < size || strncasecmp(t->p, scheme, size) != 0)
		return false;
	t->p += size;
	t->size -= size;
	return true;
}

static bool uri_read(struct text t, struct uri *out)
{
	struct text host;

	*out = (struct uri){ .is_tel = take_scheme(&t, "tel:") };
	if (!out->is_tel && !take_scheme(&t, "sip:") && !take_scheme(&t, "sips:"))
		return false;
	if (out->is_tel) {
		out->params = cut_at(&t, ';');
		out->user = t;
		return t.size != 0;
	}
	host = cut_at(&t, '@');
	if (host.p) {
		out->user = t;
		(void)cut_at(&out->user, ':'); /* a password */
	} else {
		host = t;
	}
	out->headers = cut_at(&host, '?');
	out->params = cut_at(&host, ';');
	out->host = host;
	return host.size != 0;
}

/* %HH becomes a byte, except where that would be a control character. */
static void unescape(char *s)
{
	char *to = s;

	for (; *s; s++) {
		bool coded = s[0] == '%' && strspn(s + 1, "0123456789abcdefABCDEF") >= 2;
		const char hex[3] = { coded ? s[1] : '0', coded ? s[2] : '0', '\0' };
		unsigned long byte = strtoul(hex, NULL, 16);

		if (byte >= 0x20 && byte != 0x7f) {
			*to++ = (char)byte;
			s += 2;
		} else {
			*to++ = *s;
		}
	}
	*to = '\0';
}

static void show(const struct uri *u, const char *domain, char out[PARTY_ADDRESS_MAX + 1])
{
	char user[PARTY_ADDRESS_MAX + 1], host[PARTY_ADDRESS_MAX + 1];
	char whole[2 * PARTY_ADDRESS_MAX + 8];
	struct text value, bare = u->host;
	bool is_phone;

	text_copy(u->user, user, sizeof(user));
	text_copy(u->host, host, sizeof(host));
	if (bare.size && bare.p[0] != '[')
		(void)cut_at(&bare, ':');
	is_phone = text_param(u->params, "user", &value) && text_is(value, "phone");
	if (is_phone)
		user[strcspn(user, ";")] = '\0';
	(void)snprintf(whole, sizeof(whole), "sip:%s%s%s", user, *user ? "@" : "", host);
	if (!u->is_tel)
		unescape(user);
	if (u->is_tel || (is_number(user) && (is_phone || (*domain && text_is(bare, domain)))))
		text_clean(user, out, PARTY_ADDRESS_MAX + 1);
	else
		text_clean(whole, out, PARTY_ADDRESS_MAX + 1);
}

static bool is_anonymous(const struct uri *u)
{
	static const char invalid[] = "anonymous.invalid";

	return text_is(u->user, "anonymous") || text_is(u->host, invalid) ||
	       text_is(u->host, "unknown.invalid");
}

/* The URI of a name-addr or addr-spec, the name before it, and the parameters behind. */
static bool split(struct text value, struct text *name, struct text *uri, struct text *params)
{
	struct text t = text_trim(value), rest;
	size_t i = 0;
	bool is_quoted = false;

	*params = text_split_params(&t);
	for (; i < t.size && (is_quoted || t.p[i] != '<'); i++) {
		if (is_quoted && t.p[i] == '\\')
			i++;
		else if (t.p[i] == '"')
			is_quoted = !is_quoted;
	}
	if (i >= t.size) {
		*name = (struct text){ t.p, 0 };
		*uri = t;
		return true;
	}
	*name = text_trim((struct text){ t.p, i });
	*uri = (struct text){ t.p + i + 1, t.size - i - 1 };
	rest = cut_at(uri, '>');
	return rest.p != NULL;
}

static bool read_party(struct party *p, struct text value, const char *domain, struct uri *uri,
		struct text *params)
{
	struct text name, address;
	char text[PARTY_NAME_MAX + 1];

	if (!split(value, &name, &address, params) || !uri_read(address, uri))
		return false;
	*p = UNKNOWN_PARTY;
	text_copy_unquoted(name, text, sizeof(text));
	text_clean(text, p->name, sizeof(p->name));
	show(uri, domain, p->address);
	set_flags(p);
	return true;
}

bool party_read(struct party *p, const char *value, const char *domain)
{
	struct uri uri;
	struct text params;
	struct party read;

	if (!read_party(&read, text_of(value), domain, &uri, &params))
		return false;
	*p = is_anonymous(&uri) ? HIDDEN_PARTY : read;
	return true;
}

/* The n-th header of this name; NULL: there are not so many. */
static const char *find(const struct header *headers, size_t count, const char *name, size_t n)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(headers[i].name, name) == 0 && n-- == 0)
			return headers[i].value;
	return NULL;
}

/* RFC 3323, 3325: the caller does not want to be shown. */
static bool wants_privacy(const struct header *headers, size_t count)
{
	static const char *const kinds[] = { "id", "user", "header" };
	const char *value = find(headers, count, "Privacy", 0);
	struct text rest, kind;

	if (!value)
		return false;
	rest = text_of(value);
	while (text_next_param(&rest, &kind, &(struct text){ NULL, 0 }))
		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			if (text_is(kind, kinds[i]))
				return true;
	return false;
}

/* RFC 3325: one value, or two of which one is a tel: URI; a number is what people know. */
static bool read_identity(struct party *p, const char *value, const char *more, const char *domain)
{
	struct text rest = text_of(value), one, second, params;
	struct party number;
	struct uri uri;

	if (!text_next_value(&rest, &one) || !read_party(p, one, domain, &uri, &params))
		return false;
	if (!text_next_value(&rest, &second))
		second = text_of(more ? more : "");
	if (read_party(&number, second, domain, &uri, &params) && uri.is_tel)
		memcpy(p->address, number.address, sizeof(p->address));
	set_flags(p);
	return true;
}

/* What the network says of the other side, in one of the headers that it has for this. */
static bool read_asserted(struct party *p, const struct header *headers, size_t count,
		const char *domain, const char *party)
{
	const char *value;
	struct uri uri;
	struct text params, kind;

	value = find(headers, count, "P-Asserted-Identity", 0);
	if (value)
		return read_identity(p, value, find(headers, count, "P-Asserted-Identity", 1),
				domain);
	for (size_t n = 0; (value = find(headers, count, "Remote-Party-ID", n)); n++) {
		if (!read_party(p, text_of(value), domain, &uri, &params))
			continue;
		if (text_param(params, "party", &kind) && !text_is(kind, party))
			continue;
		if (text_param(params, "privacy", &kind) && !text_is(kind, "off"))
			*p = HIDDEN_PARTY;
		return true;
	}
	return false;
}

static void read_caller(struct party *p, const struct header *headers, size_t count,
		const struct parties_rules *rules)
{
	const char *from = find(headers, count, "From", 0);
	bool read = rules->is_trusted && read_asserted(p, headers, count, rules->domain, "calling");

	if (!read && from)
		read = party_read(p, from, rules->domain);
	if (wants_privacy(headers, count))
		*p = HIDDEN_PARTY;
	else if (!read)
		*p = UNKNOWN_PARTY;
}

/* Why it was diverted. RFC 5806 has words, RFC 4458 and Reason headers have numbers. */
static const struct {
	const char *word;
	int cause;
	DWORD reason;
} reasons[] = {
	{ "user-busy", 486, LINECALLREASON_FWDBUSY },
	{ "no-answer", 408, LINECALLREASON_FWDNOANSWER },
	{ "unconditional", 302, LINECALLREASON_FWDUNCOND },
	{ "time-of-day", 0, LINECALLREASON_FWDUNCOND },
	{ "do-not-disturb", 0, LINECALLREASON_FWDUNCOND },
	{ "deflection", 480, LINECALLREASON_REDIRECT },
	{ "follow-me", 487, LINECALLREASON_REDIRECT },
	{ "unavailable", 503, LINECALLREASON_FWDUNCOND },
	{ "away", 404, LINECALLREASON_FWDUNCOND },
};

static DWORD reason_of(struct text word)
{
	int cause = -1;

	(void)text_number(word, 100, 699, &cause);
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (text_is(word, reasons[i].word) || reasons[i].cause == cause)
			return reasons[i].reason;
	return LINECALLREASON_REDIRECT;
}

/* The topmost one is the last diversion. */
static DWORD read_diversion(struct parties *p, const char *value, const char *domain)
{
	struct text rest = text_of(value), one, params, word;
	struct uri uri;

	if (!text_next_value(&rest, &one) ||
			!read_party(&p->redirecting, one, domain, &uri, &params))
		return 0;
	if (text_param(params, "privacy", &word) && !text_is(word, "off") &&
			!text_is(word, "\"off\""))
		p->redirecting = HIDDEN_PARTY;
	if (!text_param(params, "reason", &word))
		return LINECALLREASON_REDIRECT;
	if (word.size > 1 && word.p[0] == '"')
		word = (struct text){ word.p + 1, word.size - 2 };
	return reason_of(word);
}

/* "Reason=SIP%3Bcause%3D486" among the headers of an entry's URI; the number, or nothing. */
static struct text cause_of_entry(const struct uri *uri)
{
	static const char key[] = "cause%3D";
	struct text cause = { NULL, 0 };

	if (text_param(uri->params, "cause", &cause))
		return cause;
	for (size_t i = 0; i + sizeof(key) - 1 <= uri->headers.size; i++) {
		if (strncasecmp(uri->headers.p + i, key, sizeof(key) - 1) != 0)
			continue;
		cause.p = uri->headers.p + i + sizeof(key) - 1;
		cause.size = uri->headers.size - i - (sizeof(key) - 1);
		for (size_t n = 0; n < cause.size; n++)
			if (cause.p[n] < '0' || cause.p[n] > '9')
				cause.size = n;
		return cause;
	}
	return (struct text){ NULL, 0 };
}

/* RFC 7044: of two entries after each other, the first was diverted to the second if one of them
 * says why. The last such pair counts. */
static DWORD read_history(struct parties *p, const char *value, const char *domain, DWORD so_far)
{
	struct text rest = text_of(value), one, params, cause, before = { NULL, 0 };
	struct party entry, last = UNKNOWN_PARTY;
	struct uri uri;
	bool has_last = false;

	while (text_next_value(&rest, &one)) {
		if (!read_party(&entry, one, domain, &uri, &params))
			continue;
		cause = cause_of_entry(&uri);
		if (has_last && (before.size || cause.size)) {
			p->redirecting = last;
			so_far = reason_of(before.size ? before : cause);
		}
		last = entry;
		before = uri.headers.size ? cause : (struct text){ NULL, 0 };
		has_last = true;
	}
	return so_far;
}

static DWORD read_diverted(struct parties *p, const struct header *headers, size_t count,
		const char *domain)
{
	const char *value = find(headers, count, "Diversion", 0);
	DWORD reason = value ? read_diversion(p, value, domain) : 0;
	char history[4096];
	size_t used = 0;

	if (reason)
		return reason;
	for (size_t n = 0; (value = find(headers, count, "History-Info", n)); n++) {
		int size = snprintf(history + used, sizeof(history) - used, "%s,", value);

		if (size < 0 || (size_t)size >= sizeof(history) - used)
			break;
		used += (size_t)size;
	}
	history[used] = '\0';
	return read_history(p, history, domain, 0);
}

DWORD parties_of_invite(struct parties *p, const struct header *headers, size_t count,
		const struct parties_rules *rules)
{
	const char *to = find(headers, count, "To", 0);
	DWORD reason;

	parties_init(p);
	read_caller(&p->caller, headers, count, rules);
	if (to)
		(void)party_read(&p->called, to, rules->domain);
	reason = read_diverted(p, headers, count, rules->domain);
	if (!reason)
		return find(headers, count, "Referred-By", 0) ? LINECALLREASON_TRANSFER
							      : LINECALLREASON_DIRECT;
	return reason;
}

bool parties_of_answer(struct parties *p, const struct header *headers, size_t count,
		const struct parties_rules *rules)
{
	struct party now;

	if (!rules->is_trusted || !read_asserted(&now, headers, count, rules->domain, "called"))
		return false;
	if (wants_privacy(headers, count))
		now = HIDDEN_PARTY;
	if (now.flags == p->connected.flags && strcmp(now.address, p->connected.address) == 0 &&
			strcmp(now.name, p->connected.name) == 0)
		return false;
	p->connected = now;
	return true;
}
