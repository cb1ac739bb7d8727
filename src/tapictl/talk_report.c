// SPDX-License-Identifier: MIT
/* talk_report.c - what a call of tapictl says before, while and after it happens. */
#include "talk.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum exit_code bad_file(const char *path, const char *why)
{
	fprintf(stderr, "tapictl: '%s': %s\n", path, why);
	return EXIT_FAILED;
}

static enum exit_code check_play(const char *path)
{
	char head[12];
	struct stat st;
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		return bad_file(path, strerror(errno));
	n = fread(head, 1, sizeof(head), f);
	if (fstat(fileno(f), &st) < 0 || !S_ISREG(st.st_mode) || n < sizeof(head) ||
			memcmp(head, "RIFF", 4) != 0 || memcmp(head + 8, "WAVE", 4) != 0) {
		(void)fclose(f);
		return bad_file(path, "not a WAV file");
	}
	(void)fclose(f);
	return EXIT_DONE;
}

static enum exit_code check_record(const char *path)
{
	int was_there = access(path, F_OK) == 0;
	FILE *f = fopen(path, "ab");

	if (!f)
		return bad_file(path, strerror(errno));
	(void)fclose(f);
	if (!was_there)
		(void)unlink(path); /* it is made when the call is there */
	return EXIT_DONE;
}

enum exit_code talk_check_files(const struct options *o)
{
	enum exit_code code = o->record ? check_record(o->record) : EXIT_DONE;

	for (int i = 0; i < o->play_count && !code; i++)
		code = check_play(o->play[i]);
	return code;
}

enum exit_code talk_code_of_end(const struct talk *t)
{
	enum exit_code code =
			exit_code_of_end(t->busy ? LINECALLSTATE_BUSY : t->state, t->end_mode);

	if (code)
		return code;
	if (!t->end_mode && t->reason.sentence[0] && t->reason.layer == TAPIX_LAYER_CLIENT)
		return EXIT_UNREACHABLE;
	if (!t->connected)
		return EXIT_FAILED;
	if (t->end_mode)
		return t->end_mode == LINEDISCONNECTMODE_NORMAL ? EXIT_DONE : EXIT_FAILED;
	return t->reason.sentence[0] ? EXIT_FAILED : EXIT_DONE; /* IDLE without DISCONNECTED */
}

void talk_say_state(const struct talk *t)
{
	bool held = t->state == LINECALLSTATE_CONNECTED && t->mode & ~LINECONNECTEDMODE_ACTIVE;

	if (t->options->json)
		printf("{\"device\":%u,\"call_id\":%u,\"call_state\":\"%s\"", t->device, t->call_id,
				full_name("LINECALLSTATE_", t->state));
	else
		printf("call_state: %s", short_name("LINECALLSTATE_", t->state));
	if (held && t->options->json)
		printf(",\"call_state_mode\":\"%s\"", full_name("LINECONNECTEDMODE_", t->mode));
	else if (held)
		printf(" %s", short_name("LINECONNECTEDMODE_", t->mode));
	printf(t->options->json ? "}\n" : "\n");
	(void)fflush(stdout);
}

static void say_json_result(const struct talk *t)
{
	printf("{");
	if (t->line)
		printf("\"device\":%u,", t->device);
	if (t->call_id)
		printf("\"call_id\":%u,\"call_state\":\"%s\",", t->call_id,
				full_name("LINECALLSTATE_", t->state));
	printf("\"result\":\"%s\",\"exit\":%d", exit_word(t->code), (int)t->code);
	if (t->reason.sentence[0]) {
		printf(",\"reason\":");
		print_json_reason(&t->reason);
	}
	if (t->given)
		printf(",\"given\":true");
	if (t->heard_count) {
		printf(",\"digits\":");
		print_json_text(t->heard);
	}
	if (t->options->record && t->connected) {
		printf(",\"recorded\":");
		print_json_text(t->options->record);
	}
	talk_say_devices(t);
	printf("}\n");
}

void talk_say_result(const struct talk *t)
{
	if (t->options->json) {
		say_json_result(t);
		return;
	}
	if (t->given)
		printf("another program has the call now\n");
	if (t->heard_count)
		printf("digits heard: %s\n", t->heard);
	if (t->options->record && t->connected)
		printf("recorded: %s\n", t->options->record);
	talk_say_devices(t);
}
