// SPDX-License-Identifier: MIT
/* config.h - what the daemon's configuration file says about SIP lines (tapi-sip(7)).
 *
 * A set is collected key by key and then checked as a whole. It is plain data: sets that are
 * equal may be compared, and nothing of it changes what runs until somebody takes it over. */
#ifndef SIP_CONFIG_H
#define SIP_CONFIG_H

#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tspi.h>

#define CONFIG_ACCOUNTS_MAX 1000
#define CONFIG_NAME_MAX     63  /* bytes of an account's name */
#define CONFIG_TEXT_MAX     255 /* bytes of every other text */
#define CONFIG_SECRET_MAX   255
#define CONFIG_CODECS_MAX   191

typedef char config_text[CONFIG_TEXT_MAX + 1];

enum transport { TRANSPORT_UDP, TRANSPORT_TCP, TRANSPORT_TLS };
enum srtp { SRTP_OFF, SRTP_OPTIONAL, SRTP_REQUIRED };
enum digits { DIGITS_RFC4733, DIGITS_INFO };

struct host_port {
	config_text host; /* name or IP, IPv6 without brackets; "" none; "*" any (listening only) */
	uint16_t port;    /* 0: none was given (server, proxy), or any (listening) */
};

/* One [sip NAME]: a line. Texts that were not given are "", unless a default is named here. */
struct account_config {
	char name[CONFIG_NAME_MAX + 1];
	struct host_port server;            /* host "": peer to peer */
	config_text domain;                 /* default: the server's host */
	config_text user;                   /* peer to peer the default is the name */
	config_text auth_user;              /* default: the user */
	char secret[CONFIG_SECRET_MAX + 1]; /* after config_check() from wherever it comes */
	config_text secret_file, credential;
	enum transport transport;
	struct host_port proxy;
	bool has_register, registers; /* "register"; by default yes where there is a server */
	uint32_t expires_s;
	config_text caller_name;
	char codecs[CONFIG_CODECS_MAX + 1]; /* as the MSP reads them: "opus G722 PCMU" */
	enum srtp srtp;
	uint32_t calls;
	uint32_t reject; /* 486 or 603 */
	enum digits digits;
	bool nat;
	config_text public_address;
	uint32_t session_expires_s; /* 0: no session timer */
	bool reliable;
	bool mwi;
	uint32_t no_answer_ms;
	uint32_t retry_min_s, retry_max_s;
	uint32_t uui_size;
};

struct config {
	struct host_port listen;     /* default *:5060 */
	struct host_port listen_tls; /* host "": no listening for TLS */
	config_text tls_certificate, tls_key, tls_ca;
	bool tls_verify;
	config_text user_agent;
	enum log_level log;
	uint32_t media_ms, t1_ms;
	struct account_config **accounts; /* in the order of the file */
	size_t count;
};

/* Why a key or a set is refused: which key (as it was given) or account, and a sentence that says
 * what is allowed. Never holds a secret. */
struct config_error {
	char cause[CONFIG_NAME_MAX + 32];
	char sentence[200];
};

/* All defaults, no accounts. */
void config_init(struct config *c);
/* Secrets are wiped. Right also after config_fini(). */
void config_fini(struct config *c);

/**
 * Take one line of the file: `listen`, or `alice/server`, which makes the account alice if it is
 * new.
 *
 * Errors:    -ENOENT unknown key, -EINVAL bad value, -ENOSPC too many accounts, -ENOMEM; *why says
 * it.
 */
int config_set(struct config *c, const char *key, const char *value, struct config_error *why);

/**
 * All lines have been taken: look, once, at the set as a whole, fill in what follows from other
 * keys, and read the secrets from their files.
 *
 * Errors:    -EINVAL something is missing or does not fit together, or the error of reading a
 *            file; *why says it.
 */
int config_check(struct config *c, struct config_error *why);

/* Borrowed; NULL: there is none of this name. */
const struct account_config *config_find(const struct config *c, const char *name);

/* Nothing of the account has changed, its secret included. */
bool account_config_equal(const struct account_config *a, const struct account_config *b);

/* The first key outside the accounts that has changed, and can change only when the stack begins
 * anew; NULL: there is none. */
const char *config_fixed_key(const struct config *a, const struct config *b);

/* A copy that account_config_free() wipes and frees; NULL: out of memory. */
struct account_config *account_config_dup(const struct account_config *a);
void account_config_free(struct account_config *a);

/* "example.net:5060", "[::1]", as it stands in a URI. The result is cut to size. */
void host_port_write(const struct host_port *h, char *out, size_t size);

/* Describes all keys (TSPI_providerDescribeKeys). */
void config_describe(TSPI_DESCRIBE describe, DWORD_PTR context);

#endif
