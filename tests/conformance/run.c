// SPDX-License-Identifier: MIT
/* run.c - runs tests, some at a time, each in a process group of its own, which is ended with it.
 */
#include "internal.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct job {
	pid_t pid; /* 0: free */
	const struct table *table;
	const struct row *row;
	const char *function;
	FILE *out;
};

static struct job running[JOBS_MAX];
static unsigned jobs, seconds;
static run_done_fn *done;

static void on_alarm(int signal)
{
	static const char text[] = "the test takes too long\n";

	(void)signal;
	(void)!write(2, text, sizeof(text) - 1);
	_exit(3);
}

static void on_stop(int signal)
{
	for (unsigned i = 0; i < JOBS_MAX; i++)
		if (running[i].pid)
			(void)kill(-running[i].pid, SIGKILL);
	_exit(128 + signal);
}

static _Noreturn void run_test(const struct job *j)
{
	struct world *w;

	(void)setpgid(0, 0);
	if (dup2(fileno(j->out), 1) < 0 || dup2(fileno(j->out), 2) < 0)
		_exit(99);
	(void)signal(SIGALRM, on_alarm);
	(void)signal(SIGINT, SIG_DFL);
	(void)signal(SIGTERM, SIG_DFL);
	(void)alarm(seconds);
	if (j->function)
		(void)setenv("TAPI_PROVE", j->function, 1);
	w = world_new(j->row->setting);
	j->row->test(w);
	world_end(w);
	fflush(NULL);
	_exit(0);
}

static void remove_folder(pid_t pid)
{
	char command[512];

	(void)snprintf(command, sizeof(command), "rm -rf '%s/conform/%ld'", world_build(),
			(long)pid);
	if (system(command))
		fprintf(stderr, "conform: %s failed\n", command);
}

static void end(struct job *j, int status)
{
	bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;

	(void)kill(-j->pid, SIGKILL); /* its daemon, hosts and applications */
	done(j->table, j->row, j->function, good, j->out);
	(void)fclose(j->out);
	if (good || !getenv("KEEP"))
		remove_folder(j->pid);
	j->pid = 0;
}

static void wait_for_one(void)
{
	int status;
	pid_t pid;

	do
		pid = waitpid(-1, &status, 0);
	while (pid < 0 && errno == EINTR);
	for (unsigned i = 0; i < jobs; i++)
		if (pid > 0 && running[i].pid == pid)
			end(&running[i], status);
}

static struct job *free_job(void)
{
	for (unsigned i = 0; i < jobs; i++)
		if (!running[i].pid)
			return &running[i];
	return NULL;
}

void run_start(unsigned at_a_time, unsigned seconds_max, run_done_fn *fn)
{
	jobs = at_a_time;
	seconds = seconds_max;
	done = fn;
	(void)signal(SIGINT, on_stop);
	(void)signal(SIGTERM, on_stop);
}

void run_begin(const struct table *t, const struct row *row, const char *function)
{
	struct job *j;

	while (!(j = free_job()))
		wait_for_one();
	*j = (struct job){ .table = t, .row = row, .function = function, .out = tmpfile() };
	if (!j->out) {
		perror("conform: tmpfile");
		exit(2);
	}
	fflush(NULL);
	j->pid = fork();
	if (j->pid < 0) {
		perror("conform: fork");
		exit(2);
	}
	if (j->pid == 0)
		run_test(j);
	(void)setpgid(j->pid, j->pid);
}

void run_finish(void)
{
	for (unsigned i = 0; i < jobs; i++)
		while (running[i].pid)
			wait_for_one();
}
