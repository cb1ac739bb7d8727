// SPDX-License-Identifier: MIT
/* world.c - the host that the tests play. */
#include "world.h"

#include "providers/exchange/exchange.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CALLS_MAX 4096
#define LOG_MAX   (1024u * 1024u)

static struct {
	char log[LOG_MAX], taken[LOG_MAX];
	size_t used;
	char cause[128];
	struct world_call calls[CALLS_MAX];
	DWORD count;
	DWORD last_request;
	bool refuses;
	void (*act)(void);
	HDRVLINE lines[CONFIG_EXTENSIONS_MAX];
} world;

static void say(const char *fmt, ...) LOG_PRINTF(1, 2);

static void say(const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(world.log + world.used, LOG_MAX - world.used, fmt, args);
	va_end(args);
	ck_assert(n >= 0 && (size_t)n < LOG_MAX - world.used);
	world.used += (size_t)n;
}

static void on_reason(const char *cause, const char *sentence)
{
	ck_assert_ptr_nonnull(sentence);
	(void)snprintf(world.cause, sizeof(world.cause), "%s", cause);
	say("because %s\n", cause);
}

static void on_completion(DRV_REQUESTID id, LONG result)
{
	say("reply %u %x\n", (unsigned)id, (unsigned)result);
}

static const char *number_of(HTAPILINE line)
{
	return exchange.config.numbers[line - 1];
}

static const char *state_name(DWORD_PTR state)
{
	static const struct {
		DWORD state;
		const char *name;
	} names[] = {
		{ LINECALLSTATE_IDLE, "IDLE" },
		{ LINECALLSTATE_OFFERING, "OFFERING" },
		{ LINECALLSTATE_ACCEPTED, "ACCEPTED" },
		{ LINECALLSTATE_DIALTONE, "DIALTONE" },
		{ LINECALLSTATE_DIALING, "DIALING" },
		{ LINECALLSTATE_RINGBACK, "RINGBACK" },
		{ LINECALLSTATE_BUSY, "BUSY" },
		{ LINECALLSTATE_CONNECTED, "CONNECTED" },
		{ LINECALLSTATE_PROCEEDING, "PROCEEDING" },
		{ LINECALLSTATE_ONHOLD, "ONHOLD" },
		{ LINECALLSTATE_ONHOLDPENDTRANSFER, "ONHOLDPENDTRANSFER" },
		{ LINECALLSTATE_ONHOLDPENDCONF, "ONHOLDPENDCONF" },
		{ LINECALLSTATE_CONFERENCED, "CONFERENCED" },
		{ LINECALLSTATE_DISCONNECTED, "DISCONNECTED" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].state == state)
			return names[i].name;
	ck_abort_msg("no call state: %#lx", (unsigned long)state);
	return "";
}

/* "offer 1 <v=0>", "digits 2 [Digits: 47]": the verb, the id, the first header, the body. */
static void say_msp(const char *data, size_t size)
{
	const char *line = memchr(data, ' ', size), *end = line ? memchr(line, '\n', size) : NULL;
	const char *header, *body;

	ck_assert(end != NULL);
	say("msp %.*s", (int)(end - line - 1), line + 1);
	header = end + 1;
	end = memchr(header, '\n', size - (size_t)(header - data));
	ck_assert(end != NULL);
	if (end > header)
		say(" [%.*s]", (int)(end - header), header);
	for (body = header; body < data + size && *body != '\n';)
		body = (const char *)memchr(body, '\n', size - (size_t)(body - data)) + 1;
	if (++body < data + size)
		say(" <%.*s>", (int)(data + size - body), body);
	say("\n");
}

static void on_call(HTAPILINE line, HTAPICALL call, DWORD msg, DWORD_PTR p1, DWORD_PTR p2,
		DWORD_PTR p3)
{
	say("%s.%u ", number_of(line), (unsigned)call);
	if (msg == LINE_CALLSTATE)
		say("CALLSTATE %s %u\n", state_name(p1), (unsigned)p2);
	else if (msg == LINE_CALLINFO)
		say("CALLINFO %#x\n", (unsigned)p1);
	else if (msg == LINE_SENDMSPDATA)
		say_msp((const char *)p2, p3);
	else if (msg == LINE_GENERATE)
		say("GENERATE %u %u\n", (unsigned)p1, (unsigned)p2);
	else if (msg == LINE_MONITORDIGITS)
		say("DIGIT %c %u %u\n", (char)p1, (unsigned)p2, (unsigned)p3);
	else if (msg == LINE_GATHERDIGITS)
		say("GATHERED %u %u\n", (unsigned)p1, (unsigned)p2);
	else if (msg == LINE_MONITORTONE)
		say("TONE %u %u %u\n", (unsigned)p1, (unsigned)p2, (unsigned)p3);
	else if (msg == LINE_MONITORMEDIA)
		say("MEDIA %u %u\n", (unsigned)p1, (unsigned)p3);
	else
		say("MESSAGE %u %u %u\n", (unsigned)msg, (unsigned)p1, (unsigned)p2);
}

static void on_new_call(HTAPILINE line, HDRVCALL hd, HTAPICALL *out)
{
	if (world.refuses) {
		say("%s NEWCALL refused\n", number_of(line));
		*out = 0;
		return;
	}
	ck_assert_uint_lt(world.count, CALLS_MAX);
	world.calls[world.count] = (struct world_call){ hd, world.count + 1,
		(DWORD)line - 1 + WORLD_LINE_BASE };
	*out = ++world.count;
	say("%s NEWCALL %u\n", number_of(line), (unsigned)world.count);
}

static void act_once(void)
{
	void (*act)(void) = world.act;

	world.act = NULL;
	if (act)
		act();
}

static void on_event(HTAPILINE line, HTAPICALL call, DWORD msg, DWORD_PTR p1, DWORD_PTR p2,
		DWORD_PTR p3)
{
	if (msg == LINE_NEWCALL) {
		on_new_call(line, p1, (HTAPICALL *)p2);
		act_once();
	} else if (call)
		on_call(line, call, msg, p1, p2, p3);
	else if (msg == LINE_LINEDEVSTATE)
		say("%s LINEDEVSTATE %#x %u %u\n", number_of(line), (unsigned)p1, (unsigned)p2,
				(unsigned)p3);
	else if (msg == LINE_ADDRESSSTATE)
		say("%s ADDRESSSTATE %u %#x\n", number_of(line), (unsigned)p1, (unsigned)p2);
	else
		say("%s MESSAGE %u %u %u\n", number_of(line), (unsigned)msg, (unsigned)p1,
				(unsigned)p2);
}

void world_open(DWORD index)
{
	ck_assert_int_eq(TSPI_lineOpen(WORLD_LINE_BASE + index, index + 1, &world.lines[index],
					 0x00030001, on_event),
			0);
	ck_assert_int_eq(TSPI_lineSetDefaultMediaDetection(world.lines[index],
					 LINEMEDIAMODE_INTERACTIVEVOICE),
			0);
}

void world_start(const char *const *config)
{
	DWORD version = 0, lines = 0, phones = 1, options = 99;

	memset(&world, 0, sizeof(world));
	TSPI_providerSetReasonProc(on_reason);
	ck_assert_int_eq(TSPI_providerConfigure("clock", "virtual"), 0);
	for (; config && *config; config += 2)
		ck_assert_int_eq(TSPI_providerConfigure(config[0], config[1]), 0);
	ck_assert_int_eq(TSPI_lineNegotiateTSPIVersion(INITIALIZE_NEGOTIATION, 0x00010003,
					 0x00030001, &version),
			0);
	ck_assert_uint_eq(version, 0x00030001);
	ck_assert_int_eq(TSPI_providerEnumDevices(7, &lines, &phones, 1, on_event, NULL), 0);
	ck_assert_uint_eq(phones, lines);
	ck_assert_int_eq(TSPI_providerInit(version, 7, WORLD_LINE_BASE, WORLD_PHONE_BASE, lines,
					 phones, on_completion, &options),
			0);
	ck_assert_uint_eq(options, 0);
	for (DWORD i = 0; i < lines; i++)
		world_open(i);
}

void world_stop(void)
{
	ck_assert_int_eq(TSPI_providerShutdown(0x00030001, 7), 0);
}

const char *world_take(void)
{
	memcpy(world.taken, world.log, world.used);
	world.taken[world.used] = '\0';
	world.used = 0;
	world.log[0] = '\0';
	return world.taken;
}

const char *world_cause(void)
{
	return world.cause;
}

HDRVLINE world_line(const char *extension)
{
	for (size_t i = 0; i < exchange.config.count; i++)
		if (strcmp(exchange.config.numbers[i], extension) == 0)
			return world.lines[i];
	ck_abort_msg("no extension %s", extension);
	return 0;
}

static void on_phone(HTAPIPHONE phone, DWORD msg, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
	say("%s phone ", number_of(phone));
	if (msg == PHONE_STATE)
		say("STATE %#x %u\n", (unsigned)p1, (unsigned)p2);
	else if (msg == PHONE_BUTTON)
		say("BUTTON %u %s\n", (unsigned)p1, p3 == PHONEBUTTONSTATE_DOWN ? "DOWN" : "UP");
	else
		say("MESSAGE %u %u\n", (unsigned)msg, (unsigned)p1);
}

HDRVPHONE world_phone(const char *extension)
{
	DWORD index = (DWORD)(world_line(extension) - world.lines[0]);
	HDRVPHONE phone;

	ck_assert_int_eq(TSPI_phoneOpen(WORLD_PHONE_BASE + index, index + 1, &phone, 0x00030001,
					 on_phone),
			0);
	ck_assert_int_eq(TSPI_phoneSetStatusMessages(phone, PHONESTATE_REMOVED * 2 - 1,
					 PHONEBUTTONMODE_DISPLAY * 2 - 1,
					 PHONEBUTTONSTATE_UNAVAIL * 2 - 1),
			0);
	return phone;
}

LONG world_touch(HDRVPHONE phone, const char *words)
{
	char copy[100];

	(void)snprintf(copy, sizeof(copy), "%s", words);
	return TSPI_phoneDevSpecific(++world.last_request, phone, copy, (DWORD)strlen(copy));
}

const PHONESTATUS *world_phone_status(HDRVPHONE phone)
{
	static char space[1000];
	PHONESTATUS *status = (PHONESTATUS *)(void *)space;

	status->dwTotalSize = sizeof(space);
	ck_assert_int_eq(TSPI_phoneGetStatus(phone, status), 0);
	return status;
}

static size_t row_length(const char *row, size_t size)
{
	while (size && row[size - 1] == ' ')
		size--;
	return size;
}

const char *world_display(HDRVPHONE phone)
{
	static char text[64], space[200];
	VARSTRING *v = (VARSTRING *)(void *)space;
	const char *cells;

	v->dwTotalSize = sizeof(space);
	ck_assert_int_eq(TSPI_phoneGetDisplay(phone, v), 0);
	ck_assert_uint_eq(v->dwStringSize, 41);
	cells = space + v->dwStringOffset;
	(void)snprintf(text, sizeof(text), "%.*s|%.*s", (int)row_length(cells, 20), cells,
			(int)row_length(cells + 20, 20), cells + 20);
	return text;
}

HDRVCALL world_call(DWORD number)
{
	ck_assert_uint_ge(number, 1);
	ck_assert_uint_le(number, world.count);
	return world.calls[number - 1].hd;
}

DWORD world_calls(void)
{
	return world.count;
}

void world_refuse_calls(bool refuse)
{
	world.refuses = refuse;
}

void world_at_new_call(void (*act)(void))
{
	world.act = act;
}

LONG world_make(const char *from, const char *dest, const LINECALLPARAMS *params)
{
	DWORD number = ++world.count, id = ++world.last_request;
	HDRVCALL *hd = &world.calls[number - 1].hd;
	LONG result;

	/* The name is taken before: events may come while the entry runs. */
	ck_assert_uint_lt(number, CALLS_MAX);
	result = TSPI_lineMakeCall(id, world_line(from), number, hd, dest, 0, params);
	if (result < 0) {
		ck_assert_uint_eq(world.count, number);
		world.count--;
		return result;
	}
	ck_assert_int_eq(result, (LONG)id);
	ck_assert(*hd != 0);
	world.calls[number - 1].number = number;
	return result;
}

DRV_REQUESTID world_request(void)
{
	return ++world.last_request;
}

LONG world_dial(DWORD call, const char *dest)
{
	return TSPI_lineDial(++world.last_request, world_call(call), dest, 0);
}

LONG world_accept(DWORD call)
{
	return TSPI_lineAccept(++world.last_request, world_call(call), NULL, 0);
}

LONG world_answer(DWORD call)
{
	return TSPI_lineAnswer(++world.last_request, world_call(call), NULL, 0);
}

LONG world_drop(DWORD call)
{
	return TSPI_lineDrop(++world.last_request, world_call(call), NULL, 0);
}

LONG world_hold(DWORD call)
{
	return TSPI_lineHold(++world.last_request, world_call(call));
}

LONG world_unhold(DWORD call)
{
	return TSPI_lineUnhold(++world.last_request, world_call(call));
}

LONG world_swap_hold(DWORD active, DWORD held)
{
	return TSPI_lineSwapHold(++world.last_request, world_call(active), world_call(held));
}

/* The host's name of a call that a request is to make; given back if it fails. */
static DWORD name_new(void)
{
	ck_assert_uint_lt(world.count, CALLS_MAX);
	world.calls[world.count].number = world.count + 1;
	return ++world.count;
}

static LONG named(DWORD names, LONG result)
{
	if (result < 0)
		world.count -= names;
	return result;
}

LONG world_redirect(DWORD call, const char *dest)
{
	return TSPI_lineRedirect(++world.last_request, world_call(call), dest, 0);
}

LONG world_pickup(const char *line, const char *dest, const char *group)
{
	DWORD call = name_new();

	return named(1, TSPI_linePickup(++world.last_request, world_line(line), 0, call,
					&world.calls[call - 1].hd, dest, group));
}

LONG world_unpark(const char *line, const char *address)
{
	DWORD call = name_new();

	return named(1, TSPI_lineUnpark(++world.last_request, world_line(line), 0, call,
					&world.calls[call - 1].hd, address));
}

static const LINECALLPARAMS *next_params;

void world_next_params(const LINECALLPARAMS *params)
{
	next_params = params;
}

static const LINECALLPARAMS *take_params(void)
{
	const LINECALLPARAMS *params = next_params;

	next_params = NULL;
	return params;
}

LONG world_setup_transfer(DWORD call)
{
	DWORD consult = name_new();

	return named(1, TSPI_lineSetupTransfer(++world.last_request, world_call(call), consult,
					&world.calls[consult - 1].hd, take_params()));
}

LONG world_complete_transfer(DWORD call, DWORD consult)
{
	return TSPI_lineCompleteTransfer(++world.last_request, world_call(call),
			world_call(consult), 0, NULL, LINETRANSFERMODE_TRANSFER);
}

LONG world_complete_as_conference(DWORD call, DWORD consult)
{
	HDRVCALL first = world_call(call), second = world_call(consult);
	DWORD conference = name_new();

	return named(1, TSPI_lineCompleteTransfer(++world.last_request, first, second, conference,
					&world.calls[conference - 1].hd,
					LINETRANSFERMODE_CONFERENCE));
}

LONG world_blind_transfer(DWORD call, const char *dest)
{
	return TSPI_lineBlindTransfer(++world.last_request, world_call(call), dest, 0);
}

LONG world_setup_conference(DWORD call, const char *line)
{
	HDRVCALL hd = call ? world_call(call) : 0;
	HDRVLINE hd_line = line ? world_line(line) : 0;
	DWORD conference = name_new(), consult = name_new();

	return named(2, TSPI_lineSetupConference(++world.last_request, hd, hd_line, conference,
					&world.calls[conference - 1].hd, consult,
					&world.calls[consult - 1].hd, 3, take_params()));
}

LONG world_prepare_add(DWORD conference)
{
	HDRVCALL hd = world_call(conference);
	DWORD consult = name_new();

	return named(1, TSPI_linePrepareAddToConference(++world.last_request, hd, consult,
					&world.calls[consult - 1].hd, take_params()));
}

LONG world_add(DWORD conference, DWORD consult)
{
	return TSPI_lineAddToConference(++world.last_request, world_call(conference),
			world_call(consult));
}

LONG world_remove(DWORD party)
{
	return TSPI_lineRemoveFromConference(++world.last_request, world_call(party));
}

LONG world_close_call(DWORD call)
{
	return TSPI_lineCloseCall(world_call(call));
}

void world_connect(const char *from, const char *to)
{
	DWORD first = world.count + 1;

	ck_assert_int_gt(world_make(from, to, NULL), 0);
	ck_assert_int_gt(world_answer(first + 1), 0);
	ck_assert_uint_eq(world_state(first), LINECALLSTATE_CONNECTED);
	ck_assert_uint_eq(world_state(first + 1), LINECALLSTATE_CONNECTED);
	(void)world_take();
}

static LINECALLSTATUS status_of(DWORD call)
{
	LINECALLSTATUS status = { .dwTotalSize = sizeof(status) };

	ck_assert_int_eq(TSPI_lineGetCallStatus(world_call(call), &status), 0);
	return status;
}

DWORD world_state(DWORD call)
{
	return status_of(call).dwCallState;
}

DWORD world_features(DWORD call)
{
	return status_of(call).dwCallFeatures;
}

const LINECALLINFO *world_info(DWORD call)
{
	static union {
		LINECALLINFO info;
		char room[sizeof(LINECALLINFO) + 8192];
	} u;

	memset(&u, 0xAA, sizeof(u));
	u.info.dwTotalSize = sizeof(u);
	ck_assert_int_eq(TSPI_lineGetCallInfo(world_call(call), &u.info), 0);
	ck_assert_uint_eq(u.info.dwNeededSize, u.info.dwUsedSize);
	return &u.info;
}

const char *world_part(const void *structure, DWORD size, DWORD offset)
{
	static char text[8192];

	ck_assert_uint_lt(size, sizeof(text));
	memcpy(text, (const char *)structure + offset, size);
	text[size] = '\0';
	return text;
}

HDRVMSPLINE world_add_msp(const char *extension)
{
	HDRVMSPLINE out = 0;

	ck_assert_int_eq(TSPI_lineCreateMSPInstance(world_line(extension), 0, 5, &out), 0);
	ck_assert(out != 0);
	return out;
}

LONG world_msp_bytes(DWORD call, const void *data, DWORD size)
{
	/* A copy of its very size, so that a sanitizer sees a step too far. */
	void *copy = malloc(size ? size : 1);
	LONG result;

	ck_assert_ptr_nonnull(copy);
	if (size)
		memcpy(copy, data, size);
	result = TSPI_lineReceiveMSPData(0, world_call(call), 0, copy, size);
	free(copy);
	return result;
}

LONG world_msp_says(DWORD call, const char *text)
{
	return world_msp_bytes(call, text, (DWORD)strlen(text));
}
