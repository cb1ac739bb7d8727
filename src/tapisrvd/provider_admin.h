// SPDX-License-Identifier: MIT
/* provider_admin.h - lineAddProvider and lineRemoveProvider: a provider comes and goes while others
 * run. Whoever asked hears of it once the provider runs, or is gone. */
#ifndef TAPISRVD_PROVIDER_ADMIN_H
#define TAPISRVD_PROVIDER_ADMIN_H

#include <stdbool.h>

struct core;
struct pending;
struct provider;

/* One that is being added works and is kept. False: it cannot be, and goes. */
bool provider_admin_keep(struct provider *p);
/* What provider.c and provider_init.c tell of one that is being added: it runs, it has failed. */
void provider_admin_running(struct provider *p);
void provider_admin_failed(struct provider *p);
/* TSPI_providerInstall is due: it is called, and what follows it comes by `then`. false: it is not.
 */
bool provider_admin_install(struct provider *p, void (*then)(struct provider *));
/* It was installed and has failed since: TSPI_providerRemove comes before the end of its host,
 * which this then sees to. */
bool provider_admin_roll_back(struct provider *p);
/* LINEDEVSTATE_REINIT, as the provider demands it: its host ends in order and another is started,
 * once no application has a device of it open; until then nobody may open one. */
void provider_admin_want_reinit(struct provider *p);
/* Some device of it was closed, or it runs: that may be due now. */
void provider_admin_closed(struct provider *p);
/* Its timer has fired. false: that is not why. */
bool provider_admin_reinit(struct provider *p);
/* Its host is to be started once more. false: not this one's. */
bool provider_admin_retrying(struct provider *p);
/* The host of one that is being removed is gone. */
void provider_admin_gone(struct provider *p);
/* At the end of the daemon. */
void provider_admin_free_all(struct core *core);

#endif
