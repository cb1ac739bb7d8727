// SPDX-License-Identifier: MIT
/* check.c - see check.h. TSPI_providerInit is never called, so nothing of the world is touched. */
#define LOG_TOPIC "host"
#include "tsphost/check.h"

#include "base/mem.h"
#include "tsphost/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Longer than what a line of the file can say. */
enum { LINE_ROOM = 1024 };

struct check {
	struct tsp tsp;
	struct config config;
	FILE *out;
	unsigned faults;
};

static void say(struct check *c, const char *cause, const char *sentence)
{
	c->faults++;
	(void)fprintf(c->out, "%s\t%s\n", cause, sentence);
}

static int read_keys(struct check *c)
{
	char line[LINE_ROOM];
	int err = 0;

	while (!err && fgets(line, sizeof(line), stdin)) {
		char *value = strchr(line, '=');

		line[strcspn(line, "\n")] = '\0';
		if (!value)
			return -EINVAL;
		*value++ = '\0';
		err = config_add(&c->config, line, value);
	}
	return err;
}

/* The answers go where standard output was; whatever the TSP prints does not. */
static int set_up(struct check *c)
{
	int fd = dup(STDOUT_FILENO);

	c->out = fd < 0 ? NULL : fdopen(fd, "w");
	if (!c->out || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
		return -errno;
	return read_keys(c);
}

/* After a refusal the TSP has forgotten all keys: it gets those that it takes again, to find more.
 */
static bool give_the_rest(struct check *c)
{
	struct reason why;

	for (size_t i = 0; i < c->config.count; i++) {
		struct setting *s = &c->config.settings[i];

		if (!s->key || !config_give_key(s, &c->tsp, &why))
			continue;
		say(c, why.cause, why.sentence);
		mem_free(s->key);
		s->key = NULL;
		return false;
	}
	return true;
}

static void give(struct check *c)
{
	struct reason why;

	if (c->tsp.providerSetReasonProc)
		c->tsp.providerSetReasonProc(reason_proc);
	while (!give_the_rest(c))
		continue;
	if (!c->faults && config_close(&c->tsp, &why))
		say(c, why.cause, why.sentence);
}

int check_tsp(const char *path)
{
	struct check c = { 0 };
	char why[384];
	int err = set_up(&c);

	if (err) {
		log_error("%s: the configuration cannot be read: %s", path, strerror(-err));
		config_fini(&c.config);
		return EXIT_FAILURE;
	}
	if (tsp_load(&c.tsp, path, why, sizeof(why)) < 0)
		say(&c, "", why);
	else
		give(&c);
	config_fini(&c.config);
	return fclose(c.out) == 0 && !c.faults ? EXIT_SUCCESS : EXIT_FAILURE;
}
