// SPDX-License-Identifier: MIT
/* provider.h - a configured TSP: its host's life (start, back-off, stop) and its device ids. */
#ifndef TAPISRVD_PROVIDER_H
#define TAPISRVD_PROVIDER_H

#include "asker.h"
#include "base/list.h"
#include "base/log.h"
#include "options.h"
#include "tapi.pb-c.h"
#include "timer.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct answer;
struct core;
struct host;
struct line;

/* A provider's devices of each kind; and the highest id that a host may say is its. */
/* CREATED_MAX: devices that a provider may announce as long as a core lives; ids are not used
 * again. CALLS_MAX: that there are at the same time, before more are refused.
 */
enum {
	CALLS_MAX = 12288, /* a session can claim those of two, with its lines and requests */
	CALLS_MOST = 8 * CALLS_MAX, /* with those of a time without a core to refuse them */
	DEVICES_MAX = 65536,
	DEVICE_ID_MAX = 0xffffff,
	CREATED_MAX = 8 * DEVICES_MAX
};

enum provider_state {
	PROVIDER_STARTING,
	PROVIDER_RUNNING,
	PROVIDER_FAILED,
	PROVIDER_RESTARTING,
	PROVIDER_STOPPED,
	PROVIDER_REMOVED, /* by lineRemoveProvider: only its device ids are left */
};

/* provider_admin.c */
enum provider_admin {
	ADMIN_NONE,
	ADMIN_ADDING,     /* lineAddProvider: until it runs */
	ADMIN_REMOVING,   /* until its host has gone */
	ADMIN_RESTARTING, /* likewise */
	ADMIN_STARTING,   /* then until the next one runs */
};

struct provider {
	struct core *core;
	struct list link;                 /* in core->providers */
	struct provider_options *options; /* of the core's, or its own if it was added */
	struct provider_options *fresh;   /* read again, not given to it yet */
	struct provider_options *asked;   /* that its host is being given */
	bool is_asked;                    /* TspiProviderConfigured is on its way */
	bool refused;                     /* the reason is that of a refused reload */
	char *path, *lock_path;
	uint32_t id;   /* permanent provider id */
	int store_err; /* -errno: it is not in the store */
	bool added;    /* by lineAddProvider; else it is one of the configuration file */
	enum provider_admin admin;
	bool wants_reinit; /* LINEDEVSTATE_REINIT: when no device of it is open */
	bool installed;    /* TSPI_providerInstall has succeeded while it is being added */
	void (*installed_then)(struct provider *);
	struct asker asker; /* of that */
	enum provider_state state;
	bool reported;     /* it ran or failed once: nobody waits for it any more */
	struct host *host; /* connected and greeted, else NULL */
	pid_t pid;         /* of the host process, 0: none or not known */
	pid_t dying;       /* of one that was killed and has not ended yet */
	bool is_child;
	uint32_t restarts, failures; /* failures: in a row, for the back-off */
	uint64_t started_ms;
	struct timer timer;
	uint64_t wait_until_ms; /* for a host that still holds the lock */
	struct {                /* why it failed or was started again */
		uint32_t layer;
		char cause[128], sentence[320];
	} reason;
	/* struct setting: the file's, those that were set at run time and win, and what these would
	 * become if it takes them. */
	struct list from_file, set, candidate;
	bool has_candidate, setter_wants_effect;
	struct asker setter;
	struct device_range {
		uint32_t base, count;
	} kept[2]; /* lines, phones: as they were last; count 0: never */
	bool has_bases;
	uint32_t line_base, num_lines, phone_base, num_phones;
	uint32_t found_lines, found_phones; /* what EnumDevices said, before the bases are given */
	bool enumerated;
	uint32_t created;   /* devices that it has announced with LINE_CREATE or PHONE_CREATE */
	uint32_t calls;     /* that there are */
	uint32_t last_call; /* the highest low half of its call ids: a new host goes on above */
	uint32_t tspi_version, looking; /* looking: look-ups of devices that are not finished */
	struct line **to_look;          /* a start looks at all of them, some at a time */
	uint32_t to_look_count, looked;
};

/* added: it owns the options, also on failure. NULL: memory is short. */
struct provider *provider_new(struct core *core, struct provider_options *o, bool added);
/* One of that name in the provider folder. */
struct provider *provider_new_added(struct core *core, const char *name);
void provider_free(struct provider *p);
struct provider *provider_find(const struct core *core, const char *name);
struct provider *provider_by_id(const struct core *core, uint32_t id);
const char *provider_state_name(const struct provider *p);
void provider_start(struct provider *p);
void provider_stop(struct provider *p);
void provider_check_stopped(struct core *core);
/* SIGCHLD */
void provider_child_changed(struct core *core);
void provider_set_reason(struct provider *p, uint32_t layer, const char *cause, const char *fmt,
		...) LOG_PRINTF(4, 5);
/* It does not work and is not tried again. */
void provider_fail(struct provider *p);
/* The same for what its host answered: the host goes. */
void provider_give_up(struct provider *p, const struct answer *a, const char *what);
/* What the kernel says of a host process that ended. false: it has not, or is no child. */
bool provider_reap(struct provider *p, char *text, size_t size);
/* Its host is gone: everything on it ends with the reason, and it is started again. */
void provider_host_gone(struct provider *p, const char *why, bool stuck);
/* Its calls and lines end with this reason. */
void provider_end_lines(struct provider *p, const Failure *why);
/* Which process its host is; one that outlived a core takes the place of a child that was started
 * in vain. */
void provider_take_pid(struct provider *p, pid_t pid, bool resumed);
/* Ends the host process, for good. */
void provider_kill(struct provider *p);
/* A host said hello: negotiate, enumerate, init, look at each line. */
void provider_begin(struct provider *p);
/* A host that lived before this core has given its snapshot. */
void provider_adopt(struct provider *p);
/* Such a host's hello has come: makes its lines. */
void provider_take_ids(struct provider *p, const Hello *hello);
/* Device ids for those that wait for theirs. */
void provider_give_bases(struct core *core);
/* It has waited long enough for those before it. */
void provider_take_turn(struct provider *p);
/* Its host is gone: nothing is looked at any more. */
void provider_stop_looking(struct provider *p);
/* Looks at one device (version, extension, capabilities), once more if it is being looked at. */
void provider_look_at(struct line *line);
void provider_running(struct provider *p);

/* provider_config.c: its section was read again; takes the options. One that had failed is started
 * again. */
void provider_take_options(struct provider *p, struct provider_options *fresh);
/* One that has failed is tried once more. */
void provider_start_again(struct provider *p);
/* Goes on with that: it runs now, or has lost its host. */
void provider_configure(struct provider *p);
/* Its host is gone: the next one gets what was read last. */
void provider_keep_newest(struct provider *p);
/* A host that outlived a core may have other keys than the file has now. */
void provider_compare_keys(struct provider *p);
/* The keys as a message has them; NULL: no message holds so many, or memory is short. */
KeyValue **provider_pairs(struct core *core, const struct provider_options *o, size_t *count);
/* What keeps a file from being loaded, and that in a word; NULL: nothing does. */
const char *provider_file_fault(const char *path, const char **cause);
/* provider_launch.c: the file, the process or thread. false: p->reason says why. */
bool provider_check_file(struct provider *p);
bool provider_launch(struct provider *p);

#endif
