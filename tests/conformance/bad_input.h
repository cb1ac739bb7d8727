// SPDX-License-Identifier: MIT
/* bad_input.h - every function of tapi.h as a row: how to call it with an array of values, what its
 * parameters are, which errors its comment documents. Made from the headers, so that a new function
 * is here by itself. What a good argument is comes from the descriptor of its request. */
#ifndef CONFORMANCE_BAD_INPUT_H
#define CONFORMANCE_BAD_INPUT_H

#include "app.h"
#include "wire/calls.h"

enum { PARAMETERS_MAX = 12, BLOCK_MAX = 1 << 17 };

struct value {
	uint32_t number;
	void *pointer;
};

struct parameter {
	const char *type, *name;
};

struct function {
	const char *name, *errors, *as;
	LONG (*call)(const struct value *v);
	struct parameter parameters[PARAMETERS_MAX];
};
const struct function *functions_at(size_t i); /* NULL ends */
const struct function *functions_find(const char *name);
unsigned function_parameters(const struct function *f);
int function_position(const struct function *f, const char *parameter); /* -1: has none */
/* NULL: libtapi answers it alone. */
const struct rule *function_rule(const struct function *f);
/* The request's or the reply's field at a parameter, NULL. */
const ProtobufCFieldDescriptor *function_request(const struct function *f, unsigned position);
const ProtobufCFieldDescriptor *function_reply(const struct function *f, unsigned position);
/* Does its comment, or the rules for all functions, name the error? */
bool function_documents(const struct function *f, LONG error);
/* The LINEERR_ code, as PHONEERR_ for a phone function and as TAPIERR_ for tapi... */
LONG function_error(const struct function *f, LONG line_error);

/* A block of `size` bytes that ends where memory ends: what is read or written behind it crashes.
 * One a parameter; zeroed. */
void *block(unsigned parameter, size_t size);

/* Calls in as many states as there are, and handles that are no longer valid. */
enum scene_call {
	CALL_CONNECTED,
	CALL_RINGING, /* RINGBACK */
	CALL_DIALTONE,
	CALL_OFFERING,
	CALL_HELD,
	CALL_IDLE,
	SCENE_CALLS
};
struct scene {
	HCALL call[SCENE_CALLS]; /* 0: not in that state */
	DWORD state[SCENE_CALLS];
	HCALL watched; /* one of another application, as monitor */
	HCALL old_call;
	HLINE line, old_line;
	HLINEAPP other_app; /* of the same process */
	HLINE other_line;
	HCALL other_call;
	HPHONE phone;
	HPHONEAPP phone_app;
};
extern struct scene scene;
/* For its tests: nothing happens by itself. */
extern const struct setting scene_setting;
/* In the application `a`, with `b` at the other ends. */
void scene_make(struct app *a, struct app *b);

/* Arguments with which the function could do something. */
void good_values(const struct function *f, struct value v[PARAMETERS_MAX]);
HCALL call_in_states(uint32_t states);

/* --- a case --- */

struct outcome {
	LONG result; /* of the function or of its reply; an id becomes 0 */
	char sentence[256];
};
struct outcome call_it(const struct function *f, const struct value *v);

/* The function must fail: with `want` (0: any documented error), with a reason, and nobody is told
 * anything. */
void must_fail(const struct function *f, const struct value *v, LONG want, const char *fmt, ...)
		__attribute__((format(printf, 4, 5)));
/* It may succeed, but what it answers is documented. Returns the result. */
LONG may_fail(const struct function *f, const struct value *v, const char *fmt, ...)
		__attribute__((format(printf, 3, 4)));
/* One more thing that is wrong. */
void found(const struct function *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

unsigned findings(void);
/* In a world with scene_setting: the same in an application of a scene. */
void scene_try(struct world *w, void (*check)(const struct function *f));
#define TRY_EACH(name, check)                                                                      \
	static void name(struct world *w)                                                          \
	{                                                                                          \
		scene_try(w, check);                                                               \
	}
/* Runs `check` for each function in the application; then all is as before and nothing was found.
 */
void each_function(void (*check)(const struct function *f));

#endif
