// SPDX-License-Identifier: MIT
/* fuzz_exchange_config.c - any lines key=value as the exchange's configuration: what is taken makes
 * lines with names and groups, what is not has a reason. */
#include "providers/exchange/config.h"

#include "base/log.h"
#include "lines.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void set_line(void *arg, char *line)
{
	const char *value = lines_value(line), *why = NULL;
	int err = value ? config_set(arg, line, value, &why) : 0;

	assert(err == 0 || err == -ENOENT || err == -EINVAL);
	assert(!err || (why && *why));
}

static void check_lines(const struct config *c)
{
	char text[CONFIG_NAME_MAX + 1];

	assert(c->count <= CONFIG_EXTENSIONS_MAX);
	for (size_t i = 0; i < c->count; i++) {
		assert(memchr(c->numbers[i], '\0', sizeof(c->numbers[i])));
		assert(config_kind(c, i) < LINE_KINDS);
		config_name(c, i, text);
		assert(memchr(text, '\0', sizeof(text)));
		config_group(c, i, text);
		assert(memchr(text, '\0', sizeof(text)));
		assert(!*text || config_has_group(c, text));
	}
}

static void ignore(DWORD_PTR context, const TSPI_KEY *key)
{
	(void)context;
	assert(key->key && key->help);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config c, normal;
	const char *why;

	assert(config_init(&c) == 0 && config_init(&normal) == 0);
	lines_each(data, size, set_line, &c);
	check_lines(&c);
	(void)config_fault(&c, &why);
	(void)config_fixed_key(&normal, &c);
	if (!size)
		config_describe(ignore, 0);
	config_fini(&c);
	config_fini(&normal);
	log_set_level(LOG_ERROR);
	return 0;
}
