// SPDX-License-Identifier: MIT
/* suites.h - the test cases of this folder's program. */
#ifndef EXCHANGE_SUITES_H
#define EXCHANGE_SUITES_H

#include <check.h>

TCase *table_case(void);
TCase *calls_case(void);
TCase *dial_case(void);
TCase *info_case(void);
TCase *uui_case(void);
TCase *service_case(void);
TCase *forward_case(void);
TCase *pickup_case(void);
TCase *park_case(void);
TCase *complete_case(void);
TCase *queue_case(void);
TCase *line_case(void);
TCase *config_case(void);
TCase *configure_case(void);
TCase *media_case(void);
TCase *digits_case(void);
TCase *listen_case(void);
TCase *hostile_case(void);
TCase *replay_case(void);
TCase *hold_case(void);
TCase *transfer_case(void);
TCase *conference_case(void);
TCase *mixing_case(void);
TCase *blind_case(void);
TCase *phone_case(void);
TCase *terminal_case(void);
TCase *overlap_case(void);
TCase *apart_case(void);

#endif
