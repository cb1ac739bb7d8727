// SPDX-License-Identifier: MIT
/* hosts.c - reading of /etc/hosts: "127.0.0.1 localhost other.name # comment". */
#include "hosts.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define HOSTS_FILE "/etc/hosts"
#define BLANKS     " \t\r\n"

static bool is_ip(int family, const char *text)
{
	unsigned char room[sizeof(struct in6_addr)];

	return inet_pton(family, text, room) == 1;
}

/* Its address, if the line has the name; NULL: it has not. The line is taken apart. */
static const char *read_line(char *line, const char *name)
{
	char *comment = strchr(line, '#'), *rest = NULL, *word;
	const char *ip;

	if (comment)
		*comment = '\0';
	ip = strtok_r(line, BLANKS, &rest);
	if (!ip)
		return NULL;
	while ((word = strtok_r(NULL, BLANKS, &rest)))
		if (strcasecmp(word, name) == 0)
			return ip;
	return NULL;
}

bool hosts_find_in(const char *path, const char *name, char *ip, size_t size)
{
	FILE *f = fopen(path, "r");
	bool has_six = false, has_four = false;
	const char *found;
	char line[1024];

	if (!f)
		return false;
	while (!has_four && fgets(line, sizeof(line), f)) {
		found = read_line(line, name);
		if (!found || strlen(found) >= size)
			continue;
		has_four = is_ip(AF_INET, found);
		if (!has_four && (has_six || !is_ip(AF_INET6, found)))
			continue;
		has_six = !has_four;
		memcpy(ip, found, strlen(found) + 1);
	}
	(void)fclose(f);
	return has_four || has_six;
}

bool hosts_find(const char *name, char *ip, size_t size)
{
	return hosts_find_in(HOSTS_FILE, name, ip, size);
}
