// SPDX-License-Identifier: MIT
/* pcm_names.c - which PCMs there are, and whether there is one of a name. */
#include "media/pcm.h"
#include "media/pcm_error.h"
#include "media/terminal.h"

#include <alsa/asoundlib.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

int pcm_check(const char *name, char why[PCM_WHY])
{
	snd_config_t *top, *found;
	struct pcm_errors errors;
	int r;

	pcm_errors_begin(&errors);
	r = snd_config_update_ref(&top);
	if (r >= 0) {
		r = snd_config_search_definition(top, "pcm", name, &found);
		if (r >= 0)
			(void)snd_config_delete(found);
		snd_config_unref(top);
	}
	pcm_errors_end(&errors, r, why);
	if (r < 0 && why && strcmp(why, snd_strerror(r)) == 0)
		(void)snprintf(why, PCM_WHY, "no PCM of this name is configured");
	return r < 0 ? r : 0;
}

/* Takes the strings of one hint. */
static int tell(pcm_each_fn each, void *arg, char *name, char *description, char *direction)
{
	bool capture = !direction || strcmp(direction, "Input") == 0;
	bool render = !direction || strcmp(direction, "Output") == 0;
	int r = 0;

	if (name && strcmp(name, MEDIA_AUDIO_DEFAULT) != 0 && strcmp(name, "null") != 0) {
		if (description)
			description[strcspn(description, "\n")] = '\0';
		r = each(arg, name, description ? description : "", capture, render);
	}
	free(name);
	free(description);
	free(direction);
	return r;
}

int pcm_each(pcm_each_fn each, void *arg)
{
	struct pcm_errors errors;
	void **hints = NULL;
	int r = each(arg, MEDIA_AUDIO_DEFAULT, "", true, true);

	if (r < 0)
		return r;
	pcm_errors_begin(&errors);
	if (snd_device_name_hint(-1, "pcm", &hints) < 0)
		hints = NULL; /* no configuration: there is still a name to try */
	for (void **h = hints; h && *h && !r; h++)
		r = tell(each, arg, snd_device_name_get_hint(*h, "NAME"),
				snd_device_name_get_hint(*h, "DESC"),
				snd_device_name_get_hint(*h, "IOID"));
	if (hints)
		(void)snd_device_name_free_hint(hints);
	pcm_errors_end(&errors, 0, NULL);
	return r;
}
