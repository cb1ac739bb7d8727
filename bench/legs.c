// SPDX-License-Identifier: MIT
/* legs.c - bench-legs: the peers' sound of calls that somebody else has set up, and what the CPU
 * time of those who answered them is meanwhile. Whether they read what is sent to them is seen in
 * the queues of their sockets. */
#include "generator.h"
#include "place.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
		"usage: bench-legs SECONDS PORTS PID...\n"
		"\n"
		"Says at which ports the peers are, of call n at number n %% 16 of them; "
		"then reads the\n"
		"other side's ports, a number for each call, from the fifo PORTS. Measured "
		"is after two\n"
		"seconds, of the processes PID.\n";

enum { LEGS_MAX = 1000, SETTLE_NS = 2000000000 };

static size_t read_ports(const char *path, uint16_t *ports)
{
	FILE *f = fopen(path, "re");
	size_t count = 0;
	unsigned int port;

	while (f && count < LEGS_MAX && fscanf(f, "%u", &port) == 1)
		ports[count++] = (uint16_t)port;
	if (f)
		(void)fclose(f);
	return count;
}

static bool is_one(const uint16_t *ports, size_t count, unsigned int port)
{
	for (size_t i = 0; i < count; i++) {
		if (ports[i] == port)
			return true;
	}
	return false;
}

struct queues { /* of sockets, together */
	unsigned long dropped, unread_bytes;
};

/* A line of /proc/net/udp: "sl: local:port remote:port state tx:rx ... drops". */
static struct queues queues_of(const uint16_t *ports, size_t count)
{
	FILE *f = fopen("/proc/net/udp", "re");
	struct queues sum = { 0, 0 };
	char line[512];

	while (f && fgets(line, sizeof(line), f)) {
		unsigned long unread, drops;
		unsigned int port;

		if (sscanf(line,
				    " %*u: %*x:%x %*x:%*x %*x %*x:%lx %*x:%*x %*x %*u %*u %*u %*u "
				    "%*s %lu",
				    &port, &unread, &drops) != 3 ||
				!is_one(ports, count, port))
			continue;
		sum.dropped += drops;
		sum.unread_bytes += unread;
	}
	if (f)
		(void)fclose(f);
	return sum;
}

static uint64_t cpu_of(char *const *pids)
{
	uint64_t sum = 0;

	for (; *pids; pids++)
		sum += place_cpu_ns((pid_t)strtol(*pids, NULL, 10));
	return sum;
}

static void measure(const uint16_t *ports, size_t count, const struct generator_times *times,
		char *const *pids)
{
	uint64_t frames = (times->end_ns - times->begin_ns) / 20000000u * count, cpu;
	struct queues before, after;

	generator_sleep_until(times->begin_ns);
	cpu = cpu_of(pids);
	before = queues_of(ports, count);
	generator_sleep_until(times->end_ns);
	cpu = cpu_of(pids) - cpu;
	after = queues_of(ports, count);
	printf("cpu_us=%.3f due=%llu dropped=%lu unread_bytes=%lu ",
			(double)cpu / 1000 / (double)frames, (unsigned long long)frames,
			after.dropped - before.dropped, after.unread_bytes);
}

int main(int argc, char **argv)
{
	static uint16_t ports[LEGS_MAX];
	struct generator_result result;
	struct generator_times times;
	struct generator g;
	size_t count;
	int r;

	if (argc < 4) {
		fputs(usage, stderr);
		return 2;
	}
	r = generator_start(&g, -1, NULL);
	for (size_t i = 0; !r && i < GENERATOR_SOCKETS; i++)
		printf("%u\n", (unsigned int)g.port[i]);
	(void)fflush(stdout);
	count = r ? 0 : read_ports(argv[2], ports);
	times.start_ns = generator_now() + 100000000u;
	times.begin_ns = times.start_ns + SETTLE_NS;
	times.end_ns = times.begin_ns + (uint64_t)(atof(argv[1]) * 1e9);
	if (!r)
		r = count ? generator_run(&g, ports, count, &times) : -EINVAL;
	if (r) {
		fprintf(stderr, "bench-legs: %s\n", strerror(-r));
		return 1;
	}
	measure(ports, count, &times, argv + 3);
	r = generator_end(&g, &result);
	generator_print(&result);
	puts("");
	return r ? 1 : 0;
}
