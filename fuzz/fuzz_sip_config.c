// SPDX-License-Identifier: MIT
/* fuzz_sip_config.c - any lines key=value as the configuration of SIP lines: what is taken and fits
 * together can be compared, copied and written into URIs; what is not has a reason. */
#include "providers/sip/config.h"

#include "lines.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_reason(const struct config_error *why)
{
	assert(memchr(why->cause, '\0', sizeof(why->cause)));
	assert(why->sentence[0] && memchr(why->sentence, '\0', sizeof(why->sentence)));
}

/* Files are not of this fuzzer. */
static void set_line(void *arg, char *line)
{
	const char *value = lines_value(line);
	struct config_error why = { .sentence = "" };
	int err;

	if (!value || strstr(line, "secret_file") || strstr(line, "credential") ||
			strncmp(line, "tls_", 4) == 0)
		return;
	err = config_set(arg, line, value, &why);
	assert(err == 0 || err == -ENOENT || err == -EINVAL || err == -ENOSPC);
	if (err)
		check_reason(&why);
}

static void check_account(const struct config *c, const struct account_config *a)
{
	struct account_config *copy = account_config_dup(a);
	char host[CONFIG_TEXT_MAX + 16];

	assert(copy && account_config_equal(a, copy) && config_find(c, a->name) == a);
	host_port_write(&a->server, host, sizeof(host));
	assert(memchr(host, '\0', sizeof(host)));
	assert(a->retry_min_s <= a->retry_max_s);
	account_config_free(copy);
}

static void ignore(DWORD_PTR context, const TSPI_KEY *key)
{
	(void)context;
	assert(key->key && key->help);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config c, normal;
	struct config_error why = { .sentence = "" };
	int err;

	config_init(&c);
	config_init(&normal);
	lines_each(data, size, set_line, &c);
	err = config_check(&c, &why);
	if (err)
		check_reason(&why);
	for (size_t i = 0; !err && i < c.count; i++)
		check_account(&c, c.accounts[i]);
	(void)config_fixed_key(&normal, &c);
	if (!size)
		config_describe(ignore, 0);
	config_fini(&c);
	config_fini(&normal);
	return 0;
}
