// SPDX-License-Identifier: MIT
/* fuzz_config.c - any bytes as the configuration file: it is taken, or each fault is named. */
#include "base/clock.h"
#include "base/log.h"
#include "scratch_file.h"
#include "tapisrvd/access_rule.h"
#include "tapisrvd/options.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned complaints;

static void count(enum log_level level, const char *line, void *arg)
{
	(void)arg;
	assert((level == LOG_ERROR || level == LOG_WARN) && *line);
	complaints += level == LOG_ERROR; /* a user whom the system does not know is no fault */
}

/* Names of providers become names of files, and stand in messages. */
static void check_providers(const struct options *o)
{
	list_for(l, &o->providers) {
		const struct provider_options *p = list_entry(l, struct provider_options, link);

		assert(*p->name && !strpbrk(p->name, "/. \n"));
		assert(p->path && strchr(p->path, '/')); /* else it would be looked for */
		list_for(i, &p->settings)
			assert(*list_entry(i, struct setting, link)->key);
	}
}

static void check_numbers(const struct options *o)
{
	assert(memchr(o->area_code, '\0', sizeof(o->area_code)));
	assert(o->max_requests >= 1 && o->max_requests <= 1000);
	assert(o->entry_ms >= 1 && o->kill_ms >= 1 && o->dispatch_ms >= 1);
}

/* Nobody gets more than is written. */
static void check_rules(const struct options *o)
{
	assert(o->has_access || list_count(&o->access) == 1);
	list_for(l, &o->access) {
		const struct access_rule *rule = list_entry(l, struct access_rule, link);

		assert(*rule->who_text && (rule->line != 0) == o->has_access);
		assert(rule->role == ROLE_MONITOR || rule->role == ROLE_OWN ||
				(rule->role == ROLE_ADMIN && rule->devices == DEVICES_ALL));
		assert(!rule->name == (rule->devices == DEVICES_ALL) &&
				(!rule->name || *rule->name));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct options o;
	int err;

	log_set_sink(count, NULL);
	if (!clock_is_virtual())
		clock_set_virtual(1);
	clock_advance_ms(LOG_BURST * 1000); /* what was said of other inputs is forgotten */
	complaints = 0;
	assert(options_init(&o) == 0);
	err = config_read(&o, scratch_file(data, size));
	assert(err == 0 || err == -EINVAL);
	assert((err != 0) == (complaints != 0));
	if (!err) {
		assert(options_complete(&o) == 0);
		check_providers(&o);
		check_numbers(&o);
		check_rules(&o);
	}
	options_fini(&o);
	return 0;
}
