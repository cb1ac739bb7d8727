// SPDX-License-Identifier: MIT
/* msp.c - the rtp MSP: the one symbol that libtapi looks up. */
#include "rtp_msp.h"

#if defined(__GNUC__)
#define EXPORTED __attribute__((visibility("default")))
#else
#define EXPORTED
#endif

EXPORTED const struct msp_ops msp_provider = {
	.version = MSP_VERSION,
	.name = "RTP",
	.clsid = MSP_CLSID_RTP,

	.initialize = rtp_initialize,
	.shutdown = rtp_shutdown,
	.create_call = rtp_create_call,
	.shutdown_call = rtp_shutdown_call,
	.receive_tsp_data = rtp_receive_tsp_data,
	.get_event = rtp_get_event,

	.static_terminal = rtp_static_terminal,
	.default_static_terminal = rtp_default_static_terminal,
	.terminal_class = rtp_terminal_class,
	.create_terminal = rtp_create_terminal,
	.release_terminal = rtp_release_terminal,
	.terminal_name = rtp_terminal_name,
	.terminal_state = rtp_terminal_state,
	.terminal_type = rtp_terminal_type,
	.terminal_clsid = rtp_terminal_clsid,
	.terminal_media_type = rtp_terminal_media_type,
	.terminal_direction = rtp_terminal_direction,

	.stream = rtp_stream,
	.create_stream = rtp_create_stream,
	.remove_stream = rtp_remove_stream,

	.stream_media_type = rtp_stream_media_type,
	.stream_direction = rtp_stream_direction,
	.stream_name = rtp_stream_name,
	.start_stream = rtp_start_stream,
	.pause_stream = rtp_pause_stream,
	.stop_stream = rtp_stop_stream,
	.select_terminal = rtp_select_terminal,
	.unselect_terminal = rtp_unselect_terminal,
	.stream_terminal = rtp_stream_terminal,

	.query_call = rtp_query_call,
	.query_stream = rtp_query_stream,
	.query_terminal = rtp_query_terminal,
};
