// SPDX-License-Identifier: MIT
/* process.c - see process.h. */
#include "process.h"
#include "stage.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REST_MS = 50, REST_TURNS = 100, REST_NS = 5000000 };

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

long process_kib(pid_t pid, const char *word)
{
	char path[64], line[256];
	long kib = 0;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%ld/status", (long)pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f))
		if (!strncmp(line, word, strlen(word)))
			kib = strtol(line + strlen(word), NULL, 10);
	if (f)
		(void)fclose(f);
	return kib;
}

uint64_t process_cpu_ns(pid_t pid)
{
	struct timespec t = { 0, 0 };
	clockid_t id;

	expect(clock_getcpuclockid(pid, &id) == 0 && clock_gettime(id, &t) == 0);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

struct process process_now(pid_t pid)
{
	return (struct process){ count_descriptors(pid), process_kib(pid, "VmRSS:"),
		process_kib(pid, "RssAnon:"), process_cpu_ns(pid) };
}

struct process process_at_rest(pid_t pid)
{
	struct process p = process_now(pid), next;

	for (unsigned i = 0; i < REST_TURNS; i++, p = next) {
		pause_ms(REST_MS);
		next = process_now(pid);
		if (next.cpu_ns - p.cpu_ns < REST_NS && next.rss_kib == p.rss_kib &&
				next.descriptors == p.descriptors && i > 3)
			break;
	}
	return p;
}
