# exchange: a simulated PBX. tests/exchange links the same objects.
exchange_SRCS := $(sort $(wildcard src/providers/exchange/*.c)) \
	src/media/rtpmsg.c
exchange_OBJS := $(call obj,$(exchange_SRCS) $(kit_SRCS) $(tsp_tones_SRCS))
$(eval $(call shared,tapi/tsp/exchange.so,$(exchange_OBJS) $(base_A)))
ALL += $(BUILD)/lib/tapi/tsp/exchange.so
