// SPDX-License-Identifier: MIT
/* fuzz_config.c - any bytes as the configuration file: it is taken, or each fault is named. */
#include "base/log.h"
#include "scratch_file.h"
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
	assert(level == LOG_ERROR && *line);
	complaints++;
}

/* Names of providers become names of files, and stand in messages. */
static void check_providers(const struct options *o)
{
	list_for(l, &o->providers) {
		const struct provider_options *p = list_entry(l, struct provider_options, link);

		assert(*p->name && !strpbrk(p->name, "/. \n"));
		assert(p->path && *p->path == '/');
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct options o;
	int err;

	log_set_sink(count, NULL);
	complaints = 0;
	assert(options_init(&o) == 0);
	err = config_read(&o, scratch_file(data, size));
	assert(err == 0 || err == -EINVAL);
	assert((err != 0) == (complaints != 0));
	if (!err) {
		assert(options_complete(&o) == 0);
		check_providers(&o);
		check_numbers(&o);
	}
	options_fini(&o);
	return 0;
}
