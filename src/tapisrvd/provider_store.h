// SPDX-License-Identifier: MIT
/* provider_store.h - what is kept of providers: their permanent ids by name, their device ids, the
 * keys that were set while they ran, and which of them came by lineAddProvider. */
#ifndef TAPISRVD_PROVIDER_STORE_H
#define TAPISRVD_PROVIDER_STORE_H

#include "base/list.h"

struct core;
struct provider;

/* The id and all that was kept with it; one that is new gets the next id. One of the configuration
 * file takes the place of one of that name that was added. */
void provider_store_take(struct provider *p);
/* It was added and runs. 0 or -errno, as all that follow: it is not kept. */
int provider_store_added(struct provider *p);
/* Its device ids, and its keys. */
void provider_store_bases(struct provider *p);
int provider_store_keys(struct provider *p, const struct list *settings);
/* As if it had never been; its id is not used again. */
int provider_store_forget(struct provider *p);
/* It was to be forgotten and stays. */
int provider_store_again(struct provider *p);
/* Makes those that were added before this start. */
void provider_store_restore(struct core *core);

#endif
