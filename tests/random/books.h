// SPDX-License-Identifier: MIT
/* books.h - what the checker keeps. */
#ifndef TESTS_RANDOM_BOOKS_H
#define TESTS_RANDOM_BOOKS_H

#include "checker.h"
#include "rules.h"

enum { BOOK_LINES = 64, BOOK_CALLS = 4096, BOOK_REQUESTS = 256, BOOK_SEEN = 8192 };

struct book_line {
	HLINE handle;
	bool open;
	DWORD line_states, address_states;
};

struct book_call {
	HCALL handle;
	HLINE line; /* 0: not known */
	bool alive;
	DWORD state; /* of the last message, 0: none yet */
	DWORD privilege;
	int generating, gathering;
};

struct book_request {
	LONG id; /* 0: free */
	const char *what;
	const HCALL *made[CHECKER_NEW];
	HLINE line;
};

struct book {
	bool alive;
	LONG last_id;
	HCALL announced; /* by LINE_APPNEWCALL: its LINE_CALLSTATE is next */
	struct book_line lines[BOOK_LINES];
	struct book_call calls[BOOK_CALLS]; /* a ring: the oldest dead one is overwritten */
	size_t call_count;
	struct book_request requests[BOOK_REQUESTS];
};

/* A handle as it was shown while nothing happened. */
struct book_seen {
	unsigned app;
	uint64_t number;
	DWORD id, state, privilege, owners, monitors;
};

struct checker {
	void (*violated)(void *arg, const char *rule, const char *text);
	void *arg;
	struct book apps[CHECKER_APPS];
	struct book_seen seen[BOOK_SEEN];
	size_t seen_count;
};

#define RULE_ENUM(name, text) RULE_##name,
enum rule { CHECKER_RULES(RULE_ENUM) RULE_COUNT };
#undef RULE_ENUM

const char *rule_name(enum rule rule);
const char *rule_text(enum rule rule);
void broken(struct checker *c, unsigned app, enum rule rule, const char *fmt, ...)
		__attribute__((format(printf, 4, 5)));

struct book_call *book_call(struct book *b, HCALL handle); /* the living one, else the dead */
struct book_line *book_line(struct book *b, HLINE handle);
/* A new handle. */
struct book_call *book_give(struct checker *c, unsigned app, HCALL handle, HLINE line,
		DWORD privilege);

#endif
