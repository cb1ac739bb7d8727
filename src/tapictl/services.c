// SPDX-License-Identifier: MIT
/* services.c - tapictl accept, redirect, park, complete, secure, treatment, data, uui: one request
 * about a call of another program. */
#include "control.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DATA_MAX = 65536, ORBIT_SIZE = 256 };

/* The call, and what the command's words and options say. */
struct asked {
	HCALL call;
	const struct options *options;
	const void *bytes;
	DWORD size;
	DWORD number; /* mode, treatment */
	DWORD message, completion;
	VARSTRING *address;
};

struct service {
	LONG (*ask)(struct asked *a);
	const char *failure; /* "call 7 FAILURE" */
	DWORD states;        /* what is waited for, 0: nothing */
};

static LONG ask_accept(struct asked *a)
{
	return lineAccept(a->call, NULL, 0);
}

static LONG ask_more(struct asked *a)
{
	return lineDial(a->call, a->options->argv[2], 0);
}

static LONG ask_redirect(struct asked *a)
{
	return lineRedirect(a->call, a->options->argv[2], 0);
}

static LONG ask_secure(struct asked *a)
{
	return lineSecureCall(a->call);
}

static LONG ask_treatment(struct asked *a)
{
	return lineSetCallTreatment(a->call, a->number);
}

static LONG ask_data(struct asked *a)
{
	return lineSetCallData(a->call, (LPVOID)(uintptr_t)a->bytes, a->size);
}

static LONG ask_uui(struct asked *a)
{
	return lineSendUserUserInfo(a->call, a->bytes, a->size);
}

static LONG ask_release_uui(struct asked *a)
{
	return lineReleaseUserUserInfo(a->call);
}

static LONG ask_park(struct asked *a)
{
	return linePark(a->call, a->address ? LINEPARKMODE_NONDIRECTED : LINEPARKMODE_DIRECTED,
			a->options->argv[2], a->address);
}

static LONG ask_complete(struct asked *a)
{
	return lineCompleteCall(a->call, &a->completion, a->number, a->message);
}

/* 0, or the error of the request. */
static LONG act(struct control *c, const struct service *s, struct asked *a)
{
	struct control_call *call = &c->calls[0];
	char failure[96];
	LONG error;

	(void)snprintf(failure, sizeof(failure), "call %u %s", call->call_id, s->failure);
	a->call = call->call;
	error = control_wait(c, s->ask(a), failure);
	if (error >= 0 && s->states)
		control_wait_state(c, call, s->states);
	return error;
}

static enum exit_code act_alone(const struct options *o, const struct service *s, struct asked *a)
{
	struct control c;

	a->options = o;
	if (control_open(&c, o, 1, true) == EXIT_DONE)
		(void)act(&c, s, a);
	return control_close(&c);
}

enum exit_code command_accept(const struct options *o)
{
	static const struct service accept = { ask_accept, "was not accepted",
		LINECALLSTATE_ACCEPTED };
	struct asked a = { .options = o };

	return act_alone(o, &accept, &a);
}

enum exit_code command_more(const struct options *o)
{
	static const struct service more = { ask_more, "was not dialled on", 0 };
	struct asked a = { .options = o };

	return act_alone(o, &more, &a);
}

enum exit_code command_redirect(const struct options *o)
{
	static const struct service redirect = { ask_redirect, "was not redirected",
		LINECALLSTATE_IDLE };
	struct asked a = { .options = o };

	return act_alone(o, &redirect, &a);
}

enum exit_code command_secure(const struct options *o)
{
	static const struct service secure = { ask_secure, "was not secured", 0 };
	struct asked a = { .options = o };

	return act_alone(o, &secure, &a);
}

/* A word of a group of constants, such as "music"; or a number. */
static bool parse_word(const char *group, const char *word, DWORD *out)
{
	char *end;

	for (unsigned i = 0; i < 32; i++) {
		const char *name = tapixConstantName(group, 1u << i);

		if (name && strcmp(short_name(group, 1u << i), word) == 0) {
			*out = 1u << i;
			return true;
		}
	}
	for (DWORD i = 0; i < 32; i++)
		if (tapixConstantName(group, i) && strcmp(short_name(group, i), word) == 0) {
			*out = i;
			return true;
		}
	*out = (DWORD)strtoul(word, &end, 0);
	return end != word && !*end;
}

enum exit_code command_treatment(const struct options *o)
{
	static const struct service treatment = { ask_treatment, "was given no treatment", 0 };
	struct asked a = { .options = o };

	if (parse_word("LINECALLTREATMENT_", o->argv[2], &a.number))
		return act_alone(o, &treatment, &a);
	fprintf(stderr,
			"tapictl: a treatment is silence, ringback, busy, music or a number, not "
			"'%s'\n",
			o->argv[2]);
	return EXIT_USAGE;
}

/* --- park ----------------------------------------------------------------------------------- */

static void say_parked(const struct control *c, const char *at)
{
	const struct control_call *call = &c->calls[0];

	if (c->options->json) {
		printf("{\"command\":\"park\",\"call_id\":%u,\"address\":", call->call_id);
		print_json_text(at);
		control_say_end(c);
	} else {
		printf("call %u: parked at %s\n", call->call_id, at);
	}
}

enum exit_code command_park(const struct options *o)
{
	static const struct service park = { ask_park, "was not parked", LINECALLSTATE_IDLE };
	union {
		VARSTRING v;
		char bytes[ORBIT_SIZE];
	} room;
	struct control c;
	struct asked a = { .options = o, .address = o->argc > 2 ? NULL : &room.v };

	memset(&room, 0, sizeof(room));
	room.v.dwTotalSize = sizeof(room);
	if (control_open(&c, o, 1, true) == EXIT_DONE && act(&c, &park, &a) >= 0) {
		say_parked(&c, a.address ? part(&room, room.v.dwStringSize, room.v.dwStringOffset)
					 : o->argv[2]);
		c.silent = true;
	}
	return control_close(&c);
}

/* --- completion ----------------------------------------------------------------------------- */

static void say_completion(const struct control *c, const struct asked *a)
{
	const char *mode = short_name("LINECALLCOMPLMODE_", a->number);

	if (c->options->json) {
		printf("{\"command\":\"complete\",\"mode\":\"%s\",\"completion_id\":%u", mode,
				a->completion);
		control_say_end(c);
	} else {
		printf("completion %u: %s\n", a->completion, mode);
	}
}

/* The completion is the line's, and lasts longer than this program: its id is all that it needs. */
enum exit_code command_complete(const struct options *o)
{
	static const struct service complete = { ask_complete, "is not completed otherwise", 0 };
	struct asked a = { .options = o, .number = LINECALLCOMPLMODE_CALLBACK };
	struct control c;

	if (o->mode && !parse_word("LINECALLCOMPLMODE_", o->mode, &a.number)) {
		fprintf(stderr,
				"tapictl: --mode takes campon, callback, intrude or message, not "
				"'%s'\n",
				o->mode);
		return EXIT_USAGE;
	}
	if (o->message && !parse_number(o->message, &a.message)) {
		fprintf(stderr, "tapictl: --message takes a number, not '%s'\n", o->message);
		return EXIT_USAGE;
	}
	if (control_open(&c, o, 1, true) == EXIT_DONE && act(&c, &complete, &a) >= 0) {
		say_completion(&c, &a);
		c.silent = true;
	}
	return control_close(&c);
}

/* --- data and user-user information --------------------------------------------------------- */

static enum exit_code refuse_bytes(const char *what, const char *why)
{
	fprintf(stderr, "tapictl: %s: %s\n", what, why);
	return EXIT_FAILED;
}

/* One byte more than there may be is read: then there are too many. */
static enum exit_code read_file(const char *name, char *bytes, size_t *size)
{
	FILE *f = fopen(name, "rb");
	enum exit_code code = EXIT_DONE;

	if (!f)
		return refuse_bytes(name, strerror(errno));
	*size = fread(bytes, 1, DATA_MAX + 1, f);
	if (ferror(f))
		code = refuse_bytes(name, strerror(errno));
	(void)fclose(f);
	return code;
}

/* The bytes of the file or the text; complains. To be freed. */
static enum exit_code read_bytes(const struct options *o, struct asked *a)
{
	const char *what = o->file ? o->file : "data";
	char *bytes = malloc(DATA_MAX + 1);
	size_t size = o->file ? 0 : strlen(o->argv[2]) + 1; /* TAPI: with its NUL */
	enum exit_code code = EXIT_DONE;

	a->bytes = bytes;
	if (!bytes)
		return refuse_bytes(what, strerror(ENOMEM));
	if (o->file)
		code = read_file(o->file, bytes, &size);
	else if (size <= DATA_MAX)
		memcpy(bytes, o->argv[2], size);
	if (!code && size > DATA_MAX)
		code = refuse_bytes(what, "a call takes at most 65536 bytes");
	a->size = (DWORD)size;
	return code;
}

/* What is there, as text; in JSON lineGetCallInfo shows the bytes. */
static void show_bytes(const struct control *c, const char *key, const char *bytes, DWORD size)
{
	char text[8192];

	if (c->options->json) {
		(void)snprintf(text, sizeof(text), "%.*s", (int)size, size ? bytes : "");
		printf("{\"size\":%u,\"%s\":", size, key);
		print_json_text(text);
		control_say_end(c);
	} else if (size) {
		(void)fwrite(bytes, 1, bytes[size - 1] ? size : size - 1, stdout);
		printf("\n");
	}
}

static void show_data(struct control *c)
{
	LONG error;
	LINECALLINFO *info = get_call_info(c->calls[0].call, &error);

	if (info)
		show_bytes(c, "call_data", (const char *)info + info->dwCallDataOffset,
				info->dwCallDataSize);
	else
		c->code = complain("the call", error);
	free(info);
}

enum exit_code command_data(const struct options *o)
{
	static const struct service set = { ask_data, "did not take the data", 0 };
	struct asked a = { .options = o };
	bool sets = o->file || o->argc > 2;
	struct control c;
	enum exit_code code;

	if (o->file && o->argc > 2) {
		(void)fputs("tapictl: the data are either a text or those of --file\n", stderr);
		return EXIT_USAGE;
	}
	code = sets ? read_bytes(o, &a) : EXIT_DONE;
	if (!code) {
		if (control_open(&c, o, 1, sets) == EXIT_DONE) {
			if (!sets)
				show_data(&c);
			else
				(void)act(&c, &set, &a);
			c.silent = !sets;
		}
		code = control_close(&c);
	}
	free((void *)(uintptr_t)a.bytes);
	return code;
}

/* What came is shown, and then the next one is. */
static void take_uui(struct control *c)
{
	static const struct service release = { ask_release_uui, "keeps its information", 0 };
	LONG error;
	LINECALLINFO *info = get_call_info(c->calls[0].call, &error);
	struct asked a = { .options = c->options };

	if (info && info->dwUserUserInfoSize)
		(void)act(c, &release, &a);
	if (info)
		show_bytes(c, "user_user_info", (const char *)info + info->dwUserUserInfoOffset,
				info->dwUserUserInfoSize);
	else
		c->code = complain("the call", error);
	free(info);
}

enum exit_code command_uui(const struct options *o)
{
	static const struct service send = { ask_uui, "did not take the information", 0 };
	struct asked a = { .options = o };
	struct control c;

	if (control_open(&c, o, 1, true) == EXIT_DONE) {
		if (o->argc < 3) {
			take_uui(&c);
			c.silent = true;
		} else {
			a.bytes = o->argv[2];
			a.size = (DWORD)strlen(o->argv[2]) + 1;
			(void)act(&c, &send, &a);
		}
	}
	return control_close(&c);
}
