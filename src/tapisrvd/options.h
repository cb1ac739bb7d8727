// SPDX-License-Identifier: MIT
/* options.h - what the command line and the configuration file say. */
#ifndef TAPISRVD_OPTIONS_H
#define TAPISRVD_OPTIONS_H

#include "base/list.h"
#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct setting {
	struct list link;
	char *key, *value;
	unsigned line; /* of the file */
};

/* A section [NAME THING]. */
struct provider_part {
	struct list link;
	char *name; /* THING */
	unsigned line, keys;
};

struct provider_options {
	struct list link;  /* in options.providers */
	char *name, *path; /* path: absolute, or a bare name below tsp_path */
	bool thread;
	uint64_t memory;      /* bytes that its host may have; 0: as many as there are */
	unsigned line;        /* of its first section, 0: it has none */
	struct list settings; /* struct setting: the TSP's own keys, in order */
	struct list parts;    /* struct provider_part */
};

struct options {
	char *file; /* that config_read() read, NULL: none */
	char *socket, *run_dir, *tsp_path, *host_program, *group;
	char *state;      /* the folder of store.h; NULL: in memory */
	uint32_t country; /* id of where users dial from who have not said; 0: none */
	char area_code[16];
	uint32_t max_requests; /* of assisted telephony, for one user */
	enum log_level log;
	bool has_log;
	bool check;                 /* faults are printed for people, not logged */
	uint32_t dispatch_ms;       /* an application must take an event within */
	uint32_t idle_ms;           /* without an application the daemon ends after; 0: never */
	uint32_t entry_ms, kill_ms; /* a TSP's entry: the request fails, the host ends */
	uint32_t hello_ms, ready_ms, grace_ms, quiet_ms, wait_host_ms;
	uint32_t max_open;    /* requests that a provider has not completed */
	size_t max_queued;    /* bytes for a client that does not read */
	uint32_t max_clients; /* for one user */
	bool keep_unowned;    /* calls that no application owns: not dropped */
	bool launch;          /* start hosts; false: they come by themselves (tests) */
	int (*run_host)(int fd, const char *provider); /* thread mode; NULL: not built in */
	struct list providers;
	struct list access; /* struct access_rule */
	bool has_access;    /* some section [access WHO] is there, if only an empty one */
};

/* Everything at its default, no providers. 0 or -ENOMEM. */
int options_init(struct options *o);
void options_fini(struct options *o);
/* Replaces a string of the options by a copy. 0 or -ENOMEM. */
int options_set(char **where, const char *value);
enum { PROVIDER_NAME_MAX = 49 }; /* bytes */
/* Names of providers become files in the run folder: letters, digits, - and _. */
bool provider_name_is_valid(const char *name);
/* One that is in no list yet. NULL: memory is short. */
struct provider_options *provider_options_new(const char *name);
/* Its path, if it is none yet: NAME.so in the folder. 0 or -errno. */
int provider_options_locate(struct provider_options *p, const char *folder);
/* Adds, or finds the one of that name. NULL: memory is short. */
struct provider_options *options_provider(struct options *o, const char *name);
/* Fills in what follows from the rest: paths, the exchange when no provider is named. */
int options_complete(struct options *o);
/* The state folder, unless it has been named: $STATE_DIRECTORY (systemd's), else /var/lib/tapisrvd
 * for root, else below $XDG_STATE_HOME or ~/.local/state; NULL without any. 0 or -ENOMEM. */
int options_choose_state(struct options *o);

/* What no message to a host holds. */
bool options_are_too_large(const struct provider_options *p);
/* Lists of struct setting. Adds copies of both texts; NULL: memory is short. */
struct setting *settings_append(struct list *settings, const char *key, const char *value,
		unsigned line);
/* The same, in place of that key's value if it is there. 0 or -ENOMEM. */
int settings_put(struct list *settings, const char *key, const char *value);
const struct setting *settings_find(const struct list *settings, const char *key);
void settings_drop(struct list *settings, const char *key);
int settings_copy(struct list *to, const struct list *from);
void settings_free(struct list *settings);
/* Takes the one of that name out; the caller frees it. NULL: there is none. */
struct provider_options *options_take(struct options *o, const char *name);
void provider_options_free(struct provider_options *p);
/* Finds, or adds, the part of that name. NULL: memory is short. */
struct provider_part *options_part(struct provider_options *p, const char *name);
/* The line of the key or THING that a TSP named; 0: there is no such one. */
unsigned options_line_of(const struct provider_options *p, const char *cause);

/* Reads a file. 0, or -EINVAL after one complaint for each thing that is wrong, or -errno. */
int config_read(struct options *o, const char *file);
/* "FILE:LINE: text", in the log or on standard error. line 0: the file as a whole. */
void config_complain(const struct options *o, unsigned line, const char *fmt, ...) LOG_PRINTF(3, 4);

/* config_check.c: asks each TSP about its keys. 0, or -EINVAL after one complaint for each fault.
 */
int config_check(const struct options *o);

#endif
