// SPDX-License-Identifier: MIT
/* proof.c - tapi-proof: is in each recording what the other side said, and nothing of what this
 * side said? Computed from the files alone. */
#include "demo/correlate.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double own_at_least = 0.97;
static const double other_below = 0.5;

static const char usage[] =
		"usage: tapi-proof RECORDING.wav [--at-least X] --own SOURCE.wav... "
		"[--other SOURCE.wav...]\n"
		"\n"
		"For each source: its normalised cross-correlation with the recording at 8 kHz, "
		"the source\n"
		"limited to the telephone band, at the place where it fits best. Own sources must "
		"reach\n"
		"0.97, or what --at-least says, others stay below 0.5. Exit 0 if all did, 1 if "
		"not, 2 for wrong usage.\n";

static bool judge(const struct wav *recording, const char *path, bool own)
{
	struct wav source;
	struct match m = { 0, 0 };
	int err = wav_load(path, &source);
	const char *slash = strrchr(path, '/');
	bool good;

	if (!err)
		err = correlate(recording, &source, &m);
	wav_fini(&source);
	if (err) {
		printf("  FAIL  %-18s %s: %s\n", slash ? slash + 1 : path, own ? "own" : "other",
				strerror(-err));
		return false;
	}
	good = own ? m.score >= own_at_least : m.score < other_below;
	printf("  %s  %-18s %-5s %.4f (%s %.2f) at %.3f s\n", good ? "ok  " : "FAIL",
			slash ? slash + 1 : path, own ? "own" : "other", m.score,
			own ? "at least" : "below", own ? own_at_least : other_below, m.at_s);
	return good;
}

int main(int argc, char **argv)
{
	struct wav recording;
	bool good = true, own = true, any = false;
	int err;

	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		(void)fputs(usage, stdout);
		return 0;
	}
	if (argc < 4) {
		(void)fputs(usage, stderr);
		return 2;
	}
	err = wav_load(argv[1], &recording);
	if (err) {
		fprintf(stderr, "tapi-proof: %s: %s\n", argv[1], strerror(-err));
		return 1;
	}
	printf("%s: %.2f s\n", argv[1],
			(double)recording.count / (recording.rate ? recording.rate : 1));
	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "--at-least") == 0 && i + 1 < argc) {
			own_at_least = strtod(argv[++i], NULL);
			continue;
		}
		if (strcmp(argv[i], "--own") == 0 || strcmp(argv[i], "--other") == 0) {
			own = argv[i][3] == 'w';
			continue;
		}
		any |= own;
		good &= judge(&recording, argv[i], own);
	}
	wav_fini(&recording);
	return good && any ? 0 : 1;
}
