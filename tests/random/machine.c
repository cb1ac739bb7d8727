// SPDX-License-Identifier: MIT
/* machine.c - core and host by turns; the seed decides whose turn it is. */
#include "machine.h"

#include "../scratch.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "host_step.h"
#include "tapisrvd/core.h"
#include "tapisrvd/listen.h"
#include "tapisrvd/options.h"
#include "tapisrvd/peer.h"
#include "tapisrvd/run_dir.h"

#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <tapix.h>
#include <unistd.h>

enum { QUIET_STEPS = 24, TURN_MS = 20 };

static struct {
	struct options options;
	struct event_base *base;
	struct core *core;
	char folder[SCRATCH_MAX], socket[128], config[128];
	void (*advance)(uint64_t ms);
	uint64_t seed, chance;
	bool at_work, frozen;
	int quiet;
} machine;

bool machine_is_at_work(void)
{
	return machine.at_work;
}

/* xorshift64*: of its own, so that what the core draws changes nothing here. */
uint32_t machine_below(uint32_t n)
{
	machine.chance ^= machine.chance >> 12;
	machine.chance ^= machine.chance << 25;
	machine.chance ^= machine.chance >> 27;
	return (uint32_t)((machine.chance * 0x2545f4914f6cdd1dULL) >> 32) % n;
}

void machine_fail(const char *fmt, ...)
{
	va_list args;

	(void)fflush(stdout);
	(void)fputs("check-random: ", stderr);
	va_start(args, fmt);
	(void)vfprintf(stderr, fmt, args);
	va_end(args);
	(void)fprintf(stderr, "\nTo see it again: make check-random SEED=%llu OPS=...\n",
			(unsigned long long)machine.seed);
	if (*machine.folder)
		scratch_end(machine.folder);
	_Exit(1);
}

static void discard(enum log_level level, const char *line, void *arg)
{
	(void)level, (void)line, (void)arg;
}

static void write_config(void)
{
	const char *build = getenv("BUILD");
	FILE *f = fopen(machine.config, "w");

	if (!f ||
			fprintf(f,
					"[daemon]\nsocket = %s\n"
					"[provider exchange]\n"
					"path = %s/%s/lib/exchange_virtual.so\n"
					"extensions = 101-%d\n"
					"trunks = %d-%d\n"
					"charge_ms = 500\n"
					"completion_ms = 2000\n"
					"clock = virtual\n"
					"log = error\n"
					"seed = %llu\n"
					"calls_per_line = 6\n"
					"park_ms = 6000\n"
					"absent_ms = 300\n"
					"no_answer_ms = 4000\n"
					"ring_ms = 1000\n"
					"dial_ms = 3000\n"
					"setup_jitter_ms = 400\n"
					"congestion_percent = 2\n",
					machine.socket, build && *build == '/' ? "" : getenv("PWD"),
					build ? build : "build/default", 100 + MACHINE_LINES - 2,
					101 + MACHINE_LINES - 2, 100 + MACHINE_LINES,
					(unsigned long long)machine.seed) < 0 ||
			fclose(f))
		machine_fail("%s: cannot write", machine.config);
}

static void start_host(void)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		machine_fail("socketpair");
	if (core_add_host(machine.core, pair[0], getpid()) || step_host_start(pair[1], "exchange"))
		machine_fail("the host does not start");
}

/* The provider's file is loaded once a process: this is the one that the host has. */
static void find_door(void)
{
	const struct provider_options *p =
			list_entry(machine.options.providers.next, struct provider_options, link);
	void *file = dlopen(p->path, RTLD_NOW | RTLD_LOCAL);
	void *door = file ? dlsym(file, "exchange_door_advance") : NULL;

	if (!door)
		machine_fail("%s: %s", p->path, dlerror());
	memcpy(&machine.advance, &door, sizeof(door));
}

void machine_start(uint64_t seed)
{
	machine.seed = seed;
	machine.chance = seed * 0x9e3779b97f4a7c15ULL + 1;
	scratch_begin(machine.folder);
	(void)snprintf(machine.socket, sizeof(machine.socket), "%s/socket", machine.folder);
	(void)snprintf(machine.config, sizeof(machine.config), "%s/conf", machine.folder);
	if (!getenv("RANDOM_LOG"))
		log_set_sink(discard, NULL);
	clock_set_virtual(1000000000U);
	random_seed(seed);
	write_config();
	machine.base = event_base_new();
	if (!machine.base || options_init(&machine.options) ||
			config_read(&machine.options, machine.config))
		machine_fail("the configuration is not taken");
	machine.options.launch = false;
	if (options_complete(&machine.options) ||
			core_new(machine.base, &machine.options, &machine.core) ||
			run_dir_open(machine.core) || listen_start(machine.core))
		machine_fail("the core does not start");
	core_start(machine.core);
	start_host();
	find_door();
	if (tapixSetSocket(machine.socket))
		machine_fail("libtapi does not take %s", machine.socket);
}

void machine_stop(void)
{
	machine.at_work = true;
	listen_stop(machine.core);
	run_dir_close(machine.core);
	core_free(machine.core);
	step_host_end();
	options_fini(&machine.options);
	event_base_free(machine.base);
	scratch_end(machine.folder);
}

static void turn_core(void)
{
	peers_wake(machine.core);
	(void)peers_go_on(machine.core);
	(void)event_base_loop(machine.base, EVLOOP_ONCE | EVLOOP_NONBLOCK);
	peers_flush_later(machine.core);
	core_end_turn(machine.core);
}

void machine_freeze(bool frozen)
{
	machine.frozen = frozen;
}

bool machine_step(void)
{
	machine.at_work = true;
	if (machine_below(2))
		turn_core();
	else if (!step_host_turn())
		machine_fail("the host has ended");
	machine.at_work = false;
	machine.quiet++;
	return machine.frozen || machine.quiet % QUIET_STEPS != 0;
}

void machine_settle(void)
{
	machine.at_work = true;
	for (int i = 0; i < QUIET_STEPS / 2; i++) {
		turn_core();
		(void)step_host_turn();
	}
	machine.at_work = false;
}

void machine_advance(uint64_t ms)
{
	while (ms) {
		uint64_t step = ms < TURN_MS ? ms : TURN_MS;

		machine.at_work = true;
		clock_advance_ms(step);
		machine.advance(step);
		core_begin_frame(machine.core);
		timers_run(&machine.core->timers);
		turn_core();
		(void)step_host_turn();
		machine.at_work = false;
		ms -= step;
	}
}
