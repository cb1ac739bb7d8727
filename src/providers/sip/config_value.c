// SPDX-License-Identifier: MIT
/* config_value.c - reading of values. Sentences hold no value, since that may be a secret which
 * stands behind the wrong key. */
#include "config_value.h"

#include "text.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define LABEL_MAX 63

static const char *copy(const char *text, size_t size, config_text out)
{
	memset(out, 0, sizeof(config_text));
	memcpy(out, text, size);
	return NULL;
}

const char *value_yes_no(const char *text, bool *out)
{
	bool yes = strcasecmp(text, "yes") == 0;

	if (!yes && strcasecmp(text, "no") != 0)
		return "it is yes or no";
	*out = yes;
	return NULL;
}

bool value_is_number(const char *text, uint32_t min, uint32_t max, uint32_t *out)
{
	uint64_t value = 0;

	if (!*text)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		value = value * 10 + (uint64_t)(*text - '0');
		if (value > max)
			return false;
	}
	if (value < min)
		return false;
	*out = (uint32_t)value;
	return true;
}

static bool is_letter_or_digit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* RFC 1123, and underscores, which names of inner networks have. */
static bool is_host_name(const char *p, size_t size)
{
	size_t label = 0;

	if (size == 0 || size > CONFIG_TEXT_MAX - 2 || p[0] == '-')
		return false;
	for (size_t i = 0; i < size; i++) {
		if (p[i] == '.') {
			if (label == 0)
				return false;
			label = 0;
			continue;
		}
		if ((!is_letter_or_digit(p[i]) && p[i] != '-' && p[i] != '_') ||
				++label > LABEL_MAX)
			return false;
	}
	return true;
}

static bool is_ip(int family, const char *p, size_t size)
{
	char text[INET6_ADDRSTRLEN];
	unsigned char address[16];

	if (size == 0 || size >= sizeof(text))
		return false;
	memcpy(text, p, size);
	text[size] = '\0';
	return inet_pton(family, text, address) == 1;
}

/* A name of digits and dots only would be taken for an IPv4 address by everybody. */
static bool is_host(const char *p, size_t size)
{
	if (size && strspn(p, "0123456789.") >= size)
		return is_ip(AF_INET, p, size);
	return is_host_name(p, size);
}

/* Divides at the colon of the port. False: brackets or the port are wrong. */
static bool split(const char *text, const char **host, size_t *size, bool *is_six, uint32_t *port)
{
	const char *rest;

	*is_six = text[0] == '[';
	*host = text + *is_six;
	rest = *is_six ? strchr(text, ']') : text + strcspn(text, ":");
	if (!rest)
		return false;
	*size = (size_t)(rest - *host);
	rest += *is_six;
	*port = UINT32_MAX;
	if (!*rest)
		return true;
	return *rest == ':' && value_is_number(rest + 1, 0, 65535, port);
}

const char *value_host(const char *text, config_text out)
{
	size_t size = strlen(text);

	if (!is_host(text, size) && !is_ip(AF_INET6, text, size))
		return "it is a host name or an IP address";
	return copy(text, size, out);
}

const char *value_ip(const char *text, config_text out)
{
	size_t size = strlen(text);

	if (!is_ip(AF_INET, text, size) && !is_ip(AF_INET6, text, size))
		return "it is an IP address such as 192.0.2.1 or 2001:db8::1";
	return copy(text, size, out);
}

const char *value_host_port(const char *text, struct host_port *out)
{
	static const char allowed[] = "it is a host or IP, with :port if need be: example.net, "
				      "192.0.2.1:5070, [2001:db8::1]:5070";
	const char *host;
	size_t size;
	bool is_six;
	uint32_t port;

	if (!split(text, &host, &size, &is_six, &port) || port == 0)
		return allowed;
	if (is_six ? !is_ip(AF_INET6, host, size) : !is_host(host, size))
		return allowed;
	out->port = port == UINT32_MAX ? 0 : (uint16_t)port;
	return copy(host, size, out->host);
}

const char *value_listen(const char *text, uint16_t normal_port, struct host_port *out)
{
	static const char allowed[] = "it is an address of this machine, * for all, with :port "
				      "(0: any): *:5060, 127.0.0.1:5070, [::1]:5070";
	const char *host;
	size_t size;
	bool is_six;
	uint32_t port;

	if (!split(text, &host, &size, &is_six, &port))
		return allowed;
	if (!(size == 1 && *host == '*' && !is_six) &&
			!is_ip(is_six ? AF_INET6 : AF_INET, host, size))
		return allowed;
	out->port = port == UINT32_MAX ? normal_port : (uint16_t)port;
	return copy(host, size, out->host);
}

static const char *const codecs[] = { "opus", "G722", "PCMU", "PCMA", "G726-16", "G726-24",
	"G726-32", "G726-40", "AAL2-G726-16", "AAL2-G726-24", "AAL2-G726-32", "AAL2-G726-40" };

#define CODECS (sizeof(codecs) / sizeof(codecs[0]))

/* CODECS: none of them. */
static size_t find_codec(const char *p, size_t size)
{
	size_t i = 0;

	while (i < CODECS && (strlen(codecs[i]) != size || strncasecmp(codecs[i], p, size) != 0))
		i++;
	return i;
}

const char *value_codecs(const char *text, char out[CONFIG_CODECS_MAX + 1])
{
	char list[CONFIG_CODECS_MAX + 1] = "";
	size_t used = 0;
	bool seen[CODECS] = { false };

	for (const char *p = text; *p;) {
		size_t size = strcspn(p, " ,");
		size_t codec = find_codec(p, size);

		if (size && (codec == CODECS || seen[codec]))
			return "it is a list, best first, of opus, G722, PCMU, PCMA, G726-16, "
			       "G726-24, G726-32, G726-40, AAL2-G726-16 and so on, each once";
		if (size) {
			seen[codec] = true;
			used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s",
					used ? " " : "", codecs[codec]);
		}
		p += size + (p[size] != '\0');
	}
	if (!used)
		return "at least one codec is needed";
	memset(out, 0, CONFIG_CODECS_MAX + 1);
	memcpy(out, list, used);
	return NULL;
}

const char *value_text(const char *text, config_text out)
{
	size_t size = strlen(text), one;

	if (size > CONFIG_TEXT_MAX)
		return "it has at most 255 bytes";
	for (const char *p = text; *p; p += one) {
		one = text_character(p, strlen(p));
		if (!one || *p == '"' || *p == '\\')
			return "it is UTF-8 text without control characters, quotes and "
			       "backslashes";
	}
	return copy(text, size, out);
}

const char *value_auth_user(const char *text, config_text out)
{
	if (!*text || strchr(text, ':'))
		return "it is not empty and has no colon";
	return value_text(text, out);
}

const char *value_user(const char *text, config_text out)
{
	size_t size = strlen(text);

	if (size == 0 || size > CONFIG_NAME_MAX)
		return "it has 1 to 63 characters";
	for (size_t i = 0; i < size; i++)
		if (!is_letter_or_digit(text[i]) && !strchr("-_.!~*'()&=+$,;?/", text[i]))
			return "it has letters, digits and -_.!~*'()&=+$,;?/ only, without the "
			       "domain";
	return copy(text, size, out);
}

const char *value_path(const char *text, config_text out)
{
	size_t size = strlen(text);

	if (text[0] != '/' || size > CONFIG_TEXT_MAX)
		return "it is an absolute path of at most 255 bytes";
	return copy(text, size, out);
}

const char *value_file_name(const char *text, config_text out)
{
	size_t size = strlen(text);

	if (size == 0 || size > CONFIG_TEXT_MAX || strchr(text, '/') || strcmp(text, ".") == 0 ||
			strcmp(text, "..") == 0)
		return "it is the name of a credential, without a folder";
	return copy(text, size, out);
}
