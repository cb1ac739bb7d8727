# sip: lines of the SIP world; sofia-sip does the signalling. Its headers are a system's: they do not
# pass our warnings.
sip_own_SRCS := $(addprefix src/providers/sip/, account.c account_hop.c account_line.c account_server.c auth.c call.c \
	call_answer.c call_dial.c call_hold.c call_info.c call_state.c caps.c conference.c conference_task.c configure.c \
	devspecific.c dialog.c dialog_event.c dialog_name.c digits.c diversion.c \
	headers.c hosts.c info_digits.c leg.c leg_task.c message_waiting.c network.c registration.c \
	sdp.c services.c sip.c stack.c stack_log.c stack_nua.c stack_tls.c takeover.c tell.c transfer.c \
	tsp.c tsp_call.c tsp_line.c tsp_service.c)
sip_SRCS := $(sip_own_SRCS) $(sip_parts_SRCS) src/media/rtpmsg.c
sip_OBJS := $(call obj,$(sip_SRCS) $(kit_SRCS) $(tsp_tones_SRCS))
sip_CFLAGS := $(patsubst -I%,-isystem %,$(call pkg_cflags,sofia-sip-ua))
$(call obj,$(sip_own_SRCS)): CPPFLAGS += $(sip_CFLAGS)
$(eval $(call shared,tapi/tsp/sip.so,$(sip_OBJS) $(base_A),$(call pkg_libs,sofia-sip-ua)))
ALL += $(BUILD)/lib/tapi/tsp/sip.so
