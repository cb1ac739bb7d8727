// SPDX-License-Identifier: MIT
/* pcm_error.h - what libasound has to say is kept as a reason instead of going to the stderr of an
 * application that did not ask. libasound's handler is set for this thread and this call only;
 * an application that has set the global one gets the messages, as it wished. */
#ifndef MEDIA_PCM_ERROR_H
#define MEDIA_PCM_ERROR_H

#include "media/pcm.h"

#include <alsa/asoundlib.h>

struct pcm_errors {
	snd_local_error_handler_t before;
};

void pcm_errors_begin(struct pcm_errors *e);
/* result below 0: why is the first message since begin, or what the result means. */
void pcm_errors_end(struct pcm_errors *e, int result, char why[PCM_WHY]);

#endif
