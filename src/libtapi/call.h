// SPDX-License-Identifier: MIT
/* call.h - one stub is one line: CALL(LineHold, hCall). The arguments become an array, and the
 * request's descriptor says what to do with each: a field's tag is the argument's position. */
#ifndef LIBTAPI_CALL_H
#define LIBTAPI_CALL_H

#include "libtapi/internal.h"

enum { ARG_MAX = 12 };

enum arg_kind {
	ARG_NONE,    /* beyond the last argument */
	ARG_NUMBER,  /* DWORD, and handles: the descriptor knows which */
	ARG_WORD,    /* windows and the like: no meaning here */
	ARG_TEXT,    /* const char * */
	ARG_CHARS,   /* char *, in or out */
	ARG_NUMBERS, /* LPDWORD, LPHCALL */
	ARG_IN,      /* a structure or bytes that are only read */
	ARG_OUT,     /* a structure or bytes that may be written */
	ARG_APP,     /* HLINEAPP, HPHONEAPP: see APP() */
};

struct arg {
	enum arg_kind kind;
	union {
		uint32_t number;
		intptr_t word;
		const void *in; /* all the pointers */
		void *out;
	} as;
};

/* Tells an application handle from a number. */
struct app_handle {
	uint32_t handle;
};
#define APP(h) ((struct app_handle){ (h) })

static inline struct arg arg_number(uint32_t v)
{
	return (struct arg){ ARG_NUMBER, { .number = v } };
}
static inline struct arg arg_word(intptr_t v)
{
	return (struct arg){ ARG_WORD, { .word = v } };
}
static inline struct arg arg_text(const char *v)
{
	return (struct arg){ ARG_TEXT, { .in = v } };
}
static inline struct arg arg_chars(char *v)
{
	return (struct arg){ ARG_CHARS, { .out = v } };
}
static inline struct arg arg_numbers(uint32_t *v)
{
	return (struct arg){ ARG_NUMBERS, { .out = v } };
}
static inline struct arg arg_in(const void *v)
{
	return (struct arg){ ARG_IN, { .in = v } };
}
static inline struct arg arg_out(void *v)
{
	return (struct arg){ ARG_OUT, { .out = v } };
}
static inline struct arg arg_app(struct app_handle v)
{
	return (struct arg){ ARG_APP, { .number = v.handle } };
}

/* clang-format off */
/* A const structure that is not listed here does not compile: arg_out would drop the const. */
#define ARG(x) _Generic((x),                                                                       \
	uint32_t: arg_number,                                                                      \
	intptr_t: arg_word,                                                                        \
	const char *: arg_text,                                                                    \
	char *: arg_chars,                                                                         \
	uint32_t *: arg_numbers,                                                                   \
	struct app_handle: arg_app,                                                                \
	const void *: arg_in,                                                                      \
	const LINECALLPARAMS *: arg_in,                                                            \
	const LINEDIALPARAMS *: arg_in,                                                            \
	const LINEFORWARDLIST *: arg_in,                                                           \
	const LINEGENERATETONE *: arg_in,                                                          \
	const LINEMONITORTONE *: arg_in,                                                           \
	const LINEMEDIACONTROLDIGIT *: arg_in,                                                     \
	const LINEMEDIACONTROLMEDIA *: arg_in,                                                     \
	const LINEMEDIACONTROLTONE *: arg_in,                                                      \
	const LINEMEDIACONTROLCALLSTATE *: arg_in,                                                 \
	const PHONEBUTTONINFO *: arg_in,                                                           \
	default: arg_out)(x)

#define ARGS_1(a) ARG(a)
#define ARGS_2(a, ...) ARG(a), ARGS_1(__VA_ARGS__)
#define ARGS_3(a, ...) ARG(a), ARGS_2(__VA_ARGS__)
#define ARGS_4(a, ...) ARG(a), ARGS_3(__VA_ARGS__)
#define ARGS_5(a, ...) ARG(a), ARGS_4(__VA_ARGS__)
#define ARGS_6(a, ...) ARG(a), ARGS_5(__VA_ARGS__)
#define ARGS_7(a, ...) ARG(a), ARGS_6(__VA_ARGS__)
#define ARGS_8(a, ...) ARG(a), ARGS_7(__VA_ARGS__)
#define ARGS_9(a, ...) ARG(a), ARGS_8(__VA_ARGS__)
#define ARGS_10(a, ...) ARG(a), ARGS_9(__VA_ARGS__)
#define ARGS_11(a, ...) ARG(a), ARGS_10(__VA_ARGS__)
#define ARGS_12(a, ...) ARG(a), ARGS_11(__VA_ARGS__)
#define ARGS_PICK(a, b, c, d, e, f, g, h, i, j, k, l, name, ...) name
#define ARGS(...) ARGS_PICK(__VA_ARGS__, ARGS_12, ARGS_11, ARGS_10, ARGS_9, ARGS_8, ARGS_7,         \
	ARGS_6, ARGS_5, ARGS_4, ARGS_3, ARGS_2, ARGS_1, 0)(__VA_ARGS__)
/* clang-format on */

#define CALL(request, ...)                                                                         \
	call_run(CALL_##request, __func__, (struct arg[ARG_MAX]){ ARGS(__VA_ARGS__) })

/* function: the C name, for the trace. */
LONG call_run(unsigned number, const char *function, const struct arg args[ARG_MAX]);

/* What a call's answer needs. Kept by asynchronous ones until their LINE_REPLY. */
struct outs {
	const struct rule *rule;
	struct arg args[ARG_MAX];
	uint32_t sizes[ARG_MAX]; /* of the out buffers, as they were at the call */
	uint32_t version;
	struct line *line; /* that the call is about, or NULL */
};

/* fill.c: from arguments to a request. */
struct fill {
	struct app *app;
	struct arena *arena;
	struct outs outs;
	struct call *call;
	ProtobufCMessage *message;
	uint32_t open, call_handle, line_handle;
	uint64_t object; /* for the trace */
};
/* 0, or a LINEERR_ with the last reason set. Under the lock. */
LONG fill_request(struct fill *f);
const ProtobufCFieldDescriptor *fill_field(const ProtobufCMessageDescriptor *d, const char *name);

/* answer.c: from replies to out-arguments. */
enum answer_stage {
	ANSWER_SYNC,       /* everything */
	ANSWER_RETURN,     /* of an asynchronous call: reserve the handles of the calls it makes */
	ANSWER_COMPLETION, /* all the rest */
};
struct made_calls {
	uint64_t id[2];
	unsigned count;
};
/* fd: a descriptor that came with it, taken (set to -1) or left. 0 or a LINEERR_. */
LONG answer_fill(struct app *a, const struct outs *o, const ProtobufCMessage *reply,
		enum answer_stage stage, int *fd, struct made_calls *made);

#endif
