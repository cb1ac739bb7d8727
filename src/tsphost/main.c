// SPDX-License-Identifier: MIT
/* main.c - tapi-tsphost: one provider in a process of its own. tapisrvd starts it. */
#define LOG_TOPIC "host"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/os.h"
#include "tsphost/check.h"
#include "tsphost/host.h"
#include "wire/frame.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct options {
	const char *socket, *provider, *lock, *memory, *check;
};

static int stop_pipe[2] = { -1, -1 };

static void on_signal(int number)
{
	int saved = errno;

	(void)number;
	(void)!write(stop_pipe[1], "", 1);
	errno = saved;
}

/* The terminal's ^C is meant for the daemon, which then says what to do. */
static int prepare_signals(void)
{
	struct sigaction stop, ignore;
	int err = os_pipe(stop_pipe);

	memset(&stop, 0, sizeof(stop));
	memset(&ignore, 0, sizeof(ignore));
	stop.sa_handler = on_signal;
	ignore.sa_handler = SIG_IGN;
	(void)sigaction(SIGTERM, &stop, NULL);
	(void)sigaction(SIGINT, &ignore, NULL);
	(void)sigaction(SIGHUP, &ignore, NULL);
	(void)sigaction(SIGPIPE, &ignore, NULL);
	(void)sigaction(SIGXFSZ, &ignore, NULL); /* a file that may not grow is a full disk */
	return err;
}

static void usage(FILE *out)
{
	(void)fprintf(out, "usage: tapi-tsphost --socket PATH --provider NAME --lock PATH "
			   "[--memory BYTES]\n"
			   "       tapi-tsphost --check TSP\n"
			   "Hosts one telephony service provider for tapisrvd, which starts it.\n"
			   "--check: would the TSP take the lines key=value of standard input?\n");
}

static bool parse(int argc, char **argv, struct options *o)
{
	const struct {
		const char *name;
		const char **value;
	} known[] = {
		{ "--socket", &o->socket },
		{ "--provider", &o->provider },
		{ "--lock", &o->lock },
		{ "--memory", &o->memory },
		{ "--check", &o->check },
	};

	for (int i = 1; i < argc; i++) {
		const char **value = NULL;

		for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++)
			if (strcmp(argv[i], known[k].name) == 0)
				value = known[k].value;
		if (!value || i + 1 == argc)
			return false;
		*value = argv[++i];
	}
	return o->check ? argc == 3 : o->socket && o->provider && o->lock;
}

static void choose_log_level(void)
{
	const char *word = getenv("TAPI_LOG");
	enum log_level level;

	if (word && log_level_parse(word, &level))
		log_set_level(level);
}

/* What it would still say would be half of it; a new host starts with nothing. */
static void on_exhaustion(void)
{
	static const char text[] = "error host: no memory is left: it ends\n";

	(void)!write(STDERR_FILENO, text, sizeof(text) - 1);
	_exit(HOST_EXIT_NO_MEMORY);
}

static bool limit_memory(const struct options *o)
{
	char *end = NULL;
	unsigned long long bytes = o->memory ? strtoull(o->memory, &end, 10) : 0;
	int err = bytes ? os_limit_memory(bytes) : 0;

	if (end && (*end || !bytes))
		err = -EINVAL;
	if (err)
		log_error("%s: --memory %s: %s", o->provider, o->memory, strerror(-err));
	mem_on_exhaustion(on_exhaustion);
	return !err;
}

static int run(const struct options *o)
{
	struct host h;
	int code;

	if (host_init(&h, o->provider) < 0) {
		log_error("%s: no descriptors", o->provider);
		return EXIT_FAILURE;
	}
	h.socket_path = o->socket;
	h.stop_fd = stop_pipe[0];
	h.lost_at_ms = clock_now_ms();
	code = host_run(&h);
	host_fini(&h);
	return code;
}

int main(int argc, char **argv)
{
	struct options o = { 0 };
	int lock, code;

	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		usage(stdout);
		return EXIT_SUCCESS;
	}
	if (!parse(argc, argv, &o)) {
		usage(stderr);
		return 2;
	}
	os_one_heap();
	choose_log_level();
	if (o.check)
		return check_tsp(o.check);
	if (!limit_memory(&o))
		return EXIT_FAILURE;
	lock = os_lock_file(o.lock);
	if (lock < 0) {
		log_error("%s: %s: %s", o.provider, o.lock,
				lock == -EAGAIN ? "another host runs this provider"
						: strerror(-lock));
		return EXIT_FAILURE;
	}
	if (prepare_signals() < 0) {
		log_error("%s: no descriptors", o.provider);
		return EXIT_FAILURE;
	}
	code = run(&o);
	close(lock);
	return code;
}
