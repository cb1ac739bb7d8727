// SPDX-License-Identifier: MIT
/* hosts.h - names of /etc/hosts: sofia asks the DNS only, but a server in the house often has no
 * other name. */
#ifndef SIP_HOSTS_H
#define SIP_HOSTS_H

#include <stdbool.h>
#include <stddef.h>

/* The first IPv4 address of the name, else its first IPv6 one; false: the file has no such name. */
bool hosts_find(const char *name, char *ip, size_t size);
/* The same in another file, for tests. */
bool hosts_find_in(const char *path, const char *name, char *ip, size_t size);

#endif
