// SPDX-License-Identifier: MIT
/* dial.c - reading of what is dialled: a URI, user@host, a number, or a name. */
#include "dial.h"

#include "config_value.h"
#include "text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* What a dial string asks of a line that SIP has not. */
static const struct {
	char character;
	LONG error;
	const char *sentence;
} refused[] = {
	{ '?', LINEERR_DIALPROMPT, "the user has to be asked before this is dialled (?)" },
	{ '$', LINEERR_DIALBILLING, "SIP has no billing tone to wait for ($)" },
	{ '@', LINEERR_DIALQUIET, "SIP cannot wait for quiet (@)" },
	{ 'W', LINEERR_DIALDIALTONE, "SIP has no second dial tone to wait for (W)" },
	{ 'w', LINEERR_DIALDIALTONE, "SIP has no second dial tone to wait for (w)" },
	{ ':', LINEERR_DIALVOICEDETECT, "SIP cannot wait for a voice (:)" },
};

#define DIGITS     "0123456789ABCD*#+"
#define SEPARATORS " -.()/" /* for the eye */
#define SILENT     ",!PpTt" /* pauses, hook flash, pulse or tone: they choose nobody */
#define WAITING    "$@Ww:"
#define UNRESERVED "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()"

struct input {
	struct text text;
	const char *domain;
	const char **why;
};

static LONG bad(const struct input *in, const char *why)
{
	*in->why = why;
	return LINEERR_INVALADDRESS;
}

static bool only(struct text t, const char *allowed)
{
	for (size_t i = 0; i < t.size; i++)
		if (!t.p[i] || !strchr(allowed, t.p[i]))
			return false;
	return true;
}

static bool has_any(struct text t, const char *of)
{
	for (size_t i = 0; i < t.size; i++)
		if (strchr(of, t.p[i]))
			return true;
	return false;
}

/* Characters of a URI, or %HH. */
static bool is_escaped_text(struct text t, const char *more)
{
	for (size_t i = 0; i < t.size; i++) {
		if (t.p[i] == '%') {
			if (t.size - i < 3 || !only((struct text){ t.p + i + 1, 2 },
							      "0123456789abcdefABCDEF"))
				return false;
			i += 2;
		} else if (!strchr(UNRESERVED, t.p[i]) && !strchr(more, t.p[i])) {
			return false;
		}
	}
	return true;
}

static struct text until(struct text t, const char *stops)
{
	size_t i = 0;

	while (i < t.size && !strchr(stops, t.p[i]))
		i++;
	return (struct text){ t.p, i };
}

static struct text behind(struct text t, size_t count)
{
	return (struct text){ t.p + count, t.size - count };
}

static bool take_scheme(struct text *t, const char *scheme)
{
	size_t size = strlen(scheme);

	if (t->size < size || strncasecmp(t->p, scheme, size) != 0)
		return false;
	*t = behind(*t, size);
	return true;
}

static bool is_host_port(struct text t)
{
	config_text copy;
	struct host_port ignored;

	if (t.size >= sizeof(copy))
		return false;
	text_copy(t, copy, sizeof(copy));
	return !value_host_port(copy, &ignored);
}

static LONG write_uri(const struct input *in, struct dial *out, const char *scheme,
		struct text user, const char *host, const char *params)
{
	int size = snprintf(out->uri, sizeof(out->uri), "%s%.*s%s%s%s", scheme, (int)user.size,
			user.p, user.size && *host ? "@" : "", host, params);

	if (size < 0 || (size_t)size >= sizeof(out->uri)) {
		out->uri[0] = '\0';
		return bad(in, "the address is too long");
	}
	return 0;
}

/* What stands behind sip: or sips:. */
static LONG read_sip(const struct input *in, const char *scheme, struct dial *out)
{
	struct text user = until(in->text, "@"), host = in->text, params;

	if (user.size < in->text.size) {
		host = behind(in->text, user.size + 1);
		if (!user.size || !is_escaped_text(user, "&=+$,;?/"))
			return bad(in, "the user of the URI is empty or holds a character that is "
				       "not allowed there");
	}
	params = host;
	host = until(host, ";");
	params = behind(params, host.size);
	if (!is_host_port(host))
		return bad(in, "the host of the URI cannot be read");
	if (!is_escaped_text(params, ";=[]/:&+$"))
		return bad(in, "the parameters of the URI cannot be read");
	return write_uri(in, out, scheme, in->text, "", "");
}

/* RFC 3261 19.1.6: a number becomes the user, with user=phone. */
static LONG read_tel(const struct input *in, struct dial *out)
{
	struct text number = until(in->text, ";"), params = behind(in->text, number.size), context;
	char user[DIAL_URI_MAX + 1];
	size_t used = 0;

	if (!*in->domain)
		return bad(in, "a tel: URI needs a line with a server or a domain");
	for (size_t i = 0; i < number.size && used + 3 < sizeof(user); i++) {
		if (!strchr("0123456789+*#abcdABCD" SEPARATORS, number.p[i]) ||
				number.p[i] == '/' || number.p[i] == ' ' ||
				(number.p[i] == '+' && i))
			return bad(in, "the number of the tel: URI holds a character that is not "
				       "allowed there");
		if (number.p[i] == '#')
			used += (size_t)snprintf(user + used, sizeof(user) - used, "%%23");
		else if (!strchr(SEPARATORS, number.p[i]))
			user[used++] = number.p[i];
	}
	user[used] = '\0';
	if (!used || strcmp(user, "+") == 0)
		return bad(in, "the tel: URI has no number");
	if (text_param(params, "phone-context", &context)) {
		if (!context.size || !is_escaped_text(context, "+"))
			return bad(in, "the phone-context of the tel: URI cannot be read");
		used += (size_t)snprintf(user + used, sizeof(user) - used, ";phone-context=%.*s",
				(int)context.size, context.p);
		if (used >= sizeof(user))
			return bad(in, "the address is too long");
	}
	return write_uri(in, out, "sip:", text_of(user), in->domain, ";user=phone");
}

/* "Ted" and "ABBA" are names. */
static bool looks_like_number(struct text t)
{
	return only(t, DIGITS "abcd" SEPARATORS SILENT WAITING ";") &&
	       (has_any(t, "0123456789*#+") || !has_any(t, "ABCDabcdPpTtWw"));
}

static LONG refuse(const struct input *in, char c)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (refused[i].character == c) {
			*in->why = refused[i].sentence;
			return refused[i].error;
		}
	return bad(in, "the address holds a character that cannot be dialled");
}

/* TSPI: the whole string is looked at before anything is dialled. */
static LONG read_number(const struct input *in, struct dial *out)
{
	char user[DIAL_URI_MAX + 1];
	size_t used = 0;

	for (size_t i = 0; i < in->text.size; i++) {
		char c = in->text.p[i];

		if (strchr(SILENT SEPARATORS, c))
			continue;
		if (!strchr(DIGITS "abcd", c))
			return refuse(in, c);
		if (used + 4 > sizeof(user))
			return bad(in, "the number is too long");
		if (c == '#')
			used += (size_t)snprintf(user + used, sizeof(user) - used, "%%23");
		else
			user[used++] = c;
	}
	if (!used)
		return bad(in, "there is no digit to dial");
	user[used] = '\0';
	if (!*in->domain)
		return bad(in, "this line has no server: dial sip:user@host");
	return write_uri(in, out, "sip:", text_of(user), in->domain, "");
}

static LONG read_name(const struct input *in, struct dial *out)
{
	if (!is_escaped_text(in->text, "&=+$,/"))
		return bad(in, "the address is no URI, no number, and no name");
	if (!*in->domain)
		return bad(in, "this line has no server: dial sip:user@host");
	return write_uri(in, out, "sip:", in->text, in->domain, "");
}

/* user@host: the host tells it from a number that waits for quiet. */
static bool is_address(struct text t)
{
	struct text user = until(t, "@");

	return user.size && user.size < t.size && is_escaped_text(user, "&=+$,;/") &&
	       is_host_port(behind(t, user.size + 1));
}

static LONG read_any(struct input *in, struct dial *out)
{
	if (take_scheme(&in->text, "sip:"))
		return read_sip(in, "sip:", out);
	if (take_scheme(&in->text, "sips:"))
		return read_sip(in, "sips:", out);
	if (take_scheme(&in->text, "tel:"))
		return read_tel(in, out);
	if (is_address(in->text))
		return read_sip(in, "sip:", out);
	if (looks_like_number(in->text))
		return read_number(in, out);
	if (has_any(in->text, ":"))
		return bad(in, "only sip:, sips: and tel: can be dialled");
	return read_name(in, out);
}

/* An IPv6 address stands in brackets in a URI. */
static void write_host(const char *domain, char *out, size_t size)
{
	struct host_port host = { "", 0 };

	(void)snprintf(host.host, sizeof(host.host), "%s", domain);
	host_port_write(&host, out, size);
}

LONG dial_read(const char *text, const char *domain, struct dial *out, const char **why)
{
	char host[CONFIG_TEXT_MAX + 4] = "";
	struct input in = { text_trim(until(text_of(text), "|^\r\n")), host, why };

	*out = (struct dial){ .is_partial = false };
	write_host(domain, host, sizeof(host));
	if (has_any(in.text, "?"))
		return refuse(&in, '?');
	if (in.text.size && in.text.p[in.text.size - 1] == ';') {
		in.text.size--;
		out->is_partial = only(in.text, DIGITS "abcd" SEPARATORS SILENT);
		return out->is_partial ? 0 : bad(&in, "only a number can be dialled in parts (;)");
	}
	if (!in.text.size)
		return bad(&in, "the address is empty");
	return read_any(&in, out);
}
