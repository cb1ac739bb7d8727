// SPDX-License-Identifier: MIT
/* test_os.c - the doors to the system: sockets and who is behind them, locks, gathered descriptors,
 * timers. */
#include "../scratch.h"
#include "../test_main.h"

#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[80], path[96];

static void start(void)
{
	scratch_template(folder, sizeof(folder), "os");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/thing", folder);
}

static void stop(void)
{
	(void)unlink(path);
	ck_assert_int_eq(rmdir(folder), 0);
}

static bool readable(int fd, int timeout_ms)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, timeout_ms) == 1 && p.revents & POLLIN;
}

static void check_flags(int fd, int nonblocking)
{
	ck_assert_int_eq(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	ck_assert_int_eq(!!(fcntl(fd, F_GETFL) & O_NONBLOCK), nonblocking);
}

#ifdef __linux__
/* What stands after `name` in a file of lines; -1: nothing. */
static long number_in(const char *file, const char *name)
{
	FILE *f = fopen(file, "re");
	size_t size = strlen(name);
	char line[256];
	long n = -1;

	while (f && n < 0 && fgets(line, sizeof(line), f))
		if (strncmp(line, name, size) == 0)
			n = strtol(line + size, NULL, 10);
	if (f)
		ck_assert_int_eq(fclose(f), 0);
	return n;
}

/* How many pages of this are mapped, as /proc/self/pagemap tells. */
static unsigned mapped_pages(const void *p, size_t size)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	int fd = open("/proc/self/pagemap", O_RDONLY);
	unsigned count = 0;
	uint64_t entry;

	ck_assert_int_ge(fd, 0);
	for (uintptr_t at = (uintptr_t)p / page; at < ((uintptr_t)p + size) / page; at++) {
		ck_assert_int_eq(pread(fd, &entry, sizeof(entry), (off_t)(at * sizeof(entry))),
				sizeof(entry));
		count += (unsigned)(entry >> 63);
	}
	close(fd);
	return count;
}

START_TEST(constants_that_are_given_back_come_back_when_they_are_used)
{
	enum { SIZE = 1 << 22, STEP = 4096 };
	static const char read_only[SIZE] = { 'a' };
	const volatile char *constants = read_only;
	static volatile char variable = 'a';
	unsigned before;
	long sum = 0;

	for (size_t i = 0; i < SIZE; i += STEP)
		sum += constants[i];
	before = mapped_pages(read_only, SIZE);
	variable = 'b';
	os_give_back();

	/* What lies beside them is used at once, and the system maps some more around that. */
	if (number_in("/proc/self/status", "TracerPid:") == 0)
		ck_assert_uint_lt(mapped_pages(read_only, SIZE), before / 2);
	for (size_t i = 0; i < SIZE; i += STEP)
		sum -= constants[i];
	ck_assert_int_eq(sum, 0);
	ck_assert_int_eq(constants[0], 'a');
	ck_assert_int_eq(variable, 'b');
}
END_TEST
#endif

START_TEST(pipes_and_pairs_have_their_flags)
{
	int fds[2];

	ck_assert_int_eq(os_pipe(fds), 0);
	check_flags(fds[0], 1);
	check_flags(fds[1], 1);
	close(fds[0]);
	close(fds[1]);
	fds[0] = os_udp_socket(AF_INET);
	check_flags(fds[0], 1);
	close(fds[0]);
	ck_assert_int_lt(os_udp_socket(-1), 0);
	ck_assert_int_eq(os_socketpair(fds), 0);
	check_flags(fds[0], 0);
	check_flags(fds[1], 0);
	close(fds[0]);
	close(fds[1]);
}
END_TEST

START_TEST(connection_says_who_is_there)
{
	int listener = os_unix_listen(path, 0600), near, far;
	struct os_peer peer;
	struct stat st;

	ck_assert_int_ge(listener, 0);
	check_flags(listener, 1);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	near = os_unix_connect(path);
	ck_assert_int_ge(near, 0);
	check_flags(near, 1);
	far = accept(listener, NULL, NULL);
	ck_assert_int_ge(far, 0);

	ck_assert_int_eq(os_peer(far, &peer), 0);
	ck_assert_uint_eq(peer.uid, geteuid());
	ck_assert_uint_eq(peer.gid, getegid());
	ck_assert(peer.pid == getpid() || peer.pid == 0);
	close(near);
	close(far);
	close(listener);
}
END_TEST

enum { NO_GROUP = 47110815, GROUPS_MAX = 65536 };

/* With a group more, of which the user database knows nothing. */
static int child_is_in_its_new_group(void)
{
	const gid_t groups[] = { NO_GROUP };
	int fds[2];

	if (setgroups(1, groups) < 0 || os_socketpair(fds) < 0)
		return 2;
	return os_peer_is_in_group(fds[0], NO_GROUP) ? 0 : 1;
}

START_TEST(connection_says_in_which_groups_its_peer_is)
{
	static gid_t groups[GROUPS_MAX];
	int count = getgroups(GROUPS_MAX, groups), fds[2], status;
	pid_t child;

	ck_assert_int_eq(os_socketpair(fds), 0);
	ck_assert(os_peer_is_in_group(fds[0], getegid()));
	for (int i = 0; i < count; i++)
		ck_assert(os_peer_is_in_group(fds[0], groups[i]));
	ck_assert(!os_peer_is_in_group(fds[0], NO_GROUP));
	ck_assert(!os_peer_is_in_group(-1, getegid()));
	close(fds[0]);
	close(fds[1]);
	if (geteuid() != 0) /* only root has other groups than the database says */
		return;
	child = fork();
	if (!child)
		_exit(child_is_in_its_new_group());
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(listening_again_replaces_a_stale_socket)
{
	int first = os_unix_listen(path, 0600), second;

	close(first);
	second = os_unix_listen(path, 0660);
	ck_assert_int_ge(second, 0);
	close(second);
}
END_TEST

START_TEST(nobody_and_too_long_are_errors)
{
	char longer[300];

	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	ck_assert_int_eq(os_unix_connect(path), -ENOENT);
	ck_assert_int_eq(os_unix_connect(longer), -ENAMETOOLONG);
	ck_assert_int_eq(os_unix_listen(longer, 0600), -ENAMETOOLONG);
	ck_assert_int_lt(os_peer(-1, &(struct os_peer){ 0 }), 0);
	ck_assert_int_eq(os_nonblock(-1), -EBADF);
	ck_assert_int_eq(os_cloexec(-1), -EBADF);
}
END_TEST

/* A child takes the lock, says so, and holds it until told to end. */
static pid_t lock_in_child(int tell[2], int hold[2])
{
	pid_t child;

	ck_assert_int_eq(pipe(tell) | pipe(hold), 0);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		int fd = os_lock_file(path);
		char c = fd >= 0 ? 'y' : 'n';

		close(hold[1]);
		if (write(tell[1], &c, 1) != 1 || read(hold[0], &c, 1) < 0)
			_exit(1);
		_exit(0);
	}
	close(tell[1]);
	close(hold[0]);
	return child;
}

START_TEST(lock_is_held_until_its_process_ends)
{
	int tell[2], hold[2], status, fd;
	pid_t child;
	char c = '\0';

	ck_assert_int_eq(os_lock_is_held(path), 0); /* no file, no lock */
	ck_assert_int_eq(os_lock_holder(path), 0);
	child = lock_in_child(tell, hold);
	ck_assert_int_eq(read(tell[0], &c, 1), 1);
	ck_assert_int_eq(c, 'y');
	ck_assert_int_eq(os_lock_is_held(path), 1);
	ck_assert_int_eq(os_lock_holder(path), child);
	ck_assert_int_eq(os_lock_file(path), -EAGAIN);

	close(hold[1]);
	ck_assert_int_eq(os_lock_await(path), 0);
	ck_assert_int_eq(os_lock_is_held(path), 0);
	ck_assert_int_eq(os_lock_holder(path), 0);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	fd = os_lock_file(path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(fcntl(fd, F_GETFD), FD_CLOEXEC);
	close(fd);
	close(tell[0]);
}
END_TEST

START_TEST(gathered_descriptor_is_readable_when_a_member_is)
{
	int gather = os_gather_new(), a[2], b[2];
	char c;

	ck_assert_int_ge(gather, 0);
	ck_assert_int_eq(os_pipe(a), 0);
	ck_assert_int_eq(os_pipe(b), 0);
	ck_assert_int_eq(os_gather_add(gather, a[0]), 0);
	ck_assert_int_eq(os_gather_add(gather, b[0]), 0);
	ck_assert(!readable(gather, 0));

	ck_assert_int_eq(write(b[1], "x", 1), 1);
	ck_assert(readable(gather, 0));
	ck_assert_int_eq(read(b[0], &c, 1), 1);
	ck_assert(!readable(gather, 0));

	ck_assert_int_eq(os_gather_remove(gather, a[0]), 0);
	ck_assert_int_eq(write(a[1], "x", 1), 1);
	ck_assert(!readable(gather, 0));
	ck_assert_int_lt(os_gather_remove(gather, a[0]), 0);
	for (int i = 0; i < 2; i++) {
		close(a[i]);
		close(b[i]);
	}
	close(gather);
}
END_TEST

START_TEST(timer_becomes_readable_and_stays_so)
{
	int timer = os_timer_new();

	ck_assert_int_ge(timer, 0);
	ck_assert(!readable(timer, 0));
	ck_assert_int_eq(os_timer_set(timer, 1), 0);
	ck_assert(readable(timer, 3000));
	ck_assert(readable(timer, 0));
	ck_assert_int_eq(os_timer_set(timer, 60000), 0);
	ck_assert(!readable(timer, 0));
	ck_assert_int_eq(os_timer_set(timer, 1), 0);
	ck_assert_int_eq(os_timer_set(timer, 0), 0);
	ck_assert(!readable(timer, 0));
	close(timer);
}
END_TEST

START_TEST(datagram_tells_when_it_arrived)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t size = sizeof(a);
	struct sockaddr_storage from;
	uint64_t age_ns = 0;
	char byte = 'x';
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&a, &size), 0);
	ck_assert_int_eq(os_receive(fd, &byte, 1, &from, &age_ns), -EAGAIN);
	ck_assert_int_eq(os_stamp_arrivals(fd), 0);
	/* Linux switches stamping on a little later when nobody else had wanted it: until then the
	 * age is that of the reading. */
	for (int i = 0; i < 50 && age_ns < 15000000; i++) {
		ck_assert_int_eq(sendto(fd, &byte, 1, 0, (struct sockaddr *)&a, size), 1);
		(void)poll(NULL, 0, 20); /* it lies there */
		ck_assert_int_eq(os_receive(fd, &byte, 1, &from, &age_ns), 1);
	}

	ck_assert_uint_ge(age_ns, 15000000);
	ck_assert_uint_eq(from.ss_family, AF_INET);
	(void)close(fd);
}
END_TEST

START_TEST(program_has_a_name)
{
	char name[64], small[3];

	os_program_name(name, sizeof(name));
	ck_assert_str_eq(name, "test_os");
	os_program_name(small, sizeof(small));
	ck_assert_str_eq(small, "te");
}
END_TEST

START_TEST(entropy_fills_all_bytes)
{
	unsigned char any[300] = { 0 }, buf[300];

	for (int round = 0; round < 20; round++) {
		os_entropy(buf, sizeof(buf));
		for (size_t i = 0; i < sizeof(buf); i++)
			any[i] |= buf[i];
	}
	for (size_t i = 0; i < sizeof(any); i++)
		ck_assert_uint_ne(any[i], 0);
}
END_TEST

static void find_loopback(const char *ip, void *arg)
{
	bool *found = arg;

	ck_assert_ptr_null(strchr(ip, '%'));
	ck_assert_int_ne(strncmp(ip, "fe80", 4), 0);
	if (strcmp(ip, "127.0.0.1") == 0)
		*found = true;
}

START_TEST(addresses_have_the_loopback_and_no_link_local_one)
{
	bool found = false;

	ck_assert_int_eq(os_addresses(find_loopback, &found), 0);

	ck_assert(found);
}
END_TEST

START_TEST(network_watch_is_silent_while_nothing_changes)
{
	int fd = os_network_watch();
	char c;

	if (fd == -ENOSYS)
		return;
	ck_assert_int_ge(fd, 0);
	ck_assert_int_lt(read(fd, &c, 1), 0);
	ck_assert(errno == EAGAIN || errno == EWOULDBLOCK);
	close(fd);
}
END_TEST

static void *say_another(void *arg)
{
	(void)arg;
	return (void *)(uintptr_t)strcmp(os_error_text(EACCES), strerror(EACCES));
}

START_TEST(error_has_a_text_that_no_other_thread_changes)
{
	const char *text = os_error_text(ENOENT);
	pthread_t thread;
	void *differs;

	ck_assert_int_eq(pthread_create(&thread, NULL, say_another, NULL), 0);
	ck_assert_int_eq(pthread_join(thread, &differs), 0);

	ck_assert_ptr_null(differs);
	ck_assert_str_eq(text, strerror(ENOENT));
	ck_assert_uint_ne(strlen(os_error_text(99999)), 0);
}
END_TEST

static Suite *os_suite(void)
{
	Suite *s = suite_create("os");
	TCase *t = tcase_create("os");

	tcase_add_checked_fixture(t, start, stop);
#ifdef __linux__
	tcase_add_test(t, constants_that_are_given_back_come_back_when_they_are_used);
#endif
	tcase_add_test(t, pipes_and_pairs_have_their_flags);
	tcase_add_test(t, connection_says_who_is_there);
	tcase_add_test(t, connection_says_in_which_groups_its_peer_is);
	tcase_add_test(t, listening_again_replaces_a_stale_socket);
	tcase_add_test(t, nobody_and_too_long_are_errors);
	tcase_add_test(t, lock_is_held_until_its_process_ends);
	tcase_add_test(t, gathered_descriptor_is_readable_when_a_member_is);
	tcase_add_test(t, timer_becomes_readable_and_stays_so);
	tcase_add_test(t, datagram_tells_when_it_arrived);
	tcase_add_test(t, addresses_have_the_loopback_and_no_link_local_one);
	tcase_add_test(t, network_watch_is_silent_while_nothing_changes);
	tcase_add_test(t, program_has_a_name);
	tcase_add_test(t, entropy_fills_all_bytes);
	tcase_add_test(t, error_has_a_text_that_no_other_thread_changes);
	suite_add_tcase(s, t);
	return s;
}

TEST_MAIN(os_suite())
