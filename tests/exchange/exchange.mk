# The exchange by itself on the virtual clock, and our TSPs as the files that a host opens.
test_exchange_SRCS := $(addprefix tests/exchange/, test_exchange.c world.c test_calls.c)
$(eval $(call test,test_exchange,$(call obj,$(test_exchange_SRCS)) $(exchange_OBJS) $$(base_A),))

check-exchange: $(BUILD)/bin/test_exchange
	$(Q)BUILD=$(BUILD) tests/run.sh $^
.PHONY: check-exchange
