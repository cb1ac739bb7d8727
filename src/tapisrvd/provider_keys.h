// SPDX-License-Identifier: MIT
/* provider_keys.h - a provider's keys are those of the configuration file and, above them, those
 * that programs have set while it ran. */
#ifndef TAPISRVD_PROVIDER_KEYS_H
#define TAPISRVD_PROVIDER_KEYS_H

#include "options.h"

struct answer;
struct provider;

/* Its options are the file's: notes them, and puts what was set above them. */
void provider_keys_begin(struct provider *p);
/* The same for options that were read again and are not its own yet. */
void provider_keys_reloaded(struct provider *p, struct provider_options *fresh);
void provider_keys_free(struct provider *p);
/* It was given keys: if they were those of a program that waits, it is answered now. */
void provider_keys_settled(struct provider *p, const struct answer *a);
/* Its host has gone before. */
void provider_keys_lost(struct provider *p);

#endif
