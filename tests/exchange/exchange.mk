# The exchange by itself on the virtual clock, and our TSPs as the files that a host opens.
test_exchange_SRCS := $(addprefix tests/exchange/, test_exchange.c world.c test_table.c \
	test_calls.c test_dial.c test_info.c test_uui.c test_line.c test_config.c test_media.c \
	test_digits.c test_hostile.c test_replay.c)
$(eval $(call test,test_exchange,$(call obj,$(test_exchange_SRCS)) $(exchange_OBJS) $$(base_A),))

check-exchange: $(BUILD)/bin/test_exchange
	$(Q)BUILD=$(BUILD) tests/run.sh $^
.PHONY: check-exchange
