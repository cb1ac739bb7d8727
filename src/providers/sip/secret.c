// SPDX-License-Identifier: MIT
/* secret.c - reading and wiping of passwords. */
#include "secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
	int err;
	const char *sentence;
} reasons[] = {
	{ ENOENT, "there is no such file" },
	{ ENOTDIR, "there is no such file" },
	{ EACCES, "the file may not be read by the user that runs the daemon" },
	{ ELOOP, "the path has a loop of links" },
};

static int failed(int err, const char **why)
{
	*why = "the file cannot be read";
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i].err == err)
			*why = reasons[i].sentence;
	return -err;
}

static int check(int fd, bool is_private, const char **why)
{
	struct stat st;

	if (fstat(fd, &st))
		return failed(errno, why);
	if (!S_ISREG(st.st_mode)) {
		*why = "it is not a file";
		return -EINVAL;
	}
	if (is_private && st.st_mode & (S_IROTH | S_IWOTH)) {
		*why = "the file may be read or written by everybody; chmod o-rw";
		return -EACCES;
	}
	return 0;
}

/* Up to the end of the line; the rest of the buffer is wiped. */
static int take_line(char *out, size_t got, size_t size, const char **why)
{
	size_t line = 0;

	while (line < got && out[line] != '\n' && out[line] != '\r' && out[line] != '\0')
		line++;
	if (line == 0 || line >= size || memchr(out, ':', line)) {
		*why = line == 0      ? "the first line of the file is empty"
		       : line >= size ? "the first line of the file is too long"
				      : "the secret in the file has a colon (:)";
		secret_wipe(out, size);
		return -EINVAL;
	}
	secret_wipe(out + line, size - line);
	return 0;
}

int secret_read_file(const char *path, char *out, size_t size, const char **why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY), err;
	size_t got = 0;
	ssize_t n = 0;

	if (fd < 0)
		return failed(errno, why);
	err = check(fd, true, why);
	if (err)
		goto close_file;
	while (got < size) {
		n = read(fd, out + got, size - got);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		got += (size_t)n;
	}
	err = n < 0 ? failed(errno, why) : take_line(out, got, size, why);
close_file:
	(void)close(fd);
	return err;
}

int secret_check_file(const char *path, bool is_private, const char **why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY), err;

	if (fd < 0)
		return failed(errno, why);
	err = check(fd, is_private, why);
	(void)close(fd);
	return err;
}

int secret_read_credential(const char *name, char *out, size_t size, const char **why)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	char path[1024];
	int length;

	if (!folder || folder[0] != '/') {
		*why = "$CREDENTIALS_DIRECTORY is not set; systemd sets it for LoadCredential=";
		return -ENOENT;
	}
	length = snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (length < 0 || (size_t)length >= sizeof(path)) {
		*why = "the path of the credential is too long";
		return -EINVAL;
	}
	return secret_read_file(path, out, size, why);
}

void secret_wipe(void *p, size_t size)
{
	volatile unsigned char *bytes = p;

	while (size--)
		*bytes++ = 0;
}
