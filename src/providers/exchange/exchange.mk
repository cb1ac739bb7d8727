# exchange: a simulated PBX. tests/exchange links the same objects.
exchange_SRCS := $(addprefix src/providers/exchange/, call.c call_answer.c call_dial.c call_hold.c call_info.c \
	call_params.c call_state.c caps.c conference.c config.c connection.c devspecific.c digits.c exchange.c extension.c hub.c media.c \
	params.c service.c station.c tell.c transfer.c treatment.c tsp.c tsp_call.c tsp_line.c tsp_parties.c tsp_service.c uui.c) \
	src/media/rtpmsg.c
exchange_OBJS := $(call obj,$(exchange_SRCS) $(kit_SRCS))
$(eval $(call shared,tapi/tsp/exchange.so,$(exchange_OBJS) $(base_A)))
ALL += $(BUILD)/lib/tapi/tsp/exchange.so
