# system: whole-system tests with real processes and sockets, in private folders below $(BUILD)/sys.
#   make check-system               all; the last line is "N passed, M failed"
#   make check-system ONLY=hostile  one subject
sys_TSPS := $(addprefix $(BUILD)/lib/tests/,bad.so none.so)
sys_HELPERS := $(addprefix $(BUILD)/bin/,sys-raw sys-json)
$(eval $(call program,sys-raw,$(call obj,tests/system/raw.c) $$(wire_A) $$(base_A),$$(wire_LIBS)))
$(eval $(call program,sys-json,$(call obj,tests/system/json.c),$(call pkg_libs,jansson)))
$(eval $(call shared,tests/bad.so,$(call obj,tests/system/tsp_bad.c)))
$(eval $(call shared,tests/none.so,$(call obj,tests/system/tsp_none.c)))

ONLY ?=
check-system: $(ALL) $(sys_HELPERS) $(sys_TSPS)
	$(Q)BUILD=$(BUILD) CC='$(CC)' tests/system/run.sh $(ONLY)
.PHONY: check-system
