// SPDX-License-Identifier: MIT
/* config.c - the keys of SIP lines: two tables, and what must fit together. */
#include "config.h"

#include "config_value.h"
#include "secret.h"

#include "base/mem.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct key {
	const char *name;
	size_t offset;
	/* NULL, or a static sentence. */
	const char *(*set)(const char *text, void *at);
	uint32_t min, max; /* of a number, where set is NULL */
	/* What programs are told of it (tspi.h). */
	DWORD type;
	const char *values, *normal, *help;
};

static const char *choose(const char *text, const char *const *words, size_t count, int *out)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(text, words[i]) == 0) {
			*out = (int)i;
			return NULL;
		}
	return "";
}

static const char *set_transport(const char *text, void *at)
{
	static const char *const words[] = { "udp", "tcp", "tls" };
	int word;

	if (choose(text, words, 3, &word))
		return "it is udp, tcp or tls";
	*(enum transport *)at = (enum transport)word;
	return NULL;
}

static const char *set_srtp(const char *text, void *at)
{
	static const char *const words[] = { "off", "optional", "required" };
	int word;

	if (choose(text, words, 3, &word))
		return "it is off, optional or required";
	*(enum srtp *)at = (enum srtp)word;
	return NULL;
}

static const char *set_digits(const char *text, void *at)
{
	static const char *const words[] = { "rfc4733", "info" };
	int word;

	if (choose(text, words, 2, &word))
		return "it is rfc4733 or info";
	*(enum digits *)at = (enum digits)word;
	return NULL;
}

static const char *set_reject(const char *text, void *at)
{
	static const char *const words[] = { "486", "603" };
	int word;

	if (choose(text, words, 2, &word))
		return "it is 486 or 603";
	*(uint32_t *)at = word ? 603 : 486;
	return NULL;
}

static const char *set_session(const char *text, void *at)
{
	uint32_t value;

	/* RFC 4028: no session timer is shorter than 90 s. */
	if (!value_is_number(text, 0, 86400, &value) || (value && value < 90))
		return "it is 0 for none, or 90 to 86400 seconds";
	*(uint32_t *)at = value;
	return NULL;
}

static const char *set_log(const char *text, void *at)
{
	return log_level_parse(text, at) ? NULL : "it is error, warn, info, debug or trace";
}

static const char *set_secret(const char *text, void *at)
{
	size_t size = strlen(text);

	if (size == 0 || size > CONFIG_SECRET_MAX)
		return "it has 1 to 255 bytes";
	if (strchr(text, ':')) /* sofia takes name and password in one text with colons */
		return "it has no colon (:)";
	secret_wipe(at, CONFIG_SECRET_MAX + 1);
	memcpy(at, text, size);
	return NULL;
}

static const char *set_yes_no(const char *text, void *at)
{
	return value_yes_no(text, at);
}

static const char *set_host(const char *text, void *at)
{
	return value_host(text, at);
}

static const char *set_ip(const char *text, void *at)
{
	return value_ip(text, at);
}

static const char *set_host_port(const char *text, void *at)
{
	return value_host_port(text, at);
}

static const char *set_listen(const char *text, void *at)
{
	return value_listen(text, 5060, at);
}

static const char *set_listen_tls(const char *text, void *at)
{
	return value_listen(text, 5061, at);
}

static const char *set_codecs(const char *text, void *at)
{
	return value_codecs(text, at);
}

static const char *set_text(const char *text, void *at)
{
	return value_text(text, at);
}

static const char *set_user(const char *text, void *at)
{
	return value_user(text, at);
}

static const char *set_auth_user(const char *text, void *at)
{
	return value_auth_user(text, at);
}

static const char *set_path(const char *text, void *at)
{
	return value_path(text, at);
}

static const char *set_file_name(const char *text, void *at)
{
	return value_file_name(text, at);
}

/* clang-format off */
#define IN_PROVIDER(m) offsetof(struct config, m)
static const struct key provider_keys[] = {
	{ "listen",          IN_PROVIDER(listen),          set_listen, 0, 0,
			TSPIKEY_TEXT, "address:port", "*:5060",
			"where SIP is heard" },
	{ "listen_tls",      IN_PROVIDER(listen_tls),      set_listen_tls, 0, 0,
			TSPIKEY_TEXT, "address:port", NULL,
			"where SIP over TLS is heard" },
	{ "tls_certificate", IN_PROVIDER(tls_certificate), set_path, 0, 0,
			TSPIKEY_PATH, NULL, NULL,
			"our certificate, PEM" },
	{ "tls_key",         IN_PROVIDER(tls_key),         set_path, 0, 0,
			TSPIKEY_PATH, NULL, NULL,
			"its private key, PEM" },
	{ "tls_ca",          IN_PROVIDER(tls_ca),          set_path, 0, 0,
			TSPIKEY_PATH, NULL, NULL,
			"who is trusted to sign certificates, PEM" },
	{ "tls_verify",      IN_PROVIDER(tls_verify),      set_yes_no, 0, 0,
			TSPIKEY_YESNO, NULL, "yes",
			"whether certificates are checked" },
	{ "user_agent",      IN_PROVIDER(user_agent),      set_text, 0, 0,
			TSPIKEY_TEXT, NULL, NULL,
			"what we call ourselves" },
	{ "log",             IN_PROVIDER(log),             set_log, 0, 0,
			TSPIKEY_CHOICE, "error warn info debug trace", "warn",
			"how much the provider logs" },
	{ "media_ms",        IN_PROVIDER(media_ms),        NULL, 1, 10000,
			TSPIKEY_NUMBER, NULL, "2000",
			"the longest that an answered call waits for its media" },
	{ "t1_ms",           IN_PROVIDER(t1_ms),           NULL, 10, 5000,
			TSPIKEY_NUMBER, NULL, "500",
			"T1 of RFC 3261" },
};

#define IN_ACCOUNT(m) offsetof(struct account_config, m)
static const struct key account_keys[] = {
	{ "server",          IN_ACCOUNT(server),            set_host_port, 0, 0,
			TSPIKEY_TEXT, "host[:port]", NULL,
			"the registrar; none: peer to peer" },
	{ "domain",          IN_ACCOUNT(domain),            set_host, 0, 0,
			TSPIKEY_TEXT, "host", NULL,
			"the domain, if it is not the server" },
	{ "user",            IN_ACCOUNT(user),              set_user, 0, 0,
			TSPIKEY_TEXT, NULL, NULL,
			"who this line is" },
	{ "auth_user",       IN_ACCOUNT(auth_user),         set_auth_user, 0, 0,
			TSPIKEY_TEXT, NULL, NULL,
			"the name for authentication, if it is another" },
	{ "secret",          IN_ACCOUNT(secret),            set_secret, 0, 0,
			TSPIKEY_SECRET, NULL, NULL,
			"the password" },
	{ "secret_file",     IN_ACCOUNT(secret_file),       set_path, 0, 0,
			TSPIKEY_PATH, NULL, NULL,
			"a file with the password" },
	{ "credential",      IN_ACCOUNT(credential),        set_file_name, 0, 0,
			TSPIKEY_TEXT, "a file name", NULL,
			"a credential of systemd with the password" },
	{ "transport",       IN_ACCOUNT(transport),         set_transport, 0, 0,
			TSPIKEY_CHOICE, "udp tcp tls", "udp",
			"how SIP is carried" },
	{ "proxy",           IN_ACCOUNT(proxy),             set_host_port, 0, 0,
			TSPIKEY_TEXT, "host[:port]", NULL,
			"an outbound proxy" },
	{ "register",        IN_ACCOUNT(registers),         set_yes_no, 0, 0,
			TSPIKEY_YESNO, NULL, NULL,
			"whether to register; with a server: yes" },
	{ "expires",         IN_ACCOUNT(expires_s),         NULL, 10, 86400,
			TSPIKEY_NUMBER, NULL, "600",
			"how long a registration lasts, seconds" },
	{ "caller_name",     IN_ACCOUNT(caller_name),       set_text, 0, 0,
			TSPIKEY_TEXT, NULL, NULL,
			"the name that the called side sees" },
	{ "codecs",          IN_ACCOUNT(codecs),            set_codecs, 0, 0,
			TSPIKEY_LIST, "formats, with blanks between", "opus G722 PCMU PCMA",
			"of sound, the best first" },
	{ "srtp",            IN_ACCOUNT(srtp),              set_srtp, 0, 0,
			TSPIKEY_CHOICE, "off optional required", "off",
			"whether sound is encrypted" },
	{ "calls",           IN_ACCOUNT(calls),             NULL, 1, 10000,
			TSPIKEY_NUMBER, NULL, "4",
			"calls at a time" },
	{ "reject",          IN_ACCOUNT(reject),            set_reject, 0, 0,
			TSPIKEY_CHOICE, "486 603", "486",
			"how a call is refused" },
	{ "digits",          IN_ACCOUNT(digits),            set_digits, 0, 0,
			TSPIKEY_CHOICE, "rfc4733 info", "rfc4733",
			"how digits are sent" },
	{ "nat",             IN_ACCOUNT(nat),               set_yes_no, 0, 0,
			TSPIKEY_YESNO, NULL, "no",
			"whether there is address translation between" },
	{ "public_address",  IN_ACCOUNT(public_address),    set_ip, 0, 0,
			TSPIKEY_TEXT, "an IP address", NULL,
			"our address as the world sees it" },
	{ "session_expires", IN_ACCOUNT(session_expires_s), set_session, 0, 0,
			TSPIKEY_TEXT, "0, or 90 to 86400", "1800",
			"the session timer, seconds; 0: none" },
	{ "reliable",        IN_ACCOUNT(reliable),          set_yes_no, 0, 0,
			TSPIKEY_YESNO, NULL, "yes",
			"whether provisional answers are reliable (100rel)" },
	{ "mwi",             IN_ACCOUNT(mwi),               set_yes_no, 0, 0,
			TSPIKEY_YESNO, NULL, "no",
			"whether to ask for messages that wait" },
	{ "no_answer_ms",    IN_ACCOUNT(no_answer_ms),      NULL, 100, 3600000,
			TSPIKEY_NUMBER, NULL, "180000",
			"how long a call rings before it ends unanswered" },
	{ "retry_min_s",     IN_ACCOUNT(retry_min_s),       NULL, 1, 3600,
			TSPIKEY_NUMBER, NULL, "5",
			"the first pause before registering again, seconds" },
	{ "retry_max_s",     IN_ACCOUNT(retry_max_s),       NULL, 1, 86400,
			TSPIKEY_NUMBER, NULL, "300",
			"the longest such pause, seconds" },
	{ "uui_size",        IN_ACCOUNT(uui_size),          NULL, 0, 2048,
			TSPIKEY_NUMBER, NULL, "128",
			"the most bytes of user-user information" },
};
/* clang-format on */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static int fail(struct config_error *why, int err, const char *account, const char *key,
		const char *sentence)
{
	(void)snprintf(why->cause, sizeof(why->cause), "%s%s%s", account,
			*account && *key ? "/" : "", key);
	(void)snprintf(why->sentence, sizeof(why->sentence), "%s", sentence);
	return err;
}

static int set(const struct key *k, void *object, const char *account, const char *value,
		struct config_error *why)
{
	void *at = (char *)object + k->offset;
	char range[64];
	const char *sentence = NULL;

	if (k->set) {
		sentence = k->set(value, at);
	} else if (!value_is_number(value, k->min, k->max, at)) {
		(void)snprintf(range, sizeof(range), "it is a number from %u to %u",
				(unsigned)k->min, (unsigned)k->max);
		sentence = range;
	}
	return sentence ? fail(why, -EINVAL, account, k->name, sentence) : 0;
}

static const struct key *find_key(const struct key *keys, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(keys[i].name, name) == 0)
			return &keys[i];
	return NULL;
}

static void account_init(struct account_config *a, const char *name, size_t size)
{
	*a = (struct account_config){
		.expires_s = 600,
		.codecs = "opus G722 PCMU PCMA",
		.calls = 4,
		.reject = 486,
		.session_expires_s = 1800,
		.reliable = true,
		.no_answer_ms = 180000,
		.retry_min_s = 5,
		.retry_max_s = 300,
		.uui_size = 128,
	};
	memcpy(a->name, name, size);
}

void config_init(struct config *c)
{
	*c = (struct config){
		.listen = { "*", 5060 },
		.tls_verify = true,
		.user_agent = "tapisrvd/" TAPI_VERSION,
		.log = LOG_WARN,
		.media_ms = 2000,
		.t1_ms = 500,
	};
}

void config_fini(struct config *c)
{
	for (size_t i = 0; i < c->count; i++)
		account_config_free(c->accounts[i]);
	mem_free(c->accounts);
	*c = (struct config){ 0 };
}

/* The lines of one section come one after the other, so the last account is looked at first. */
static struct account_config *find(const struct config *c, const char *name, size_t size)
{
	for (size_t i = c->count; i-- > 0;)
		if (strncmp(c->accounts[i]->name, name, size) == 0 &&
				c->accounts[i]->name[size] == '\0')
			return c->accounts[i];
	return NULL;
}

static int add(struct config *c, const char *name, size_t size, struct account_config **out)
{
	struct account_config **more;

	if (c->count == CONFIG_ACCOUNTS_MAX)
		return -ENOSPC;
	more = mem_realloc(c->accounts, (c->count + 1) * sizeof(*more));
	if (!more)
		return -ENOMEM;
	c->accounts = more;
	*out = mem_new(struct account_config);
	if (!*out)
		return -ENOMEM;
	account_init(*out, name, size);
	c->accounts[c->count++] = *out;
	return 0;
}

static int set_in_account(struct config *c, const char *name, size_t size, const char *key,
		const char *value, struct config_error *why)
{
	const struct key *k = find_key(account_keys, COUNT(account_keys), key);
	struct account_config *a = find(c, name, size);
	int err;

	if (!a) {
		err = add(c, name, size, &a);
		if (err)
			return fail(why, err, "", key,
					err == -ENOSPC ? "there are at most 1000 lines"
						       : "out of memory");
	}
	if (!k)
		return fail(why, -ENOENT, a->name, key, "a SIP line has no such key");
	if (k->offset == IN_ACCOUNT(registers))
		a->has_register = true;
	return set(k, a, a->name, value, why);
}

int config_set(struct config *c, const char *key, const char *value, struct config_error *why)
{
	const char *slash = strrchr(key, '/');
	const struct key *k;
	config_text name, good;

	if (!slash) {
		k = find_key(provider_keys, COUNT(provider_keys), key);
		if (!k)
			return fail(why, -ENOENT, "", key, "the provider sip has no such key");
		return set(k, c, "", value, why);
	}
	if (slash == key || slash - key > CONFIG_NAME_MAX)
		return fail(why, -EINVAL, "", key, "the name of a line has 1 to 63 bytes");
	memcpy(name, key, (size_t)(slash - key));
	name[slash - key] = '\0';
	if (value_text(name, good))
		return fail(why, -EINVAL, "", key,
				"the name of a line has no control characters, quotes and "
				"backslashes");
	return set_in_account(c, key, (size_t)(slash - key), slash + 1, value, why);
}

static int check_secret(struct account_config *a, struct config_error *why)
{
	const char *sentence = "", *key = a->secret_file[0] ? "secret_file" : "credential";
	int err = 0;

	if ((a->secret_file[0] && a->credential[0]) ||
			(a->secret[0] && (a->secret_file[0] || a->credential[0])))
		return fail(why, -EINVAL, a->name, key,
				"one of secret, secret_file and credential is enough");
	if (a->secret_file[0])
		err = secret_read_file(a->secret_file, a->secret, sizeof(a->secret), &sentence);
	else if (a->credential[0])
		err = secret_read_credential(a->credential, a->secret, sizeof(a->secret),
				&sentence);
	return err ? fail(why, err, a->name, key, sentence) : 0;
}

static int check_account(struct account_config *a, struct config_error *why)
{
	bool has_server = a->server.host[0] != '\0';

	if (!a->has_register)
		a->registers = has_server;
	if (a->registers && !has_server)
		return fail(why, -EINVAL, a->name, "register",
				"there is no server to register with; give server too");
	if (!a->user[0] && has_server)
		return fail(why, -EINVAL, a->name, "",
				"user is missing: who this line is at its server");
	if (!a->user[0] && value_user(a->name, a->user))
		return fail(why, -EINVAL, a->name, "",
				"user is missing; the name of the line cannot be one");
	if (!a->domain[0])
		memcpy(a->domain, a->server.host, sizeof(a->domain));
	if (!a->auth_user[0])
		memcpy(a->auth_user, a->user, sizeof(a->auth_user));
	if (a->retry_min_s > a->retry_max_s)
		return fail(why, -EINVAL, a->name, "", "retry_min_s is above retry_max_s");
	return check_secret(a, why);
}

static int check_tls(const struct config *c, struct config_error *why)
{
	const struct {
		const char *key, *path;
		bool is_private;
	} files[] = {
		{ "tls_certificate", c->tls_certificate, false },
		{ "tls_key", c->tls_key, true },
		{ "tls_ca", c->tls_ca, false },
	};
	const char *sentence = "";

	if (!c->tls_certificate[0] != !c->tls_key[0])
		return fail(why, -EINVAL, "", c->tls_key[0] ? "tls_key" : "tls_certificate",
				"tls_certificate and tls_key go together");
	if (c->listen_tls.host[0] && !c->tls_certificate[0])
		return fail(why, -EINVAL, "", "listen_tls",
				"who listens for TLS needs tls_certificate and tls_key");
	for (size_t i = 0; i < COUNT(files); i++) {
		int err = files[i].path[0] ? secret_check_file(files[i].path, files[i].is_private,
							     &sentence)
					   : 0;

		if (err)
			return fail(why, err, "", files[i].key, sentence);
	}
	return 0;
}

int config_check(struct config *c, struct config_error *why)
{
	int err = check_tls(c, why);

	for (size_t i = 0; !err && i < c->count; i++)
		err = check_account(c->accounts[i], why);
	return err;
}

static void describe_all(const struct key *keys, size_t count, const char *before,
		TSPI_DESCRIBE describe, DWORD_PTR context)
{
	char name[64];

	for (size_t i = 0; i < count; i++) {
		const TSPI_KEY key = { .key = name,
			.type = keys[i].type,
			.min = keys[i].min,
			.max = keys[i].max,
			.values = keys[i].values,
			.normal = keys[i].normal,
			.help = keys[i].help };

		(void)snprintf(name, sizeof(name), "%s%s", before, keys[i].name);
		describe(context, &key);
	}
}

void config_describe(TSPI_DESCRIBE describe, DWORD_PTR context)
{
	describe_all(provider_keys, COUNT(provider_keys), "", describe, context);
	describe_all(account_keys, COUNT(account_keys), "?/", describe, context);
}

const struct account_config *config_find(const struct config *c, const char *name)
{
	return find(c, name, strlen(name));
}
