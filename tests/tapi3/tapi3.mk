# Tests of the TAPI 3 objects against the mock of the daemon (tests/libtapi) and a mock MSP.
tapi3_test_MSP := 0d3d2a44-6a2e-4b8f-9c1d-3f1e5a7b9c01.so
tapi3_test_MSPS := $(addprefix $(BUILD)/lib/tapi3-test/,$(tapi3_test_MSP) version.so missing.so)
$(eval $(call shared,tapi3-test/$(tapi3_test_MSP),$(call obj,tests/tapi3/mock_msp.c)))
$(eval $(call shared,tapi3-test/version.so,$(call obj,tests/tapi3/bad_version.c)))
$(eval $(call shared,tapi3-test/missing.so,$(call obj,tests/tapi3/bad_missing.c)))

tapi3_test_DEPS = $(call obj,tests/tapi3/scene.c tests/libtapi/mock.c \
	$(wildcard src/libtapi/*.c src/libtapi/tapi3/*.c)) $(wire_A) $(base_A)
tapi3_TESTS := addresses calls device format line_media media module oom parties threads
$(foreach t,$(tapi3_TESTS),$(eval $(call test,test_tapi3_$t,$(call obj,tests/tapi3/test_$t.c) \
	$$(tapi3_test_DEPS),$(wire_LIBS) -ldl)))
OOM_PROGRAMS += $(BUILD)/bin/test_tapi3_oom
$(tapi3_TESTS:%=$(BUILD)/bin/test_tapi3_%): | $(tapi3_test_MSPS)

CHECK_SCRIPTS += tests/tapi3/manual.sh
