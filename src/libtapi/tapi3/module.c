// SPDX-License-Identifier: MIT
/* module.c - finds and loads media service providers: "<UUID>.so" in $TAPI_MSP_PATH (developers),
 * then in $libdir/tapi/msp. What anybody may have written is not loaded. A module stays loaded: its
 * threads may run. */
#define LOG_TOPIC "msp"
#include "libtapi/tapi3/objects.h"

#include "base/mem.h"

#include <ctype.h>
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REFUSAL_SIZE = 256 };

struct module {
	struct list link;
	const struct msp_ops *ops;
};

static struct list modules = LIST_INIT(modules); /* objects_lock */
static char refusal[REFUSAL_SIZE];               /* of the last file not taken; objects_lock */

/* A program with more rights than its user must not load what the user says. */
static bool is_privileged(void)
{
	return getuid() != geteuid() || getgid() != getegid();
}

static void refuse(const char *path, const char *why)
{
	(void)snprintf(refusal, sizeof(refusal), "%.180s: %s", path, why);
	log_warn("%s", refusal);
}

static bool trusted(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return false;
	if (!S_ISREG(st.st_mode)) {
		refuse(path, "not a regular file");
		return false;
	}
	if (st.st_mode & S_IWOTH) {
		refuse(path, "others may write to it, so it is not loaded");
		return false;
	}
	return true;
}

static const char *unusable(const struct msp_ops *ops, const GUID *clsid)
{
	if (ops->version != MSP_VERSION)
		return "it is for another version of mspi.h";
	if (memcmp(&ops->clsid, clsid, sizeof(*clsid)) != 0)
		return "its class is not the one in its name";
	if (!ops->name || !ops->initialize || !ops->shutdown || !ops->create_call ||
			!ops->shutdown_call || !ops->receive_tsp_data || !ops->get_event ||
			!ops->terminal_class || !ops->create_terminal || !ops->release_terminal ||
			!ops->terminal_name || !ops->terminal_state || !ops->terminal_type ||
			!ops->terminal_clsid || !ops->terminal_media_type ||
			!ops->terminal_direction || !ops->stream || !ops->stream_media_type ||
			!ops->stream_direction || !ops->stream_name || !ops->start_stream ||
			!ops->pause_stream || !ops->stop_stream || !ops->select_terminal ||
			!ops->unselect_terminal || !ops->stream_terminal)
		return "a mandatory operation is missing";
	if (ops->substream &&
			(!ops->create_substream || !ops->remove_substream ||
					!ops->start_substream || !ops->pause_substream ||
					!ops->stop_substream || !ops->select_substream_terminal ||
					!ops->unselect_substream_terminal ||
					!ops->substream_terminal || !ops->substream_stream))
		return "it has only some of the operations of substreams";
	return NULL;
}

static const struct msp_ops *load(const char *path, const GUID *clsid)
{
	const struct msp_ops *ops;
	const char *why;
	void *so;

	if (!trusted(path))
		return NULL;
	so = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!so) {
		refuse(path, dlerror());
		return NULL;
	}
	ops = dlsym(so, "msp_provider");
	why = ops ? unusable(ops, clsid) : "it does not export msp_provider";
	if (!why)
		return ops;
	refuse(path, why);
	(void)dlclose(so);
	return NULL;
}

static const struct msp_ops *search(const char *path, const char *file, const GUID *clsid)
{
	const struct msp_ops *ops = NULL;
	char full[PATH_MAX];

	while (path && *path && !ops) {
		size_t n = strcspn(path, ":");
		int len = snprintf(full, sizeof(full), "%.*s/%s", (int)n, path, file);

		if (n && len > 0 && (size_t)len < sizeof(full))
			ops = load(full, clsid);
		path += n + (path[n] == ':');
	}
	return ops;
}

static void file_name(const GUID *clsid, char out[GUID_TEXT + 3])
{
	char text[GUID_TEXT];
	size_t n = 0;

	guid_text(clsid, text);
	for (const char *s = text; *s; s++)
		if (*s != '{' && *s != '}')
			out[n++] = (char)tolower((unsigned char)*s);
	memcpy(out + n, ".so", 4);
}

static const struct msp_ops *loaded(const GUID *clsid)
{
	list_for(pos, &modules) {
		const struct module *m = list_entry(pos, struct module, link);

		if (memcmp(&m->ops->clsid, clsid, sizeof(*clsid)) == 0)
			return m->ops;
	}
	return NULL;
}

static LONG find(const GUID *clsid, const struct msp_ops **out)
{
	char file[GUID_TEXT + 3];
	struct module *m;

	*out = loaded(clsid);
	if (*out)
		return 0;
	file_name(clsid, file);
	refusal[0] = '\0';
	if (!is_privileged())
		*out = search(getenv("TAPI_MSP_PATH"), file, clsid);
	if (!*out)
		*out = search(TAPI_LIBDIR "/tapi/msp", file, clsid);
	if (!*out && *refusal)
		return fail(TAPI_E_NODRIVER, "MSP", "%s", refusal);
	if (!*out)
		return fail(TAPI_E_NODRIVER, "no MSP", "the media service provider %s is not in %s",
				file, TAPI_LIBDIR "/tapi/msp");
	m = mem_new(struct module);
	if (m) { /* without memory it is only loaded again */
		m->ops = *out;
		list_append(&modules, &m->link);
	}
	return 0;
}

LONG module_find(const GUID *clsid, const struct msp_ops **out)
{
	LONG result;

	objects_lock();
	result = find(clsid, out);
	objects_unlock();
	return result;
}
