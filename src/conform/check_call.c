// SPDX-License-Identifier: MIT
/* check_call.c - requests and calls: one completion each, events behind it, IDLE at the end, all
 * completed when something closes, nothing read after an entry has returned. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "checks.h"
#include "kit.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A call that is being made; without one there is nothing to check. */
static struct kit_call *make_call(struct kit_line *l)
{
	LONG why = 0;
	struct kit_call *c = kit_make_call(l, kit_address(l), &why);

	if (!c)
		skip("no call can be made to %s: %s; --dial names another address", kit_address(l),
				kit_error(why));
	return c;
}

static void check_call(void)
{
	struct kit_line *l;
	struct kit_call *c;

	kit_start();
	l = kit_open(0);
	for (unsigned i = 0; i < 3; i++) {
		c = make_call(l);
		if (!kit_await(c, 0xffffffff, WAIT_MS))
			fault("a call that was made says nothing of its state");
		kit_idle(100);
		kit_end_call(c);
	}
	kit_idle(200);
	kit_close(l);
	kit_end();
}

static void check_drop(void)
{
	struct kit_request *first, *second;
	struct kit_line *l;
	struct kit_call *c;

	kit_start();
	l = kit_open(0);
	c = make_call(l);
	first = kit_request("TSPI_lineDrop", l, c);
	second = kit_request("the second TSPI_lineDrop", l, c);
	if (KIT_ASYNC(first, lineDrop, c->hd, NULL, 0) < 0)
		fault("TSPI_lineDrop refuses a call that is not IDLE");
	else if (KIT_ASYNC(second, lineDrop, c->hd, NULL, 0) >= 0)
		(void)kit_wait(second); /* 0 or an error, but once */
	if (first->accepted)
		(void)kit_wait(first);
	if (!kit_await(c, LINECALLSTATE_IDLE, WAIT_MS))
		fault("a call that was dropped does not become IDLE");
	kit_idle(200);
	kit_close_call(c);
	kit_close(l);
	kit_end();
}

/* Requests are under way when their call, or its line, is closed. */
static void close_with_requests(bool close_line)
{
	struct kit_request *r;
	struct kit_line *l = kit_open(0);
	struct kit_call *c;

	c = make_call(l);
	r = kit_request("TSPI_lineDrop", l, c);
	(void)KIT_ASYNC(r, lineDrop, c->hd, NULL, 0);
	if (!close_line)
		kit_close_call(c);
	kit_close(l);
	kit_idle(100);
}

static void check_close_call(void)
{
	kit_start();
	close_with_requests(false);
	close_with_requests(false);
	kit_end();
}

static void check_close_line(void)
{
	kit_start();
	close_with_requests(true);
	close_with_requests(true);
	kit_end();
}

/* A call that is being made, too. */
static void check_close_making(void)
{
	struct kit_request *r;
	struct kit_line *l;
	struct kit_call *c;

	kit_start();
	l = kit_open(0);
	r = kit_request("TSPI_lineMakeCall", l, NULL);
	c = kit_call(l, r);
	if (KIT_ASYNC(r, lineMakeCall, l->hd, c->ht, &c->hd, kit_address(l), 0, NULL) < 0)
		skip("no call can be made to %s; --dial names another address", kit_address(l));
	kit_close(l);
	kit_idle(200);
	kit_end();
}

/* The session ends while a call is up: silence. */
static void check_shutdown(void)
{
	struct kit_line *l;

	kit_start();
	l = kit_open(0);
	(void)make_call(l);
	kit_close(l);
	kit_end();
	kit_begin(3, 5);
	kit_close(kit_open(0));
	kit_end();
}

/* Memory that is gone once the entry has returned. */
struct lent {
	char *at;
	size_t size;
};

static struct lent lend(const void *bytes, size_t size)
{
	struct lent lent = { .size = (size_t)sysconf(_SC_PAGESIZE) };

	lent.at = mmap(NULL, lent.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (lent.at == MAP_FAILED || size > lent.size)
		stop("the kit has no memory");
	memcpy(lent.at, bytes, size);
	return lent;
}

static void take_back(const struct lent *lent, const char *function)
{
	child_after(function);
	if (mprotect(lent->at, lent->size, PROT_NONE) < 0)
		stop("the kit cannot protect memory");
}

static void check_copies(void)
{
	LINECALLPARAMS params = { .dwTotalSize = sizeof(params),
		.dwBearerMode = LINEBEARERMODE_VOICE,
		.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE,
		.dwAddressMode = LINEADDRESSMODE_ADDRESSID };
	struct lent address, parameters;
	struct kit_request *r;
	struct kit_line *l;
	struct kit_call *c;

	kit_start();
	l = kit_open(0);
	address = lend(kit_address(l), strlen(kit_address(l)) + 1);
	parameters = lend(&params, sizeof(params));
	r = kit_request("TSPI_lineMakeCall", l, NULL);
	c = kit_call(l, r);
	if (KIT_ASYNC(r, lineMakeCall, l->hd, c->ht, &c->hd, address.at, 0,
			    (const LINECALLPARAMS *)(const void *)parameters.at) < 0)
		skip("no call can be made to %s; --dial names another address", kit_address(l));
	take_back(&address, "TSPI_lineMakeCall has returned: it reads its arguments later");
	take_back(&parameters, "TSPI_lineMakeCall has returned: it reads its arguments later");
	if (kit_wait(r) == 0) {
		LINECALLINFO info = { .dwTotalSize = sizeof(info) };

		(void)kit_await(c, 0xffffffff, WAIT_MS);
		(void)TSPI(lineGetCallInfo, c->hd, &info);
		kit_idle(200);
		(void)TSPI(lineGetCallInfo, c->hd, &info);
		kit_end_call(c);
	}
	kit_close(l);
	kit_end();
}

static void check_prompt(void)
{
	static const char *const never[] = { "12?3", "?" };
	struct kit_line *l;

	kit_start();
	l = kit_open(0);
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
		struct kit_request *r = kit_request("TSPI_lineMakeCall", l, NULL);
		struct kit_call *c = kit_call(l, r);
		LONG result = KIT_ASYNC(r, lineMakeCall, l->hd, c->ht, &c->hd, never[i], 0, NULL);

		if (result >= 0) {
			fault("it dials \"%s\": ? asks the application to prompt, and must fail",
					never[i]);
			(void)kit_wait(r);
			kit_end_call(c);
		}
	}
	kit_idle(100);
	kit_close(l);
	kit_end();
}

const struct check checks_call[] = {
	{ "call", "a call is made, tells its states, and ends with IDLE", check_call },
	{ "drop", "each request is completed once", check_drop },
	{ "closecall", "closing a call completes what is under way", check_close_call },
	{ "closeline", "closing a line completes what is under way", check_close_line },
	{ "closemaking", "closing a line ends a call that is being made", check_close_making },
	{ "shutdown", "a session that ends in a call leaves nothing", check_shutdown },
	{ "copies", "what an entry is given to read is copied", check_copies },
	{ "prompt", "an address with ? is never dialled", check_prompt },
};
const size_t checks_call_count = sizeof(checks_call) / sizeof(checks_call[0]);

const struct check *const conform_tables[] = { checks_load, checks_session, checks_caps,
	checks_feature, checks_call };
const size_t *const conform_counts[] = { &checks_load_count, &checks_session_count,
	&checks_caps_count, &checks_feature_count, &checks_call_count };
const size_t conform_table_count = sizeof(conform_tables) / sizeof(conform_tables[0]);
