// SPDX-License-Identifier: MIT
/* translate.c - tapictl translate NUMBER, and the translation of what dial is given. */
#include "record.h"

#include <stdlib.h>
#include <string.h>

#define NEWEST 0x00030001

struct asking {
	const char *number;
	DWORD device, location, card, options;
};

/* Both to be freed. */
struct result {
	LINETRANSLATEOUTPUT *output;
	VARSTRING *steps;
};

static void free_result(struct result *r)
{
	free(r->output);
	free(r->steps);
}

static LONG ask(const struct asking *q, struct result *r)
{
	DWORD size[2] = { 1024, 4096 };
	LONG error;

	for (;;) {
		r->output = calloc(1, size[0]);
		r->steps = calloc(1, size[1]);
		if (!r->output || !r->steps)
			return LINEERR_NOMEM;
		r->output->dwTotalSize = size[0];
		r->steps->dwTotalSize = size[1];
		error = tapixTranslateAddress(0, q->device, NEWEST, q->number, q->location, q->card,
				q->options, r->output, r->steps);
		if (error || (r->output->dwNeededSize <= size[0] &&
					     r->steps->dwNeededSize <= size[1]))
			return error;
		size[0] = r->output->dwNeededSize;
		size[1] = r->steps->dwNeededSize;
		free_result(r);
	}
}

static const char *dialable(const LINETRANSLATEOUTPUT *out)
{
	return part(out, out->dwDialableStringSize, out->dwDialableStringOffset);
}

static const char *displayable(const LINETRANSLATEOUTPUT *out)
{
	return part(out, out->dwDisplayableStringSize, out->dwDisplayableStringOffset);
}

/* The next line of the steps, which it changes into a text of its own; NULL: none is left. */
static const char *next_step(const struct result *r, DWORD *at)
{
	char *steps = (char *)r->steps + r->steps->dwStringOffset;
	char *line = steps + *at;
	size_t length;

	if (*at >= r->steps->dwStringSize || !*line)
		return NULL;
	length = strcspn(line, "\n");
	*at += (DWORD)length + (line[length] == '\n');
	line[length] = '\0';
	return line;
}

static void say(const struct options *o, const struct result *r)
{
	const char *step;
	DWORD at = 0;

	printf("dialable     %s\n", dialable(r->output));
	printf("displayable  %s\n", displayable(r->output));
	printf("country      %u, from %u\n", r->output->dwDestCountry, r->output->dwCurrentCountry);
	printf("results      %s\n",
			short_bits("LINETRANSLATERESULT_", r->output->dwTranslateResults));
	while (o->explain && (step = next_step(r, &at)))
		printf("  %s\n", step);
}

static void say_json(const struct options *o, const struct result *r)
{
	const char *step;
	DWORD at = 0;

	printf("{");
	print_json("translate_output", "LINETRANSLATEOUTPUT", r->output, false);
	if (o->explain)
		printf(",\"steps\":[");
	while (o->explain && (step = next_step(r, &at))) {
		printf("%s", step == (char *)r->steps + r->steps->dwStringOffset ? "" : ",");
		print_json_text(step);
	}
	printf("%s}\n", o->explain ? "]" : "");
}

static enum exit_code read_options(const struct options *o, struct asking *q)
{
	struct tapix_location location;
	struct tapix_card card;
	enum exit_code code = EXIT_DONE;

	q->location = TAPIX_CURRENT_LOCATION;
	if (o->location) {
		code = record_find(&record_location, o->location, &location);
		q->location = location.permanent_location_id;
	}
	if (!code && o->card) {
		code = record_find(&record_card, o->card, &card);
		q->card = card.permanent_card_id;
		q->options |= LINETRANSLATEOPTION_CARDOVERRIDE;
	}
	if (o->as_local)
		q->options |= LINETRANSLATEOPTION_FORCELOCAL;
	if (o->as_long_distance)
		q->options |= LINETRANSLATEOPTION_FORCELD;
	if (o->cancel_waiting)
		q->options |= LINETRANSLATEOPTION_CANCELCALLWAITING;
	return code;
}

enum exit_code command_translate(const struct options *o)
{
	struct asking q = { .number = o->argv[1] };
	struct result r = { NULL, NULL };
	enum exit_code code;
	struct session s;
	LONG error;

	code = session_open(&s);
	if (code)
		return code;
	code = read_options(o, &q);
	if (!code && o->line)
		code = session_line(&s, o->line, &q.device);
	if (!code) {
		error = ask(&q, &r);
		if (error)
			code = complain("the number was not translated", error);
		else if (o->json)
			say_json(o, &r);
		else
			say(o, &r);
	}
	free_result(&r);
	session_close(&s);
	return code;
}

enum exit_code translate_for(const struct options *o, DWORD device, const char *number, char **out)
{
	struct asking q = { .number = number, .device = device };
	struct result r = { NULL, NULL };
	enum exit_code code;
	LONG error;

	*out = NULL;
	code = read_options(o, &q);
	if (code)
		return code;
	error = ask(&q, &r);
	if (error) {
		free_result(&r);
		return complain("the number was not translated (see --as-is)", error);
	}
	*out = calloc(1, strlen(dialable(r.output)) + 1);
	if (*out)
		memcpy(*out, dialable(r.output), strlen(dialable(r.output)));
	free_result(&r);
	return *out ? EXIT_DONE : EXIT_FAILED;
}
