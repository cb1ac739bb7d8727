# The exchange by itself on the virtual clock, and our TSPs as the files that a host opens.
test_exchange_SRCS := $(filter-out %_threads.c %_template.c %/tspfile.c,$(sort $(wildcard tests/exchange/*.c)))
$(eval $(call test,test_exchange,$(call obj,$(test_exchange_SRCS)) $(exchange_OBJS) $$(base_A),))
$(eval $(call test,test_exchange_threads,$(call obj,tests/exchange/test_exchange_threads.c tests/exchange/tspfile.c),-ldl))
$(eval $(call test,test_template,$(call obj,tests/exchange/test_template.c tests/exchange/tspfile.c),-ldl))
$(BUILD)/bin/test_exchange_threads: | $(BUILD)/lib/tapi/tsp/exchange.so
$(BUILD)/bin/test_template: | $(BUILD)/lib/tapi/tsp/template.so

check-exchange: $(addprefix $(BUILD)/bin/, test_exchange test_exchange_threads test_template)
	$(Q)BUILD=$(BUILD) tests/run.sh $^
.PHONY: check-exchange
