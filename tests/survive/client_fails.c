// SPDX-License-Identifier: MIT
/* client_fails.c - an application floods the daemon, or connects without a word, while others go on
 * as always. */
#include "healthy.h"
#include "process.h"
#include "stage.h"
#include "../../bench/wire.h"

#include "base/clock.h"
#include "base/os.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct setting client_setting = { .providers = "[provider exchange]\nextensions = 1000-1015\n"
					       "dial_ms = 3600000\ncalls_per_line = 4\n"
					       "log = warn\n" };

static unsigned quiet_ms(void)
{
	return effort.brief ? 500 : 4000;
}

/* --- requests without end, and every answer is read --- */

enum { DEPTH = 256 };

static void flood(const char *socket, atomic_ulong *bytes)
{
	static uint8_t out[DEPTH * 64], in[1 << 16];
	LineGetLineDevStatus request = LINE_GET_LINE_DEV_STATUS__INIT;
	struct frame_header h = { .kind = CALL_LineGetLineDevStatus, .serial = 1 };
	struct wire w;
	size_t one, sent = 0;

	if (wire_connect(&w, socket) || wire_open_line(&w, HEALTHY, LINECALLPRIVILEGE_MONITOR))
		_exit(1);
	request.has_line = 1;
	h.length = (uint32_t)protobuf_c_message_get_packed_size(&request.base);
	one = FRAME_HEADER + h.length;
	for (size_t i = 0; i < DEPTH; i++) {
		h.open = w.open;
		frame_header_pack(&h, out + i * one);
		(void)protobuf_c_message_pack(&request.base, out + i * one + FRAME_HEADER);
	}
	for (;;) {
		struct pollfd p = { .fd = w.conn.fd, .events = POLLIN | POLLOUT };
		ssize_t n;

		(void)poll(&p, 1, -1);
		n = send(w.conn.fd, out + sent, DEPTH * one - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
		sent = n > 0 ? (sent + (size_t)n) % (DEPTH * one) : sent;
		n = recv(w.conn.fd, in, sizeof(in), MSG_DONTWAIT);
		if (n == 0 || (n < 0 && errno != EAGAIN))
			_exit(2); /* it was turned out */
		*bytes += n > 0 ? (unsigned long)n : 0;
	}
}

void client_floods(struct world *w)
{
	atomic_ulong *bytes = shared_new(sizeof(*bytes));
	pid_t pid;
	int status;

	healthy_start(w, 0, 1000);
	healthy_quiet(quiet_ms());
	pid = fork();
	expect(pid >= 0);
	if (pid == 0)
		flood(world_path(w, "run/socket"), bytes);
	while (!*bytes && waitpid(pid, &status, WNOHANG) == 0)
		pause_ms(1);
	healthy_beside();
	pause_ms(quiet_ms());
	healthy_apart();
	expect(waitpid(pid, &status, WNOHANG) == 0);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	goal("a client that floods is served, too", *bytes > 0, "> 0", "%lu KiB of answers",
			*bytes / 1024);
	healthy_goals("a client that floods");
	healthy_end();
}

/* --- connections that say nothing --- */

enum { CROWD = 300, CROWD_USER_MAX = 32, SETTLE_MS = 1000, HELLO_MS = 5000, LATE_MS = 1000 };

/* Those that the daemon has ended are closed here, too; returns how many are left. */
static unsigned count_open(struct pollfd *all)
{
	unsigned n = 0;

	(void)poll(all, CROWD, 0);
	for (unsigned i = 0; i < CROWD; i++) {
		if (all[i].revents) {
			(void)close(all[i].fd);
			all[i].fd = -1;
		}
		n += all[i].fd >= 0;
	}
	return n;
}

static unsigned count_words(const char *text, const char *word)
{
	unsigned n = 0;

	for (; (text = strstr(text, word)); text++)
		n++;
	return n;
}

void client_says_nothing(struct world *w)
{
	static struct pollfd all[CROWD];
	uint64_t begun;
	unsigned kept, settled_ms, left, lines;
	struct process before;

	healthy_start(w, 0, 1000);
	healthy_quiet(quiet_ms());
	before = process_at_rest(world_daemon(w));
	healthy_beside();
	begun = clock_now_ms();
	for (unsigned i = 0; i < CROWD; i++)
		all[i] = (struct pollfd){ .fd = os_unix_connect(world_path(w, "run/socket")),
			.events = POLLIN };
	pause_ms(SETTLE_MS);
	while ((kept = count_open(all)) > CROWD_USER_MAX && clock_now_ms() < begun + PATIENCE_MS)
		pause_ms(STEP_MS);
	settled_ms = (unsigned)(clock_now_ms() - begun);
	goal("connections of one user that may say nothing", kept && kept <= CROWD_USER_MAX,
			"1 to 32", "%u of %u", kept, CROWD);
	while ((left = count_open(all)) && clock_now_ms() < begun + HELLO_MS + PATIENCE_MS)
		pause_ms(STEP_MS);
	goal_none("that are there for ever", left);
	goal_time("the last one ends", clock_now_ms() - begun <= HELLO_MS + LATE_MS, "5 s (+ 1)",
			"%.2f s", (double)(clock_now_ms() - begun) / 1000);
	healthy_apart();
	lines = count_words(world_log(w), "said nothing yet");
	goal("lines of the log about those refused", lines && lines <= 1 + settled_ms / 1000,
			"1 a second", "%u in %u ms", lines, settled_ms);
	app_end(app_start(w, "newcomer", 0));
	goal("descriptors of the daemon afterwards",
			process_at_rest(world_daemon(w)).descriptors <= before.descriptors,
			"as before", "%u (%u)", process_now(world_daemon(w)).descriptors,
			before.descriptors);
	healthy_goals("a crowd that says nothing");
	healthy_end();
}
