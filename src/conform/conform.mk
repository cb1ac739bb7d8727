# tapi-conform: the provider conformance kit. It loads TSPs as the host does.
conform_SRCS := $(sort $(wildcard src/conform/*.c))
$(eval $(call program,tapi-conform,$(call obj,$(conform_SRCS)) $(tsphost_A) $$(wire_A) $$(base_A),$$(tsphost_LIBS)))
ALL += $(BUILD)/bin/tapi-conform
