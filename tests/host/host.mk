# The provider host against a core that the test plays and TSPs made for it.
CFLAGS_recorder := -Wno-shadow -Wno-unused-parameter -Wno-unused-variable
$(eval $(call shared,host_mock.so,$(call obj,tests/host/mock/mock.c tests/host/mock/parties.c tests/host/mock/hands.c \
	tests/host/mock/mock_phone.c)))
$(eval $(call shared,host_recorder.so,$(call obj,tests/host/mock/recorder.c)))
$(eval $(call shared,host_empty.so,$(call obj,tests/host/mock/empty.c)))
hosttest_TSPS := $(BUILD)/lib/host_empty.so $(BUILD)/lib/host_mock.so $(BUILD)/lib/host_recorder.so
hosttest_LIBS = $(tsphost_A) $(wire_A) $(base_A)
# The program needs the TSPs when it runs; that they are linked too would make them one with it.
hosttest = $(eval $(call test,test_host_$(1),$(call obj,tests/host/test_$(1).c tests/host/core.c) \
	$$(hosttest_LIBS),$$(tsphost_LIBS)))$(eval $(BUILD)/bin/test_host_$(1): | $(hosttest_TSPS))
$(call hosttest,calls)
$(call hosttest,parties)
$(call hosttest,events)
$(call hosttest,msp)
$(call hosttest,queue)
$(call hosttest,reach)
$(call hosttest,phones)
$(call hosttest,load)
$(call hosttest,config)
$(BUILD)/bin/test_host_config: | $(BUILD)/bin/tapi-tsphost $(BUILD)/lib/tapi/tsp/template.so
$(call hosttest,warnings)
$(call hosttest,resume)
$(call hosttest,oom)
OOM_PROGRAMS += $(BUILD)/bin/test_host_oom
$(call hosttest,pipes)
$(call hosttest,process)
$(BUILD)/bin/test_host_process: | $(BUILD)/bin/tapi-tsphost
$(eval $(call test,test_host_handles,$(call obj,tests/host/test_handles.c) $$(hosttest_LIBS),$$(tsphost_LIBS)))
