// SPDX-License-Identifier: MIT
/* stack_tls.c - sofia reads its certificates from one folder with fixed names, ours are files of
 * any name: for the moment of its start they are copied into a folder that only we can read. */
#define LOG_TOPIC "sip"
#include "stack.h"

#include "config.h"

#include "base/log.h"
#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_MAX_BYTES 512

/* Where systems keep the authorities that they trust. */
static const char *const authorities[] = {
	"/etc/ssl/certs/ca-certificates.crt",
	"/etc/pki/tls/certs/ca-bundle.crt",
	"/etc/ssl/cert.pem",
	"/usr/local/share/certs/ca-root-nss.crt",
};

static int write_all(int fd, const char *p, size_t size)
{
	while (size) {
		ssize_t n = write(fd, p, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		p += n;
		size -= (size_t)n;
	}
	return 0;
}

/* Appends the file `from`; a missing name is nothing. */
static int append(int to, const char *from)
{
	char piece[4096];
	int fd, err = 0;
	ssize_t n;

	if (!from[0])
		return 0;
	fd = open(from, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	while (!err && (n = read(fd, piece, sizeof(piece))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		err = n < 0 ? -errno : write_all(to, piece, (size_t)n);
	}
	(void)close(fd);
	return err;
}

/* folder/name from one or two files; *bad is the one that could not be read. */
static int join(const char *folder, const char *name, const char *a, const char *b,
		const char **bad)
{
	char path[PATH_MAX_BYTES];
	int fd, err;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	*bad = folder;
	if (fd < 0)
		return -errno;
	*bad = a;
	err = append(fd, a);
	if (!err)
		err = append(fd, "");
	if (!err && b[0] && strcmp(a, b) != 0) {
		*bad = b;
		err = append(fd, b);
	}
	(void)close(fd);
	return err;
}

static const char *find_authorities(const struct config *c)
{
	if (c->tls_ca[0])
		return c->tls_ca;
	for (size_t i = 0; i < sizeof(authorities) / sizeof(authorities[0]); i++)
		if (access(authorities[i], R_OK) == 0)
			return authorities[i];
	return "";
}

int stack_tls_prepare(const struct config *c, char *folder, size_t size, struct why *why)
{
	const char *tmp = getenv("TMPDIR"), *bad = "";
	int err = 0;

	(void)snprintf(folder, size, "%s/tapi-sip-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(folder)) {
		err = -errno;
		why_set(why, 0, "TLS", "no folder for certificates in %s: %s",
				tmp && *tmp ? tmp : "/tmp", os_error_text(-err));
		folder[0] = '\0';
		return err;
	}
	if (c->tls_certificate[0])
		err = join(folder, "agent.pem", c->tls_certificate, c->tls_key, &bad);
	if (!err)
		err = join(folder, "cafile.pem", find_authorities(c), "", &bad);
	if (!err)
		return 0;
	why_set(why, 0, "TLS", "%s: %s", bad, os_error_text(-err));
	stack_tls_remove(folder);
	return err;
}

void stack_tls_remove(const char *folder)
{
	static const char *const names[] = { "agent.pem", "cafile.pem" };
	char path[PATH_MAX_BYTES];

	if (!folder[0])
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		(void)unlink(path);
	}
	(void)rmdir(folder);
}
