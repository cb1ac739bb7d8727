// SPDX-License-Identifier: MIT
/* spandsp_tones.h - the headers of spandsp that digits and tones need, in the order in which they
 * need each other; <spandsp.h> itself would want libtiff. */
#ifndef MEDIA_SPANDSP_TONES_H
#define MEDIA_SPANDSP_TONES_H

/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include <spandsp/telephony.h>
#include <spandsp/logging.h>
#include <spandsp/complex.h>
#include <spandsp/queue.h>
#include <spandsp/async.h>
#include <spandsp/hdlc.h>
#include <spandsp/tone_detect.h>
#include <spandsp/tone_generate.h>
#include <spandsp/super_tone_rx.h>
#include <spandsp/dtmf.h>
#include <spandsp/fsk.h>
#include <spandsp/modem_connect_tones.h>
/* clang-format on */

#endif
