// SPDX-License-Identifier: MIT
/* ladder.c - tapi-ladder: prints, as it happens, what passed between application, libtapi, MSP,
 * TAPISRV and TSP, from the trace records alone (base/trace.h); at the end it says which hops of a
 * call are missing. It knows nothing but the records: what no process emitted is a gap. */
#include "base/mem.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
		"usage: tapi-ladder [--all] [--follow] [--sip] [--without HOP] TRACE\n"
		"\n"
		"  --all          print every record; else not the questions and answers beside "
		"the call\n"
		"  --follow       wait for more records until SIGTERM, then judge\n"
		"  --sip          judge the call of `make demo-sip`: dialled, held, transferred "
		"by SIP\n"
		"  --without HOP  leave the records of this hop out, as if it had not happened\n"
		"\n"
		"Exit 0: every hop of a call with media is there, in order. 1: gaps, named. 2: "
		"wrong usage.\n";

enum { LINE = 1024, SIP_COLUMN = 56 };

struct record {
	uint64_t t_ns;
	long pid;
	char who[16], hop[64], object[32], detail[256];
};

/* The hops of one call, in an order that cannot be otherwise: each comes after the one before it.
 * side: 'c' the process that called lineMakeCall, 'a' the one that called lineAnswer, '-' neither.
 */
struct step {
	char side;
	const char *who, *hop, *detail; /* detail: a word of it, NULL any; "a*b": both, in order */
};

static const struct step exchange_steps[] = {
	{ 'c', "app", "lineMakeCall", NULL },
	{ 'c', "msp", "CreateMSPCall", NULL },
	{ '-', "tapisrv", "lineMakeCall", NULL },
	{ '-', "tsp", "TSPI_lineMakeCall", NULL },
	{ '-', "host", "LINE_NEWCALL", NULL },
	{ '-', "tapisrv", "LINE_APPNEWCALL", NULL },
	{ 'a', "msp", "CreateMSPCall", NULL },
	{ 'a', "app", "LINE_CALLSTATE", "OFFERING" },
	{ 'a', "app", "lineAnswer", NULL },
	{ '-', "tapisrv", "lineAnswer", NULL },
	{ '-', "tsp", "TSPI_lineAnswer", NULL },
	{ '-', "host", "LINE_SENDMSPDATA", NULL },
	{ '-', "tapisrv", "LINE_SENDMSPDATA", NULL },
	{ 'a', "msp", "ReceiveTSPData", NULL },
	{ 'a', "msp", "MSP_TSP_DATA", NULL },
	{ '-', "tapisrv", "MSP_TSP_DATA", NULL },
	{ '-', "tsp", "TSPI_lineReceiveMSPData", NULL },
	{ '-', "host", "LINE_CALLSTATE", "CONNECTED" },
	{ '-', "tapisrv", "LINE_CALLSTATE", "CONNECTED" },
	{ 'a', "app", "LINE_CALLSTATE", "CONNECTED" },
	{ 'c', "app", "lineGenerateDigits", NULL },
	{ '-', "tsp", "TSPI_lineGenerateDigits", NULL },
	{ 'a', "msp", "MSP_TSP_DATA", "digit" },
	{ '-', "tapisrv", "LINE_MONITORDIGITS", NULL },
	{ 'a', "app", "LINE_MONITORDIGITS", NULL },
	{ 'c', "app", "lineDrop", NULL },
	{ '-', "tsp", "TSPI_lineDrop", NULL },
	{ 'c', "app", "LINE_CALLSTATE", "IDLE" },
};

/* One call by SIP through a registrar to a telephone that answers; held, brought back, sent on. */
static const struct step sip_steps[] = {
	{ '-', "tsp", "SIP", "->*REGISTER" },
	{ '-', "tsp", "SIP", "<-*401" },
	{ '-', "tsp", "SIP", "->*REGISTER" },
	{ '-', "tsp", "SIP", "<-*200" },
	{ 'c', "app", "lineMakeCall", NULL },
	{ '-', "tapisrv", "lineMakeCall", NULL },
	{ '-', "tsp", "TSPI_lineMakeCall", NULL },
	{ '-', "host", "LINE_SENDMSPDATA", NULL },
	{ 'c', "msp", "ReceiveTSPData", NULL },
	{ 'c', "msp", "MSP_TSP_DATA", NULL },
	{ '-', "tsp", "TSPI_lineReceiveMSPData", NULL },
	{ '-', "tsp", "SIP", "->*INVITE" },
	{ '-', "tsp", "SIP", "<-*407" },
	{ '-', "tsp", "SIP", "->*INVITE" },
	{ '-', "tsp", "SIP", "<-*180" },
	{ 'c', "app", "LINE_CALLSTATE", "RINGBACK" },
	{ '-', "tsp", "SIP", "<-*200" },
	{ 'c', "app", "LINE_CALLSTATE", "CONNECTED" },
	{ '-', "app", "lineHold", NULL },
	{ '-', "tsp", "TSPI_lineHold", NULL },
	{ '-', "tsp", "SIP", "->*INVITE" },
	{ '-', "tsp", "SIP", "<-*200" },
	{ 'c', "app", "LINE_CALLSTATE", "ONHOLD" },
	{ '-', "app", "lineUnhold", NULL },
	{ '-', "tsp", "TSPI_lineUnhold", NULL },
	{ '-', "tsp", "SIP", "->*INVITE" },
	{ '-', "tsp", "SIP", "<-*200" },
	{ 'c', "app", "LINE_CALLSTATE", "CONNECTED" },
	{ '-', "app", "lineBlindTransfer", NULL },
	{ '-', "tsp", "TSPI_lineBlindTransfer", NULL },
	{ '-', "tsp", "SIP", "->*REFER" },
	{ '-', "tsp", "SIP", "<-*202" },
	{ '-', "tsp", "SIP", "<-*NOTIFY" },
	{ 'c', "app", "LINE_CALLSTATE", "IDLE" },
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static struct {
	const struct step *steps;
	int step_count;
	const char *without;
	bool all_records;
	uint64_t first_ns;
	long caller, answerer;
	struct record *all;
	size_t count, capacity;
} run = { .steps = exchange_steps, .step_count = (int)COUNT(exchange_steps) };

static volatile sig_atomic_t stopping;

static void on_signal(int n)
{
	(void)n;
	stopping = 1;
}

static bool text_after(const char *line, const char *key, char *out, size_t size)
{
	const char *at = strstr(line, key), *end;

	if (!at)
		return false;
	at += strlen(key);
	end = strchr(at, '"');
	if (!end || (size_t)(end - at) >= size)
		return false;
	memcpy(out, at, (size_t)(end - at));
	out[end - at] = '\0';
	return true;
}

/* A half record may stand before it, which a full disk has cut. */
static bool parse(const char *line, struct record *r)
{
	static const char begin[] = "{\"t\":", pid[] = ",\"pid\":";
	const char *next = strstr(line, begin);
	char *at;

	for (; next; next = strstr(line + 1, begin))
		line = next;
	if (strncmp(line, begin, sizeof(begin) - 1) != 0)
		return false;
	r->t_ns = strtoull(line + sizeof(begin) - 1, &at, 10);
	if (strncmp(at, pid, sizeof(pid) - 1) != 0)
		return false;
	r->pid = strtol(at + sizeof(pid) - 1, &at, 10);
	return text_after(line, "\"who\":\"", r->who, sizeof(r->who)) &&
	       text_after(line, "\"hop\":\"", r->hop, sizeof(r->hop)) &&
	       text_after(line, "\"object\":\"", r->object, sizeof(r->object)) &&
	       text_after(line, "\"detail\":\"", r->detail, sizeof(r->detail));
}

static bool is_client(const struct record *r)
{
	return strcmp(r->who, "app") == 0 || strcmp(r->who, "libtapi") == 0 ||
	       strcmp(r->who, "msp") == 0;
}

static const char *side_name(const struct record *r)
{
	if (!is_client(r))
		return "";
	return r->pid == run.answerer ? "answerer" : "caller";
}

/* Questions and answers around a call, of which there are many. Printing only: judge() sees all. */
static bool is_chatter(const struct record *r)
{
	/* A program that acts on the call of another one, as tapictl does, has to find it first. */
	static const char *const beside[] = { "LINE_CALLINFO", "LINE_ADDRESSSTATE",
		"LINE_LINEDEVSTATE", "LINE_APPNEWCALL", "lineOpen", "lineClose", "lineShutdown",
		"lineDeallocateCall", "lineSetCallPrivilege", "lineSetStatusMessages",
		"lineInitializeEx", "LINE_REPLY" };
	static const char *const starts[] = { "lineGet", "LineGet", "TSPI_lineGet", "lineNegotiate",
		"LineNegotiate", "TSPI_lineNegotiate", "TSPI_provider", "TapixInitialize",
		"tapixInitialize", "TapixMspIdentify", "tapixMspIdentify", "TSPI_lineMSPIdentify",
		"TapixMspData", "HELLO", "RETURN", "forward" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (strncmp(r->hop, starts[i], strlen(starts[i])) == 0)
			return true;
	for (size_t i = 0; run.steps == sip_steps && i < COUNT(beside); i++)
		if (strcmp(r->hop, beside[i]) == 0 || strcmp(r->who, "libtapi") == 0)
			return true;
	return false;
}

/* What goes over the network stands at the right, beside the parts of TAPI. */
static void print_sip(const struct record *r)
{
	char peer[64] = "", way[4] = "";
	int at = 0;

	(void)sscanf(r->detail, "%3s %63s %n", way, peer, &at);
	printf("%10.3f ms  %*s%s %s  %s\n", (double)(r->t_ns - run.first_ns) / 1e6, SIP_COLUMN, "",
			way[0] == '<' ? "<---" : "--->", r->detail + at, peer);
	(void)fflush(stdout);
}

static void print(const struct record *r)
{
	/* Lanes: applications' side to the left, daemon in the middle, provider to the right. */
	static const struct {
		const char *who, *name;
		int lane;
	} lanes[] = { { "app", "app", 0 }, { "libtapi", "libtapi", 1 }, { "msp", "MSP", 2 },
		{ "tapisrv", "TAPISRV", 3 }, { "host", "host", 4 }, { "tsp", "TSP", 5 } };
	size_t i = 0;

	if (strcmp(r->hop, "SIP") == 0) {
		print_sip(r);
		return;
	}
	while (i + 1 < sizeof(lanes) / sizeof(lanes[0]) && strcmp(lanes[i].who, r->who) != 0)
		i++;
	printf("%10.3f ms  %-8s %*s%-8s %s%s%s%s%s\n", (double)(r->t_ns - run.first_ns) / 1e6,
			side_name(r), lanes[i].lane * 4, "", lanes[i].name, r->hop,
			r->detail[0] ? "  " : "", r->detail,
			strcmp(r->object, "0") == 0 ? "" : "  ",
			strcmp(r->object, "0") == 0 ? "" : r->object);
	(void)fflush(stdout);
}

/* Who calls and who answers. Before anybody has answered: who was there first, but the caller. */
static void learn_sides(const struct record *r)
{
	if (strcmp(r->who, "app") != 0)
		return;
	if (strcmp(r->hop, "lineMakeCall") == 0) {
		run.caller = r->pid;
		run.answerer = run.answerer == r->pid ? 0 : run.answerer;
	}
	if (r->pid != run.caller && (!run.answerer || strcmp(r->hop, "lineAnswer") == 0))
		run.answerer = r->pid;
}

static void take(const char *line)
{
	struct record r;

	if (!parse(line, &r) || (run.without && strcmp(r.hop, run.without) == 0))
		return;
	if (!run.first_ns)
		run.first_ns = r.t_ns;
	learn_sides(&r);
	if (run.count == run.capacity) {
		size_t capacity = run.capacity ? run.capacity * 2 : 256;
		struct record *all = mem_realloc(run.all, capacity * sizeof(r));

		if (!all) {
			fprintf(stderr, "tapi-ladder: out of memory\n");
			exit(1);
		}
		run.all = all;
		run.capacity = capacity;
	}
	run.all[run.count++] = r;
	if (run.all_records || !is_chatter(&r))
		print(&r);
}

/* "a*b": both, in this order. */
static bool has_words(const char *text, const char *words)
{
	char word[64];

	while (words && *words) {
		size_t n = strcspn(words, "*");

		(void)snprintf(word, sizeof(word), "%.*s", (int)n, words);
		text = strstr(text, word);
		if (!text)
			return false;
		text += n;
		words += n + (words[n] == '*');
	}
	return true;
}

static bool fits(const struct step *s, const struct record *r)
{
	if (strcmp(s->who, r->who) != 0 || strcmp(s->hop, r->hop) != 0)
		return false;
	if (s->side != '-' && r->pid != (s->side == 'c' ? run.caller : run.answerer))
		return false;
	return has_words(r->detail, s->detail);
}

static int by_time(const void *a, const void *b)
{
	const struct record *x = a, *y = b;

	return x->t_ns < y->t_ns ? -1 : x->t_ns > y->t_ns;
}

/* Each step is looked for after the previous one that was found; a missing one is a gap. */
static int judge(void)
{
	const struct step *steps = run.steps;
	size_t at = 0;
	int gaps = 0;

	if (run.count)
		qsort(run.all, run.count, sizeof(*run.all), by_time);
	for (int i = 0; i < run.step_count; i++) {
		size_t j = at;

		while (j < run.count && !fits(&steps[i], &run.all[j]))
			j++;
		if (j < run.count) {
			at = j + 1;
			continue;
		}
		gaps++;
		printf("  GAP: no %s%s%s by %s%s after %s\n", steps[i].hop,
				steps[i].detail ? " " : "", steps[i].detail ? steps[i].detail : "",
				steps[i].who,
				steps[i].side == 'c'   ? " of the caller"
				: steps[i].side == 'a' ? " of the answerer"
						       : "",
				i ? steps[i - 1].hop : "the start");
	}
	printf("ladder: %zu records, %d of %d hops of the call in order\n", run.count,
			run.step_count - gaps, run.step_count);
	return gaps ? 1 : 0;
}

static void read_lines(FILE *f, bool follow)
{
	char line[LINE];
	size_t have = 0;

	for (;;) {
		if (fgets(line + have, (int)(sizeof(line) - have), f)) {
			have += strlen(line + have);
			if (line[have - 1] != '\n' && have < sizeof(line) - 1)
				continue; /* half written */
			take(line);
			have = 0;
			continue;
		}
		if (!follow || stopping)
			return;
		clearerr(f);
		(void)poll(NULL, 0, 20);
	}
}

int main(int argc, char **argv)
{
	struct sigaction sa = { .sa_handler = on_signal };
	const char *path = NULL;
	bool follow = false;
	FILE *f;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--follow") == 0) {
			follow = true;
		} else if (strcmp(argv[i], "--all") == 0) {
			run.all_records = true;
		} else if (strcmp(argv[i], "--sip") == 0) {
			run.steps = sip_steps;
			run.step_count = (int)COUNT(sip_steps);
		} else if (strcmp(argv[i], "--without") == 0 && i + 1 < argc) {
			run.without = argv[++i];
		} else if (strcmp(argv[i], "--help") == 0) {
			(void)fputs(usage, stdout);
			return 0;
		} else if (argv[i][0] == '-' || path) {
			(void)fputs(usage, stderr);
			return 2;
		} else {
			path = argv[i];
		}
	}
	if (!path) {
		(void)fputs(usage, stderr);
		return 2;
	}
	f = fopen(path, "r");
	if (!f) {
		fprintf(stderr, "tapi-ladder: %s: %s\n", path, strerror(errno));
		return 1;
	}
	(void)sigaction(SIGTERM, &sa, NULL);
	(void)sigaction(SIGINT, &sa, NULL);
	read_lines(f, follow);
	(void)fclose(f);
	return judge();
}
