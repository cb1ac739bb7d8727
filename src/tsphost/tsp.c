// SPDX-License-Identifier: MIT
/* tsp.c - dlopen and dlsym. ISO C has no conversion from an object pointer to a function pointer,
 * so the bytes are copied, as POSIX suggests. */
#include "tsphost/tsp.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

typedef void any_function(void);

static const struct export
{
	const char *name;
	enum tsp_need need;
	size_t offset;
}
exports[TSP_COUNT] = {
#define TSPI(name, need, params) { "TSPI_" #name, TSP_##need, offsetof(struct tsp, name) },
#include "tsphost/tsp.def"
#undef TSPI
};

/* The list against the header: a wrong parameter stops the build here. */
// NOLINTBEGIN(bugprone-macro-parentheses): the parameters of a function have theirs
#define TSPI(name, need, params)                                                                   \
	_Static_assert(_Generic(&TSPI_##name, LONG(TSPIAPI *) params : 1, default : 0),            \
			"TSPI_" #name " differs from tspi.h");
// NOLINTEND(bugprone-macro-parentheses)
#include "tsphost/tsp.def"
#undef TSPI

_Static_assert(sizeof(any_function *) == sizeof(void *), "function pointers come from dlsym");

const char *tsp_name(enum tsp_function f)
{
	return exports[f].name;
}

enum tsp_need tsp_need(enum tsp_function f)
{
	return exports[f].need;
}

bool tsp_has(const struct tsp *t, enum tsp_function f)
{
	any_function *p;

	memcpy(&p, (const char *)t + exports[f].offset, sizeof(p));
	return p != NULL;
}

static void look_up(void *library, const char *name, void *slot)
{
	void *symbol = dlsym(library, name);

	memcpy(slot, &symbol, sizeof(symbol));
}

/* Code that others can replace is not run. */
static int check_file(const char *path, char *why, size_t size)
{
	struct stat st;

	if (stat(path, &st) < 0) {
		int err = -errno;

		(void)snprintf(why, size, "%s: %s", path, strerror(-err));
		return err;
	}
	if (!S_ISREG(st.st_mode)) {
		(void)snprintf(why, size, "%s is not a file", path);
		return -EINVAL;
	}
	if (st.st_mode & S_IWOTH) {
		(void)snprintf(why, size, "%s may be written by everybody, so it is not loaded",
				path);
		return -EPERM;
	}
	return 0;
}

static int check_exports(const struct tsp *t, const char *path, char *why, size_t size)
{
	unsigned missing = 0, first = TSP_COUNT;

	for (unsigned i = 0; i < TSP_COUNT; i++)
		if (exports[i].need == TSP_MANDATORY && !tsp_has(t, (enum tsp_function)i)) {
			first = first == TSP_COUNT ? i : first;
			missing++;
		}
	if (!missing)
		return 0;
	(void)snprintf(why, size, "%s is not a whole TSP: it does not export %s%s", path,
			exports[first].name, missing > 1 ? " and others that every TSP needs" : "");
	return -ENOSYS;
}

int tsp_load(struct tsp *t, const char *path, char *why, size_t size)
{
	int err = check_file(path, why, size);

	if (err)
		return err;
	t->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!t->library) {
		(void)snprintf(why, size, "%s", dlerror());
		return -ENOEXEC;
	}
	for (unsigned i = 0; i < TSP_COUNT; i++)
		look_up(t->library, exports[i].name, (char *)t + exports[i].offset);
	look_up(t->library, "TSPI_providerSetReasonProc", &t->providerSetReasonProc);
	look_up(t->library, "TSPI_providerSetBatchProc", &t->providerSetBatchProc);
	look_up(t->library, "TSPI_providerConfigure", &t->providerConfigure);
	return check_exports(t, path, why, size);
}
