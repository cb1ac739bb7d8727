// SPDX-License-Identifier: MIT
/* secret.h - passwords: read from files that others cannot read, wiped after use, never shown. */
#ifndef SIP_SECRET_H
#define SIP_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/**
 * The first line of the file.
 *
 * Errors:    -EACCES others may read it, -EINVAL not a file, empty or too long, or why it cannot be
 *            read; *why is a static sentence.
 */
int secret_read_file(const char *path, char *out, size_t size, const char **why);
/* The file NAME of systemd's $CREDENTIALS_DIRECTORY. */
int secret_read_credential(const char *name, char *out, size_t size, const char **why);
/* 0 if it is a file that we may read; a private one must not be open to others. */
int secret_check_file(const char *path, bool is_private, const char **why);

/* Overwrites, also where the compiler sees that nobody reads it any more. */
void secret_wipe(void *p, size_t size);

#endif
