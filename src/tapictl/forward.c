// SPDX-License-Identifier: MIT
/* forward.c - tapictl forward LINE: sets, ends or shows where its calls are forwarded to. */
#include "tapictl.h"

#include "control.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ENTRIES = 19, WORD_SIZE = 256 }; /* three options, sixteen words */
enum { RINGS = 4 };                     /* unless --rings says it */

#define NOT_ANSWERED                                                                               \
	(LINEFORWARDMODE_NOANSW | LINEFORWARDMODE_NOANSWINTERNAL |                                 \
			LINEFORWARDMODE_NOANSWEXTERNAL | LINEFORWARDMODE_NOANSWSPECIFIC |          \
			LINEFORWARDMODE_BUSYNA | LINEFORWARDMODE_BUSYNAINTERNAL |                  \
			LINEFORWARDMODE_BUSYNAEXTERNAL | LINEFORWARDMODE_BUSYNASPECIFIC)
#define SPECIFIC                                                                                   \
	(LINEFORWARDMODE_UNCONDSPECIFIC | LINEFORWARDMODE_BUSYSPECIFIC |                           \
			LINEFORWARDMODE_NOANSWSPECIFIC | LINEFORWARDMODE_BUSYNASPECIFIC)

struct entry {
	DWORD mode;
	char caller[WORD_SIZE], to[WORD_SIZE]; /* to "": do not disturb */
};

struct entries {
	struct entry list[ENTRIES];
	int count;
	DWORD rings;
};

/* "busyspecific:104=103" */
static bool parse_entry(const char *word, struct entry *out)
{
	const char *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - word) : 0;
	char *colon;

	if (!length || length >= sizeof(out->caller) || strlen(equals) > sizeof(out->to))
		return false;
	memcpy(out->caller, word, length);
	out->caller[length] = '\0';
	(void)snprintf(out->to, sizeof(out->to), "%s", equals + 1);
	colon = strchr(out->caller, ':');
	if (colon)
		*colon = '\0';
	for (DWORD mode = 1; mode <= LINEFORWARDMODE_BUSYNASPECIFIC; mode <<= 1)
		if (strcmp(short_name("LINEFORWARDMODE_", mode), out->caller) == 0)
			out->mode = mode;
	memmove(out->caller, colon ? colon + 1 : "", colon ? strlen(colon + 1) + 1 : 1);
	return out->mode && (out->caller[0] != '\0') == ((out->mode & SPECIFIC) != 0) &&
	       (!colon || out->caller[0]);
}

static void add_option(struct entries *e, DWORD mode, const char *to)
{
	struct entry *entry = &e->list[e->count];

	if (!to)
		return;
	entry->mode = mode;
	(void)snprintf(entry->to, sizeof(entry->to), "%s", to);
	e->count++;
}

static DWORD modes_of(const struct entries *e)
{
	DWORD modes = 0;

	for (int i = 0; i < e->count; i++)
		modes |= e->list[i].mode;
	return modes;
}

/* One that is there twice; NULL: none. */
static const struct entry *find_twin(const struct entries *e)
{
	for (int i = 0; i < e->count; i++)
		for (int k = 0; k < i; k++)
			if (e->list[i].mode == e->list[k].mode &&
					strcmp(e->list[i].caller, e->list[k].caller) == 0)
				return &e->list[i];
	return NULL;
}

/* What does not go together; complains. */
static enum exit_code check(const struct options *o, const struct entries *e)
{
	const struct entry *twin = find_twin(e);

	if (twin)
		fprintf(stderr, "tapictl: %s%s%s is given twice\n",
				short_name("LINEFORWARDMODE_", twin->mode),
				*twin->caller ? ":" : "", twin->caller);
	else if (o->off && (e->count || o->rings))
		(void)fputs("tapictl: --off ends all forwarding; it stands alone\n", stderr);
	else if (o->rings && !(modes_of(e) & NOT_ANSWERED))
		(void)fputs("tapictl: --rings is for noansw and busyna\n", stderr);
	else
		return EXIT_DONE;
	return EXIT_USAGE;
}

/* Complains. */
static enum exit_code read_entries(const struct options *o, struct entries *e)
{
	memset(e, 0, sizeof(*e));
	add_option(e, LINEFORWARDMODE_UNCOND, o->always);
	add_option(e, LINEFORWARDMODE_BUSY, o->busy);
	add_option(e, LINEFORWARDMODE_NOANSW, o->noanswer);
	for (int i = 2; i < o->argc; i++) {
		if (!parse_entry(o->argv[i], &e->list[e->count])) {
			fprintf(stderr,
					"tapictl: '%s' is no MODE=ADDRESS such as busy=103 or "
					"uncondspecific:104=\n",
					o->argv[i]);
			return EXIT_USAGE;
		}
		e->count++;
	}
	if (o->rings && !parse_number(o->rings, &e->rings)) {
		fprintf(stderr, "tapictl: --rings takes a number, not '%s'\n", o->rings);
		return EXIT_USAGE;
	}
	return check(o, e);
}

/* Puts a text at *at; its size. */
static DWORD put(LINEFORWARDLIST *list, size_t *at, const char *text, DWORD *offset)
{
	size_t size = *text ? strlen(text) + 1 : 0;

	memcpy((char *)list + *at, text, size);
	*offset = size ? (DWORD)*at : 0;
	*at += size;
	return (DWORD)size;
}

/* NULL: no memory. */
static LINEFORWARDLIST *make_list(const struct entries *e)
{
	size_t at = offsetof(LINEFORWARDLIST, ForwardList) + (size_t)e->count * sizeof(LINEFORWARD);
	size_t size = at;
	LINEFORWARDLIST *list;

	for (int i = 0; i < e->count; i++)
		size += strlen(e->list[i].to) + strlen(e->list[i].caller) + 2;
	list = calloc(1, size > sizeof(*list) ? size : sizeof(*list));
	if (!list)
		return NULL;
	list->dwTotalSize = (DWORD)size;
	list->dwNumEntries = (DWORD)e->count;
	for (int i = 0; i < e->count; i++) {
		LINEFORWARD *f = &list->ForwardList[i];

		f->dwForwardMode = e->list[i].mode;
		f->dwCallerAddressSize =
				put(list, &at, e->list[i].caller, &f->dwCallerAddressOffset);
		f->dwDestAddressSize = put(list, &at, e->list[i].to, &f->dwDestAddressOffset);
		f->dwCallerAddressType = f->dwDestAddressType = LINEADDRESSTYPE_PHONENUMBER;
	}
	return list;
}

static void say_rings(const LINEADDRESSSTATUS *status, const LINEFORWARD *f)
{
	DWORD rings = status->dwNumRingsNoAnswer;

	if (f->dwForwardMode & NOT_ANSWERED)
		printf(" after %u ring%s", rings, rings == 1 ? "" : "s");
	printf("\n");
}

static void say_entry(const LINEADDRESSSTATUS *status, const LINEFORWARD *f, bool json, bool first)
{
	const char *to = part(status, f->dwDestAddressSize, f->dwDestAddressOffset);
	const char *caller = f->dwCallerAddressSize ? part(status, f->dwCallerAddressSize,
								      f->dwCallerAddressOffset)
						    : "";

	if (!json) {
		printf("%s%s%s: %s", short_bits("LINEFORWARDMODE_", f->dwForwardMode),
				*caller ? " from " : "", caller,
				*to ? to : "nobody (do not disturb)");
		say_rings(status, f);
		return;
	}
	printf("%s{\"forward_mode\":\"%s\",\"caller_address\":", first ? "" : ",",
			full_name("LINEFORWARDMODE_", f->dwForwardMode));
	print_json_text(caller);
	printf(",\"dest_address\":");
	print_json_text(to);
	printf("}");
}

static enum exit_code show(const struct options *o, DWORD device, HLINE line)
{
	LONG error;
	LINEADDRESSSTATUS *status = get_address_status(line, 0, &error);

	if (!status)
		return complain("the forwarding of the line", error);
	if (o->json)
		printf("{\"device\":%u,\"forward\":[", device);
	else if (!status->dwForwardNumEntries)
		printf("not forwarded\n");
	for (DWORD i = 0; i < status->dwForwardNumEntries; i++) {
		const LINEFORWARD *f =
				(const void *)((const char *)status + status->dwForwardOffset);

		say_entry(status, &f[i], o->json, i == 0);
	}
	if (o->json && status->dwForwardNumEntries)
		printf("],\"num_rings_no_answer\":%u}\n", status->dwNumRingsNoAnswer);
	else if (o->json)
		printf("]}\n");
	free(status);
	return EXIT_DONE;
}

/* TAPI: the provider takes the nearest number that it can, and says nothing. Complains. */
static enum exit_code choose_rings(struct control *c, DWORD device, struct entries *e)
{
	LONG error;
	LINEADDRESSCAPS *caps = get_address_caps(&c->session, device, 0, &error);
	DWORD least, most, rings = c->options->rings ? e->rings : RINGS;

	if (!caps)
		return complain("the line's capabilities", error);
	least = caps->dwMinFwdNumRings;
	most = caps->dwMaxFwdNumRings;
	free(caps);
	if (most && c->options->rings && (e->rings < least || e->rings > most)) {
		fprintf(stderr, "tapictl: the line takes %u to %u rings, not %u\n", least, most,
				e->rings);
		return EXIT_USAGE;
	}
	e->rings = rings < least ? least : most && rings > most ? most : rings;
	return EXIT_DONE;
}

static LONG set(struct control *c, DWORD device, HLINE line, struct entries *e)
{
	LINEFORWARDLIST *list;
	HCALL consult = 0;
	LONG error;

	c->code = choose_rings(c, device, e);
	if (c->code)
		return LINEERR_INVALPARAM;
	list = e->count ? make_list(e) : NULL;
	error = control_wait(c, lineForward(line, 0, 0, list, e->rings, &consult, NULL),
			"the line was not forwarded");
	free(list);
	if (consult)
		(void)lineDrop(consult, NULL, 0);
	return error;
}

enum exit_code command_forward(const struct options *o)
{
	struct entries entries;
	struct control c;
	DWORD device;
	HLINE line;
	enum exit_code code = read_entries(o, &entries);

	if (code)
		return code;
	if (control_open_line(&c, o, &device, &line) &&
			((!entries.count && !o->off) || set(&c, device, line, &entries) >= 0))
		c.code = show(o, device, line);
	c.silent = !c.code;
	return control_close(&c);
}
