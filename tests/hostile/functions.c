// SPDX-License-Identifier: MIT
/* functions.c - see functions.h. */
#include "functions.h"

#include <assert.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 2048, BLOCKS = 1024, TEXT = 64, MESSAGES_MAX = 200 };

static struct {
	HLINEAPP app;
	HPHONEAPP phone_app;
	HLINE line;
	HPHONE phone;
	HCALL call;
	DWORD number;          /* what numbers are */
	DWORD version;         /* of TAPI */
	const void *structure; /* the last one */
	void *blocks[BLOCKS];
	unsigned block_count;
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
	a.structure = p;
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

static const char *const names[] = {
#undef STUB
#define STUB(name, ...) #name,
#include "libtapi_stubs.inc"
};

unsigned functions_count(void)
{
	return sizeof(functions) / sizeof(functions[0]);
}

const char *functions_name(unsigned i)
{
	return names[i];
}

/* What lineGetID and phoneGetID give is ours to close. A daemon that lies gives /dev/null, or bytes
 * that only look like a descriptor. */
static void close_given(const VARSTRING *v)
{
	struct stat given, null;
	HANDLE handle;

	if (!v || v->dwStringSize < sizeof(handle) || stat("/dev/null", &null))
		return;
	memcpy(&handle, (const char *)v + v->dwStringOffset, sizeof(handle));
	if (handle > STDERR_FILENO && handle <= INT_MAX && fstat((int)handle, &given) == 0 &&
			S_ISCHR(given.st_mode) && given.st_rdev == null.st_rdev)
		(void)close((int)handle);
}

LONG functions_call(unsigned i, DWORD number)
{
	LONG result;

	a.number = number;
	a.structure = NULL;
	result = functions[i]();
	if (result == 0 && (!strcmp(names[i], "lineGetID") || !strcmp(names[i], "phoneGetID")))
		close_given(a.structure);
	return result;
}

void functions_take_messages(void)
{
	LINEMESSAGE line;
	PHONEMESSAGE phone;

	for (int i = 0; i < MESSAGES_MAX && lineGetMessage(a.app, &line, 0) == 0; i++)
		if (line.dwMessageID == LINE_APPNEWCALL)
			a.call = (HCALL)line.dwParam2;
	for (int i = 0; i < MESSAGES_MAX && phoneGetMessage(a.phone_app, &phone, 0) == 0; i++)
		continue;
}

void functions_begin(DWORD version, DWORD line_device, DWORD phone_device)
{
	LINEINITIALIZEEXPARAMS line = { .dwTotalSize = sizeof(line),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT };
	PHONEINITIALIZEEXPARAMS phone = { .dwTotalSize = sizeof(phone),
		.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT };
	DWORD count;
	HCALL *call;

	a.version = version;
	(void)lineInitializeEx(&a.app, 0, NULL, "functions", &count, &version, &line);
	version = a.version;
	(void)phoneInitializeEx(&a.phone_app, 0, NULL, "functions", &count, &version, &phone);
	(void)lineOpen(a.app, line_device, &a.line, a.version, 0, 1, LINECALLPRIVILEGE_OWNER,
			LINEMEDIAMODE_INTERACTIVEVOICE, NULL);
	(void)phoneOpen(a.phone_app, phone_device, &a.phone, a.version, 0, 1, PHONEPRIVILEGE_OWNER);
	call = block(sizeof(*call));
	(void)lineMakeCall(a.line, call, "102", 0, NULL);
	functions_take_messages();
	a.call = call ? *call : 0;
}

void functions_end(void)
{
	functions_take_messages();
	if (a.app)
		assert(lineShutdown(a.app) == 0);
	if (a.phone_app)
		assert(phoneShutdown(a.phone_app) == 0);
	while (a.block_count)
		free(a.blocks[--a.block_count]);
	memset(&a, 0, sizeof(a));
}
