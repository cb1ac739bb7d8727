// SPDX-License-Identifier: MIT
/* news.c - see news.h. */
#include "news.h"

#include "base/clock.h"
#include "client.h"
#include "core.h"
#include "event.h"
#include "line.h"
#include "session.h"

/* MESSAGE: bytes that one has at most; PART: of what a client may have queued. */
enum { MESSAGE = 64, PART = 4 };

bool news_is_told(const struct session *s, const struct line *line)
{
	return line->came <= s->news_seen;
}

uint64_t news_told(const struct core *core)
{
	uint64_t told = core->news;

	if (!core->ready || clock_now_ms() < core->resume_until_ms)
		return 0;
	list_for(l, &core->sessions) {
		const struct session *s = list_entry(l, struct session, link);

		if (s->news_seen < told)
			told = s->news_seen;
	}
	return told;
}

static bool is_in(uint64_t news, uint64_t after, uint64_t until)
{
	return news > after && news <= until;
}

static void tell_of(struct client *c, const struct line *line, uint64_t after, uint64_t until)
{
	bool went = is_in(line->went, after, until);

	if (access_role(c->session, line) < ROLE_MONITOR)
		return;
	if (is_in(line->came, after, until) && !went)
		event_of_device(c, line->kind->create, line->device);
	if (went && line->came <= after)
		event_of_device(c, line->kind->remove, line->device);
}

static void tell_kind(struct client *c, const struct line_kind *kind, uint64_t after,
		uint64_t until)
{
	const struct core *core = c->peer.core;

	for (uint32_t i = 0; i < line_count(core, kind); i++) {
		const struct line *line = line_find_kind(core, kind, i);

		if (line)
			tell_of(c, line, after, until);
	}
}

void news_catch_up(struct client *c)
{
	struct session *s = c->session;
	uint64_t after = s->news_seen, until = c->peer.core->news;
	uint64_t most = c->peer.core->options->max_queued / PART / MESSAGE;

	c->behind = until - after > most;
	if (c->behind)
		until = after + most;
	s->news_seen = until;
	if (after == until)
		return;
	tell_kind(c, &line_kind, after, until);
	tell_kind(c, &phone_kind, after, until);
}

void news_go_on(struct client *c)
{
	while (c->behind && c->session && !c->resuming && !conn_queued(&c->peer.conn))
		news_catch_up(c);
}

static bool is_behind(struct client *c)
{
	if (conn_queued(&c->peer.conn) > c->peer.core->options->max_queued / PART)
		c->behind = true; /* until that has been written */
	return c->behind;
}

void news_tell(const struct line *line, uint32_t msg)
{
	const struct core *core = line->core;

	list_for(l, &core->sessions) {
		struct session *s = list_entry(l, struct session, link);

		if (session_is_away(s) || is_behind(s->client))
			continue;
		s->news_seen = core->news;
		if (access_role(s, line) >= ROLE_MONITOR)
			event_of_device(s->client, msg, line->device);
	}
}
