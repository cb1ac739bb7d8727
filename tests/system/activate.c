// SPDX-License-Identifier: MIT
/* activate.c - sys-activate SOCKET PROGRAM ARGUMENTS...: what systemd does with a socket unit. It
 * listens, starts the program when somebody connects, and again when that has ended. Each start and
 * end is a line. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;

static void on_term(int number)
{
	if (child > 0)
		(void)kill(child, number);
	_exit(0);
}

static int open_socket(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (strlen(path) >= sizeof(to.sun_path))
		return -1;
	memcpy(to.sun_path, path, strlen(path));
	(void)unlink(path);
	if (fd < 0 || bind(fd, (struct sockaddr *)&to, sizeof(to)) < 0 || listen(fd, 16) < 0)
		return -1;
	return fd;
}

/* It finds the socket at 3, and its own number. */
static void become(int fd, char **argv)
{
	char pid[32];

	(void)snprintf(pid, sizeof(pid), "%ld", (long)getpid());
	(void)setenv("LISTEN_PID", pid, 1);
	(void)setenv("LISTEN_FDS", "1", 1);
	(void)setenv("LISTEN_FDNAMES", "tapisrvd.socket", 1);
	if (fd != 3 && dup2(fd, 3) < 0)
		_exit(126);
	if (fd != 3)
		(void)close(fd);
	(void)execv(argv[0], argv);
	_exit(127);
}

int main(int argc, char **argv)
{
	int fd = argc > 2 ? open_socket(argv[1]) : -1;

	if (fd < 0)
		return 2;
	(void)signal(SIGTERM, on_term);
	for (unsigned n = 1;; n++) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		int status = 0;

		(void)printf("waiting\n");
		(void)fflush(stdout);
		while (poll(&p, 1, -1) <= 0)
			continue;
		child = fork();
		if (child == 0)
			become(fd, argv + 2);
		(void)printf("start %u\n", n);
		(void)fflush(stdout);
		(void)waitpid(child, &status, 0);
		child = 0;
		(void)printf("end %u with %d\n", n, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
		(void)fflush(stdout);
	}
}
