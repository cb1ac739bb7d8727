// SPDX-License-Identifier: MIT
/* priority.c - priorities of applications: lineSetAppPriority and lineGetAppPriority. The list is
 * in memory, best first, and written through to the store. */
#include "priority.h"

#include "base/mem.h"
#include "core.h"
#include "dispatch.h"
#include "line.h"
#include "session.h"
#include "failure.h"
#include "store.h"

#include <errno.h>
#include <string.h>

#define LOG_TOPIC "priority"

enum { APP_NAME_MAX = 255, LIST_MAX = 64 };
/* It has a line open for that media mode, but nobody has given it a priority. */
#define ONLY_FOR_NOW 0xffffffffU

struct priority {
	struct list link; /* in core->priorities; those of one list stand in its order */
	uid_t uid;
	uint32_t media_mode;
	char *app;
};

static bool is_in(const struct priority *p, uid_t uid, uint32_t media_mode)
{
	return p->uid == uid && p->media_mode == media_mode;
}

static void priority_free(struct priority *p)
{
	list_remove(&p->link);
	mem_free(p->app);
	mem_free(p);
}

static struct priority *priority_new(uid_t uid, uint32_t media_mode, const char *app)
{
	struct priority *p = mem_new(struct priority);

	if (!p)
		return NULL;
	list_init(&p->link);
	p->uid = uid;
	p->media_mode = media_mode;
	p->app = mem_strdup(app);
	if (p->app)
		return p;
	mem_free(p);
	return NULL;
}

/* A file's name without folders, that can stand on a line of its own. */
static bool is_app_name(const char *app)
{
	size_t length = strlen(app);

	for (size_t i = 0; i < length; i++)
		if (app[i] == '/' || (unsigned char)app[i] < ' ')
			return false;
	return length && length <= APP_NAME_MAX;
}

static uint32_t count_of(const struct core *core, uid_t uid, uint32_t media_mode)
{
	uint32_t count = 0;

	list_for(l, &core->priorities)
		count += is_in(list_entry(l, struct priority, link), uid, media_mode);
	return count;
}

static void take_row(void *arg, const struct store_row *row)
{
	struct core *core = arg;
	uid_t uid = (uid_t)store_number(row, 0);
	uint32_t media_mode = (uint32_t)store_number(row, 1);
	const char *app = store_text(row, 2);
	struct priority *p;

	if (!is_app_name(app) || count_of(core, uid, media_mode) >= LIST_MAX) {
		store_refuse(core->store, "priority", "no name of an application, or too many");
		return;
	}
	p = priority_new(uid, media_mode, app);
	if (p)
		list_append(&core->priorities, &p->link);
	else
		log_error("out of memory: a priority is not known");
}

void priority_load(struct core *core)
{
	(void)store_run(core->store,
			"SELECT uid, media_mode, app FROM priority ORDER BY uid, media_mode, rank",
			NULL, take_row, core);
}

void priority_fini(struct core *core)
{
	while (!list_empty(&core->priorities))
		priority_free(list_entry(core->priorities.next, struct priority, link));
}

static struct priority *find(const struct core *core, uid_t uid, uint32_t media_mode,
		const char *app, uint32_t *rank)
{
	*rank = 0;
	list_for(l, &core->priorities) {
		struct priority *p = list_entry(l, struct priority, link);

		if (!is_in(p, uid, media_mode))
			continue;
		++*rank;
		if (strcmp(p->app, app) == 0)
			return p;
	}
	return NULL;
}

uint32_t priority_of(const struct core *core, uid_t uid, uint32_t media_mode, const char *app)
{
	uint32_t rank;

	return find(core, uid, media_mode, app, &rank) ? rank : 0;
}

/* The list as it is now; short, and seldom changed. 0 or -errno. */
static int write_list(struct core *core, uid_t uid, uint32_t media_mode)
{
	uint32_t rank = 0;
	int err = store_run(core->store, "DELETE FROM priority WHERE uid = ? AND media_mode = ?",
			STORE_VALUES(STORE_N(uid), STORE_N(media_mode)), NULL, NULL);

	list_for(l, &core->priorities) {
		const struct priority *p = list_entry(l, struct priority, link);

		if (err || !is_in(p, uid, media_mode))
			continue;
		err = store_run(core->store,
				"INSERT INTO priority (uid, media_mode, rank, app) "
				"VALUES (?, ?, ?, ?)",
				STORE_VALUES(STORE_N(uid), STORE_N(media_mode), STORE_N(rank++),
						STORE_T(p->app)),
				NULL, NULL);
	}
	return err;
}

/* Who was never moved up again for so long makes room. */
static void drop_last(struct core *core, uid_t uid, uint32_t media_mode)
{
	struct priority *last = NULL;

	if (count_of(core, uid, media_mode) <= LIST_MAX)
		return;
	list_for(l, &core->priorities) {
		struct priority *p = list_entry(l, struct priority, link);

		last = is_in(p, uid, media_mode) ? p : last;
	}
	if (last)
		priority_free(last);
}

/* Of several media modes the lowest first; 0 is one of its own. */
static uint32_t next_mode(uint32_t *media_modes)
{
	uint32_t mode = *media_modes & (~*media_modes + 1);

	*media_modes &= ~mode;
	return mode;
}

/* In the list and found there, or new and in `fresh`. False: no memory. */
static bool make_room(struct core *core, uid_t uid, uint32_t mode, const char *app,
		struct list *fresh)
{
	uint32_t rank;
	struct priority *p;

	if (find(core, uid, mode, app, &rank))
		return true;
	p = priority_new(uid, mode, app);
	if (p)
		list_append(fresh, &p->link);
	return p != NULL;
}

static void move(struct core *core, uid_t uid, uint32_t mode, const char *app, bool top)
{
	uint32_t rank;
	struct priority *p = find(core, uid, mode, app, &rank);

	if (p && !top) {
		priority_free(p);
	} else if (p) {
		list_remove(&p->link);
		list_prepend(&core->priorities, &p->link);
	}
}

/* What cannot fail comes after what can, so that it is done for all media modes or for none. */
int priority_set(struct core *core, uid_t uid, uint32_t media_modes, const char *app, bool top)
{
	struct list fresh;
	uint32_t left = media_modes;
	bool room = true;
	int err;

	list_init(&fresh);
	do {
		uint32_t mode = next_mode(&left);

		room = !top || make_room(core, uid, mode, app, &fresh);
	} while (room && left);
	while (!list_empty(&fresh)) {
		struct priority *p = list_entry(fresh.next, struct priority, link);

		list_remove(&p->link);
		if (room)
			list_append(&core->priorities, &p->link);
		else
			priority_free(p);
	}
	if (!room)
		return -ENOMEM;
	err = store_begin(core->store);
	left = media_modes;
	do {
		uint32_t mode = next_mode(&left);

		move(core, uid, mode, app, top);
		drop_last(core, uid, mode);
		if (!err)
			err = write_list(core, uid, mode);
	} while (left);
	err = core->store ? store_end(core->store, err) : 0;
	if (err) { /* as it was */
		priority_fini(core);
		priority_load(core);
	}
	return err;
}

static uint32_t rank_of(const struct open *o, uint32_t media_mode)
{
	const struct session *s = o->session;
	uint32_t rank = priority_of(s->core, s->uid, media_mode, s->app_name);

	return rank ? rank : UINT32_MAX;
}

const struct open *priority_first(const struct open *a, const struct open *b, uint32_t media_mode)
{
	uint32_t of_a = rank_of(a, media_mode), of_b;

	if (!b)
		return a;
	of_b = rank_of(b, media_mode);
	if (of_a != of_b)
		return of_a < of_b ? a : b;
	return a->opened_at < b->opened_at ? a : b;
}

/* What both functions are given. */
static LONG check(struct request *r, const char *app, uint32_t media_mode, uint32_t request_mode)
{
	if (!app)
		return LINEERR_INVALPOINTER;
	if (!is_app_name(app))
		return request_fail(r, LINEERR_INVALAPPNAME, "name",
				"the name of an application is its file's, without folders, and "
				"has 1 to %d bytes",
				APP_NAME_MAX);
	if (!media_mode && request_mode != LINEREQUESTMODE_MAKECALL)
		return request_fail(r, LINEERR_INVALREQUESTMODE, "request mode",
				"with media mode 0 the request mode must be "
				"LINEREQUESTMODE_MAKECALL, not %#x",
				request_mode);
	return 0;
}

static LONG check_one(struct request *r, uint32_t media_mode)
{
	if (media_mode & (media_mode - 1))
		return request_fail(r, LINEERR_INVALMEDIAMODE, "media mode",
				"one LINEMEDIAMODE_ value is wanted, or 0, not %#x", media_mode);
	return 0;
}

LONG handle_set_app_priority(struct request *r)
{
	const LineSetAppPriority *m = (const void *)r->msg;
	LONG code = check(r, m->app_filename, m->media_mode, m->request_mode);
	int err;

	if (code)
		return code;
	if (m->priority > 1)
		return request_fail(r, LINEERR_INVALPARAM, "priority",
				"the priority is 1 (to the top) or 0 (out of the list), not %u",
				m->priority);
	/* TAPI: one or more of the media modes */
	err = priority_set(r->core, r->session->uid, m->media_mode, m->app_filename,
			m->priority == 1);
	return err ? request_not_kept(r, err) : request_return(r, NULL);
}

static bool has_open_for(const struct request *r, const char *app, uint32_t media_mode)
{
	list_for(l, &r->core->sessions) {
		const struct session *s = list_entry(l, struct session, link);

		if (s->uid != r->session->uid || strcmp(s->app_name, app) != 0)
			continue;
		list_for(i, &s->opens)
			if (list_entry(i, struct open, in_session)->media_modes & media_mode)
				return true;
	}
	return false;
}

LONG handle_get_app_priority(struct request *r)
{
	const LineGetAppPriority *m = (const void *)r->msg;
	LineGetAppPriorityReply reply = LINE_GET_APP_PRIORITY_REPLY__INIT;
	VarString none = VAR_STRING__INIT;
	LONG code = check(r, m->app_filename, m->media_mode, m->request_mode);
	uint32_t rank;

	if (code)
		return code;
	code = check_one(r, m->media_mode);
	if (code)
		return code;
	rank = priority_of(r->core, r->session->uid, m->media_mode, m->app_filename);
	if (!rank && has_open_for(r, m->app_filename, m->media_mode))
		rank = ONLY_FOR_NOW; /* libtapi: 0 from API 2.0 on */
	SET(&reply, priority, rank);
	SET(&none, string_format, STRINGFORMAT_ASCII);
	reply.extension_name = &none;
	return request_return(r, &reply.base);
}

LONG handle_get_app_priorities(struct request *r)
{
	const TapixGetAppPriorities *m = (const void *)r->msg;
	TapixGetAppPrioritiesReply reply = TAPIX_GET_APP_PRIORITIES_REPLY__INIT;
	VarString names = VAR_STRING__INIT;
	LONG code = check_one(r, m->media_mode);
	size_t used = 0;
	char *text;

	if (code)
		return code;
	text = arena_alloc(&r->core->arena, LIST_MAX * (APP_NAME_MAX + 1) + 1);
	if (!text)
		return LINEERR_NOMEM;
	list_for(l, &r->core->priorities) {
		const struct priority *p = list_entry(l, struct priority, link);
		size_t size = strlen(p->app);

		if (!is_in(p, r->session->uid, m->media_mode))
			continue;
		if (used)
			text[used++] = '\n';
		memcpy(text + used, p->app, size);
		used += size;
	}
	SET(&names, string_format, STRINGFORMAT_ASCII);
	SET_BYTES(&names, string, (uint8_t *)text, used);
	reply.names = &names;
	return request_return(r, &reply.base);
}
