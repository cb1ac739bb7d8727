# The core, driven over socketpairs with mock hosts and applications, on the virtual clock.
coretest_OBJ = $(call obj,$(addprefix tests/core/,$(1).c world.c recovery.c owners.c phones.c hubs.c mock_host.c mock_app.c))
coretest_LIBS := $(tapisrvd_A) $(wire_A) $(base_A)
coretest = $(eval $(call test,test_core_$(1),$(call coretest_OBJ,test_$(1)) $$(coretest_LIBS),\
	$$(tapisrvd_LIBS)))
coretest_NAMES := $(filter-out daemon supervise,$(patsubst tests/core/test_%.c,%,$(wildcard tests/core/test_*.c)))

$(foreach t,$(coretest_NAMES),$(call coretest,$(t)))
# The program itself: it must be there when the test runs.
programtest = $(eval $(call test,test_core_$(1),$(call obj,tests/core/test_$(1).c tests/core/program.c) \
	$$(wire_A) $$(base_A),$$(wire_LIBS)))
$(foreach t,daemon supervise,$(call programtest,$(t)))
$(BUILD)/bin/test_core_daemon $(BUILD)/bin/test_core_supervise: | $(BUILD)/bin/tapisrvd
