// SPDX-License-Identifier: MIT
/* main.c - tapisrvd: the command line, signals, the loop. */
#include "base/log.h"
#include "base/mem.h"
#include "core.h"
#include "listen.h"
#include "notify.h"
#include "options.h"
#include "provider.h"
#include "reload.h"
#include "run_dir.h"
#include "supervise.h"
#include "tsphost/tsphost.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOG_TOPIC "main"

static const char usage[] =
		"usage: tapisrvd [options]\n"
		"\n"
		"  --config FILE     read this configuration file\n"
		"  --check-config    check the configuration, name what is wrong, exit\n"
		"  --supervise       start the daemon, and again when it dies or hangs\n"
		"  --socket PATH     the socket for applications\n"
		"  --run-dir DIR     the folder for sockets and locks\n"
		"  --state DIR       the folder for what outlives the daemon\n"
		"  --tsp-path DIR    where providers are looked for by name\n"
		"  --host PROGRAM    the provider host program\n"
		"  --log LEVEL       error, warn, info, debug or trace\n"
		"  --help, --version\n"
		"\n"
		"Without a configuration file it runs one provider, the simulated exchange.\n"
		"Exit: 0 stopped by a signal, 1 failed, 2 wrong usage, 3 died again and again.\n";

struct command_line {
	const char *config, *socket, *run_dir, *state, *tsp_path, *host;
	bool check;
	bool has_log;
	int supervise_at; /* where --supervise stands, 0: nowhere */
	enum log_level log;
};

enum { GO_ON = -1, RESERVE_BYTES = 512 * 1024 /* of memory */ };

static int show_version(void)
{
	(void)printf("tapisrvd %s\n", TAPI_VERSION);
	return 0;
}

static int parse(int argc, char **argv, struct command_line *c)
{
	static const struct option options[] = { { "config", required_argument, NULL, 'c' },
		{ "check-config", no_argument, NULL, 'k' }, { "supervise", no_argument, NULL, 'p' },
		{ "socket", required_argument, NULL, 's' },
		{ "run-dir", required_argument, NULL, 'r' },
		{ "state", required_argument, NULL, 'S' },
		{ "tsp-path", required_argument, NULL, 't' },
		{ "host", required_argument, NULL, 'x' }, { "log", required_argument, NULL, 'l' },
		{ "help", no_argument, NULL, 'h' }, { "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 } };
	int got;

	while ((got = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (got == 'c')
			c->config = optarg;
		else if (got == 'k')
			c->check = true;
		else if (got == 'p')
			c->supervise_at = optind - 1;
		else if (got == 's')
			c->socket = optarg;
		else if (got == 'r')
			c->run_dir = optarg;
		else if (got == 'S')
			c->state = optarg;
		else if (got == 't')
			c->tsp_path = optarg;
		else if (got == 'x')
			c->host = optarg;
		else if (got == 'l' && log_level_parse(optarg, &c->log))
			c->has_log = true;
		else if (got == 'h')
			return printf("%s", usage) < 0;
		else if (got == 'V')
			return show_version();
		else
			return 2;
	}
	return optind == argc ? GO_ON : 2;
}

/* The command line wins over the file. */
static int gather(struct options *o, const struct command_line *c)
{
	const struct {
		char **where;
		const char *value;
	} texts[] = { { &o->socket, c->socket }, { &o->run_dir, c->run_dir },
		{ &o->state, c->state }, { &o->tsp_path, c->tsp_path },
		{ &o->host_program, c->host } };
	int err = options_init(o);

	o->check = c->check;
	if (!err && c->config)
		err = config_read(o, c->config);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]) && !err; i++)
		if (texts[i].value)
			err = options_set(texts[i].where, texts[i].value);
	o->run_host = tsphost_run;
	if (!err)
		err = options_complete(o);
	return err ? err : options_choose_state(o);
}

static void apply_log(const struct options *o, const struct command_line *c)
{
	log_set_level(c->has_log ? c->log : o->has_log ? o->log : LOG_INFO);
}

struct running {
	struct core *core;
	struct options *options;
	const struct command_line *line;
};

static void on_reload(evutil_socket_t signal_number, short what, void *arg)
{
	struct running *r = arg;
	struct options fresh;

	(void)signal_number;
	(void)what;
	core_begin_frame(r->core);
	if (!r->line->config || r->core->stopping) {
		log_warn("there is no configuration file to read again");
		return;
	}
	log_info("reads %s again", r->line->config);
	notify_reloading();
	if (gather(&fresh, r->line) < 0) {
		log_error("%s has faults: nothing changes", r->line->config);
	} else {
		apply_log(&fresh, r->line);
		reload_take(r->core, r->options, &fresh);
	}
	options_fini(&fresh);
	notify_reloaded();
}

static void on_stop(evutil_socket_t signal_number, short what, void *arg)
{
	(void)signal_number;
	(void)what;
	notify_stopping();
	core_stop(arg);
}

static void on_child(evutil_socket_t signal_number, short what, void *arg)
{
	(void)signal_number;
	(void)what;
	core_begin_frame(arg);
	provider_child_changed(arg);
}

struct signals {
	struct event terminate, interrupt, child, reload;
};

static int watch_signals(struct running *r, struct signals *s)
{
	struct core *core = r->core;

	evsignal_assign(&s->terminate, core->base, SIGTERM, on_stop, core);
	evsignal_assign(&s->interrupt, core->base, SIGINT, on_stop, core);
	evsignal_assign(&s->child, core->base, SIGCHLD, on_child, core);
	evsignal_assign(&s->reload, core->base, SIGHUP, on_reload, r);
	if (!event_add(&s->reload, NULL) && !event_add(&s->terminate, NULL) &&
			!event_add(&s->interrupt, NULL) && !event_add(&s->child, NULL))
		return 0;
	log_error("signals cannot be watched: %s", strerror(errno));
	return -ENOMEM;
}

static void forget_signals(struct signals *s)
{
	(void)event_del(&s->terminate);
	(void)event_del(&s->interrupt);
	(void)event_del(&s->child);
	(void)event_del(&s->reload);
}

static int serve(struct running *r)
{
	struct core *core = r->core;
	struct signals signals;
	int err = watch_signals(r, &signals);

	if (!err)
		err = run_dir_open(core);
	if (!err)
		err = listen_start(core);
	if (err) {
		run_dir_close(core);
		forget_signals(&signals);
		return err;
	}
	log_info("listens on %s", core->options->socket);
	notify_ready(core);
	core_start(core);
	core_run(core);
	listen_stop(core);
	run_dir_close(core);
	forget_signals(&signals);
	log_info("stopped");
	return 0;
}

static int run(struct options *o, const struct command_line *c)
{
	struct running r = { .options = o, .line = c };
	struct event_base *base;
	int err;

	event_set_mem_functions(mem_alloc, mem_realloc, mem_free);
	(void)mem_keep_reserve(RESERVE_BYTES);
	base = event_base_new();
	err = base ? core_new(base, o, &r.core) : -ENOMEM;
	if (!err)
		err = serve(&r);
	core_free(r.core);
	if (base)
		event_base_free(base);
	return err;
}

static int check(const struct options *o)
{
	int err = config_check(o);

	if (!err)
		(void)printf("%s: ok\n", o->file ? o->file : "the configuration");
	return err;
}

static int execute(struct options *o, const struct command_line *c, char **argv)
{
	(void)signal(SIGPIPE, SIG_IGN); /* whoever reads the log may go */
	(void)signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a full disk */
	if (c->check)
		return check(o) ? 1 : 0;
	apply_log(o, c);
	if (c->supervise_at)
		return supervise(o, argv, c->supervise_at);
	return run(o, c) ? 1 : 0;
}

int main(int argc, char **argv)
{
	struct command_line c = { 0 };
	struct options o;
	int exit_code = parse(argc, argv, &c);
	int err;

	if (exit_code != GO_ON) {
		if (exit_code == 2)
			(void)fputs(usage, stderr);
		return exit_code;
	}
	err = gather(&o, &c);
	if (err && err != -EINVAL && err != -ENOENT)
		log_error("%s", strerror(-err));
	exit_code = err ? 1 : execute(&o, &c, argv);
	options_fini(&o);
	return exit_code;
}
