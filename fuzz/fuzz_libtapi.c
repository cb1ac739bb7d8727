// SPDX-License-Identifier: MIT
/* fuzz_libtapi.c - a daemon that answers anything and reports what it likes: the application gets a
 * result for each call, nothing is written outside of what it gave, and it can end.
 *
 * Steps: who (0: what the daemon says from now on when it is asked `kind`, as the RETURN; 1: as the
 * COMPLETION; 2: a frame of `kind`, `about` is its serial and open; 3: the application calls the
 * function number `kind`, with numbers of about `about`; 4: it takes its messages; 5: the daemon
 * hangs up), flags: the frame's; in the upper half which result. The first functions are called
 * once that has been said with which the input begins; its size says in which version of TAPI. */
#include "daemon.h"
#include "base/clock.h"
#include "libtapi/internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <tapix.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed);

enum { SAY_RETURN, SAY_COMPLETION, A_FRAME, A_CALL, MESSAGES, HANG_UP, WHO };
enum { BLOCK = 2048, BLOCKS = 1024, STEPS = 64, TEXT = 64, MESSAGES_MAX = 200 };

static struct {
	HLINEAPP app;
	HPHONEAPP phone_app;
	HLINE line;
	HPHONE phone;
	HCALL call;
	DWORD number;  /* what numbers are */
	DWORD version; /* of TAPI */
	void *blocks[BLOCKS];
	unsigned block_count;
	bool begun;
} a;

/* Asynchronous calls write later: blocks live as long as the application. */
static void *block(size_t size)
{
	void *p = a.block_count < BLOCKS ? calloc(1, size) : NULL;

	if (p)
		a.blocks[a.block_count++] = p;
	return p;
}

static void *structure(void)
{
	DWORD *p = block(BLOCK);

	if (p)
		*p = a.number % 3 ? BLOCK : a.number * 8 % BLOCK;
	return p;
}

static char *text(void)
{
	char *p = block(TEXT);

	if (p)
		strcpy(p, "102");
	return p;
}

#define T_DWORD(n)         (a.number % TEXT)
#define T_SELECT(n)        ((DWORD)LINECALLSELECT_CALL)
#define T_VERSION(n)       a.version
#define T_HCALL(n)         a.call
#define T_HLINE(n)         a.line
#define T_HPHONE(n)        a.phone
#define T_HLINEAPP(n)      a.app
#define T_HPHONEAPP(n)     a.phone_app
#define T_HAGENT(n)        T_DWORD(n)
#define T_HAGENTSESSION(n) T_DWORD(n)
#define T_HWND(n)          0
#define T_WPARAM(n)        0
#define T_TEXT(n)          text()
#define T_NUMBERS(n)       block(sizeof(DWORD))
#define T_ICON(n)          block(sizeof(HICON))
#define T_BLOCK(n)         structure()

#define STUB(name, ...)                                                                            \
	static LONG run_##name(void)                                                               \
	{                                                                                          \
		return name(__VA_ARGS__);                                                          \
	}
#define LOCAL(name)
#include "libtapi_stubs.inc"
#undef STUB
#undef LOCAL

static LONG (*const functions[])(void) = {
#define STUB(name, ...) run_##name,
#define LOCAL(name)
#include "libtapi_stubs.inc"
};

enum { FUNCTIONS = sizeof(functions) / sizeof(functions[0]) };

static void take_messages(void)
{
	LINEMESSAGE line;
	PHONEMESSAGE phone;

	for (int i = 0; i < MESSAGES_MAX && lineGetMessage(a.app, &line, 0) == 0; i++)
		if (line.dwMessageID == LINE_APPNEWCALL)
			a.call = (HCALL)line.dwParam2;
	for (int i = 0; i < MESSAGES_MAX && phoneGetMessage(a.phone_app, &phone, 0) == 0; i++)
		continue;
}

static void begin(void)
{
	LINEINITIALIZEEXPARAMS line = { .dwTotalSize = sizeof(line),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	PHONEINITIALIZEEXPARAMS phone = { .dwTotalSize = sizeof(phone),
		.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT };
	DWORD count, version = a.version;
	HCALL *call;

	a.begun = true;
	(void)lineInitializeEx(&a.app, 0, NULL, "fuzz", &count, &version, &line);
	version = a.version;
	(void)phoneInitializeEx(&a.phone_app, 0, NULL, "fuzz", &count, &version, &phone);
	(void)lineOpen(a.app, 0, &a.line, a.version, 0, 1, LINECALLPRIVILEGE_OWNER,
			LINEMEDIAMODE_INTERACTIVEVOICE, NULL);
	(void)phoneOpen(a.phone_app, 0, &a.phone, a.version, 0, 1, PHONEPRIVILEGE_OWNER);
	call = block(sizeof(*call));
	(void)lineMakeCall(a.line, call, "102", 0, NULL);
	take_messages();
	a.call = *call;
}

static void play(const struct step *s)
{
	unsigned who = s->who % WHO;

	if (who <= SAY_COMPLETION) {
		daemon_says((enum daemon_saying)who, s);
		return;
	}
	if (!a.begun)
		begin();
	if (who == A_FRAME) {
		daemon_frame(s);
	} else if (who == A_CALL) {
		a.number = s->about;
		(void)functions[s->kind % FUNCTIONS]();
	} else if (who == HANG_UP) {
		daemon_hangs_up();
	} else {
		take_messages();
	}
}

static void end(void)
{
	take_messages();
	if (a.app)
		assert(lineShutdown(a.app) == 0);
	if (a.phone_app)
		assert(phoneShutdown(a.phone_app) == 0);
	while (a.block_count)
		free(a.blocks[--a.block_count]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const DWORD versions[] = { 0x00030001, 0x00020000, 0x00010003 };
	struct step step;

	clock_set_virtual(1000000000u);
	limits = (struct limits){
		.call_away = 300, .session_away = 2000, .retry = 0, .start = 0, .answer = 1000
	};
	daemon_start();
	memset(&a, 0, sizeof(a));
	a.version = versions[size % (sizeof(versions) / sizeof(versions[0]))];
	for (int i = 0; i < STEPS && play_next(&data, &size, &step); i++)
		play(&step);
	if (!a.begun)
		begin();
	end();
	daemon_forget();
	return 0;
}

static const ProtobufCMessageDescriptor *message_of(const struct step *s)
{
	const struct rule *rule = rule_find(s->kind);

	if (s->who % WHO > A_FRAME)
		return NULL;
	if (s->flags & (FLAG_FAILURE | FLAG_CLOSING))
		return &failure__descriptor;
	switch (s->kind) {
	case FRAME_HELLO:
		return &hello__descriptor;
	case FRAME_RESYNC:
		return &resync__descriptor;
	case FRAME_EVENT:
		return &event__descriptor;
	default:
		return rule ? rule->reply : NULL;
	}
}

static uint16_t some_kind(struct chance *c, unsigned who)
{
	const struct rule *rule;

	if (who == A_CALL)
		return (uint16_t)chance_below(c, FUNCTIONS);
	if (who == A_FRAME)
		return (uint16_t)(chance_one_in(c, 6) ? FRAME_HELLO + chance_below(c, 10)
						      : FRAME_EVENT);
	if (chance_one_in(c, 10))
		return chance_one_in(c, 2) ? FRAME_HELLO : FRAME_RESYNC;
	do
		rule = rule_find((uint16_t)chance_below(c, CALL_MAX));
	while (!rule || rule->privilege == PRIVILEGE_NOBODY);
	return rule->number;
}

static void invent(struct chance *c, struct step *s)
{
	static const uint8_t whos[] = { SAY_RETURN, SAY_RETURN, SAY_COMPLETION, A_FRAME, A_FRAME,
		A_FRAME, A_CALL, A_CALL, A_CALL, MESSAGES, MESSAGES, HANG_UP };

	s->who = whos[chance_below(c, sizeof(whos))];
	s->kind = some_kind(c, s->who);
	s->about = (uint16_t)chance_below(c, 64);
	if (chance_one_in(c, 4) && s->who != A_CALL)
		s->flags = (uint8_t)(chance_below(c, 8) << 4);
	if (s->flags || chance_one_in(c, 20))
		s->flags |= FLAG_FAILURE;
	if (chance_one_in(c, 8))
		s->flags |= (uint8_t)(1u << chance_below(c, 4));
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	const struct play_rules rules = { &daemon_facts, message_of, invent };

	return play_mutate(&rules, data, size, max, seed);
}
