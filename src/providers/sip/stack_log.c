// SPDX-License-Identifier: MIT
/* stack_log.c - what sofia-sip says of itself: errors become lines of our log, what TLS
 * complains of is kept as an explanation, and messages (only while there is a trace) become trace
 * records.
 *
 * sofia's level stays so low that it never prints what it sends: credentials are in there. */
#define LOG_TOPIC "sofia"
#include "stack.h"

#include "base/log.h"
#include "base/trace.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sofia-sip/su_log.h>

#define LINE_MAX_BYTES 512
#define TLS_LEVEL      3 /* from here on it says why TLS failed */

extern su_log_t tport_log[], nta_log[], nua_log[], nea_log[];

/* sofia logs in pieces; a line is what ends with a newline. Sofia's thread is the only one that
 * logs, apart from nua_ functions that fail; so a lock of its own, never taken with another. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char line[LINE_MAX_BYTES], complaint[LINE_MAX_BYTES];
static bool is_certless;

/* The message of which lines come: "-> udp/[127.0.0.1]:5060", until its first line is seen. */
static char message_way[96];

static const char *skip_blanks(const char *p)
{
	while (*p == ' ')
		p++;
	return p;
}

/* "send 512 bytes to udp/[127.0.0.1]:5060 at 12:34:56.123456:" */
static bool read_stamp(const char *text)
{
	char way[8], peer[64];

	if (sscanf(text, "%7s %*u bytes %*7s %63s at ", way, peer) != 2)
		return false;
	if (strcmp(way, "send") != 0 && strcmp(way, "recv") != 0)
		return false;
	(void)snprintf(message_way, sizeof(message_way), "%s %s", way[0] == 's' ? "->" : "<-",
			peer);
	return true;
}

/* The lines of a message are set in by three blanks. Only its first one is told: the others hold
 * credentials and keys. */
static void take_message_line(const char *text)
{
	if (!message_way[0] || !*text || strncmp(text, "---", 3) == 0)
		return;
	trace_hop(TRACE_TSP, "SIP", 0, "%s %.120s", message_way, text);
	message_way[0] = '\0';
}

/* What TLS says, in words for people. False: it is no complaint. */
static bool read_tls(const char *text, char *out, size_t size)
{
	const char *name = strstr(text, "Peer Subject Mismatch ("), *err;
	char *end;

	if (name) {
		name = strchr(name, '(') + 1;
		(void)snprintf(out, size, "the certificate is not for %.*s",
				(int)strcspn(name, ")"), name);
		return true;
	}
	err = skip_blanks(text);
	if (strncmp(err, "err ", 4) == 0 && strtol(err + 4, &end, 10) && *end == ':') {
		(void)snprintf(out, size, "the certificate is not accepted: %s", end + 1);
		return true;
	}
	if (!strstr(text, "TLS setup failed"))
		return false;
	if (!strstr(complaint, "certificate"))
		(void)snprintf(out, size, "the handshake failed");
	return true;
}

/* Without a certificate of our own (we need none as a client) sofia says so again and again. */
static bool is_noise(const char *text)
{
	return strncmp(text, "tls_init_context", 16) == 0 && is_certless;
}

static void take_line(const char *text)
{
	if (strncmp(text, "   ", 3) == 0) {
		take_message_line(skip_blanks(text));
	} else if (!read_stamp(text)) {
		if (!is_noise(text))
			log_debug("%s", text);
		(void)read_tls(text, complaint, sizeof(complaint));
	}
}

static void take_text(void *stream, char const *fmt, va_list args) LOG_PRINTF(2, 0);

static void take_text(void *stream, char const *fmt, va_list args)
{
	size_t used;
	char *end;

	(void)stream;
	(void)pthread_mutex_lock(&lock);
	used = strlen(line);
	(void)vsnprintf(line + used, sizeof(line) - used, fmt, args);
	used = strlen(line);
	end = strchr(line, '\n');
	if (!end && used == sizeof(line) - 1)
		end = line + used;
	if (end) {
		*end = '\0';
		take_line(line);
		line[0] = '\0';
	}
	(void)pthread_mutex_unlock(&lock);
}

void stack_log_start(bool has_certificate)
{
	su_log_t *logs[] = { su_log_default, tport_log, nta_log, nua_log, nea_log };

	is_certless = !has_certificate;
	for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
		su_log_redirect(logs[i], take_text, NULL);
		su_log_set_level(logs[i], logs[i] == tport_log ? TLS_LEVEL : 1);
	}
}

void stack_log_complaint(char *out, size_t size)
{
	(void)pthread_mutex_lock(&lock);
	(void)snprintf(out, size, "%s", complaint);
	(void)pthread_mutex_unlock(&lock);
}

void stack_log_forget(void)
{
	(void)pthread_mutex_lock(&lock);
	complaint[0] = '\0';
	(void)pthread_mutex_unlock(&lock);
}
