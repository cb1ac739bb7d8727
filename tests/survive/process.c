// SPDX-License-Identifier: MIT
/* process.c - from /proc. */
#include "process.h"
#include "stage.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { REST_MS = 50, REST_TURNS = 100 };

static unsigned count_descriptors(pid_t pid)
{
	char path[64];
	DIR *d;
	unsigned n = 0;

	(void)snprintf(path, sizeof(path), "/proc/%ld/fd", (long)pid);
	d = opendir(path);
	if (!d)
		fail_test("process %ld is not there", (long)pid);
	for (const struct dirent *e = readdir(d); e; e = readdir(d))
		n += e->d_name[0] != '.';
	(void)closedir(d);
	return n;
}

static long read_kib(pid_t pid, const char *name)
{
	char path[64], line[128];
	long kib = 0;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%ld/status", (long)pid);
	f = fopen(path, "r");
	while (f && !kib && fgets(line, sizeof(line), f))
		if (!strncmp(line, name, strlen(name)))
			kib = strtol(line + strlen(name), NULL, 10);
	if (f)
		(void)fclose(f);
	return kib;
}

/* All its threads: the clock ticks of /proc/PID/stat, behind the name in brackets. */
static uint64_t read_cpu_ms(pid_t pid)
{
	char path[64], text[1024] = "";
	unsigned long user = 0, kernel = 0;
	const char *at;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%ld/stat", (long)pid);
	f = fopen(path, "r");
	if (f && fgets(text, sizeof(text), f) && (at = strrchr(text, ')')))
		(void)sscanf(at + 1, " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %lu %lu", &user,
				&kernel);
	if (f)
		(void)fclose(f);
	return (uint64_t)(user + kernel) * 10; /* a tick is 10 ms */
}

struct process process_now(pid_t pid)
{
	return (struct process){ count_descriptors(pid), read_kib(pid, "VmRSS:"),
		read_kib(pid, "RssAnon:"), read_cpu_ms(pid) };
}

struct process process_at_rest(pid_t pid)
{
	struct process p = process_now(pid), next;

	for (unsigned i = 0; i < REST_TURNS; i++, p = next) {
		pause_ms(REST_MS);
		next = process_now(pid);
		if (next.cpu_ms == p.cpu_ms && next.rss_kib == p.rss_kib &&
				next.descriptors == p.descriptors && i > 3)
			break;
	}
	return p;
}
