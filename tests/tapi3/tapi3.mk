# Tests of the TAPI 3 objects against the mock of the daemon (tests/libtapi) and a mock MSP.
tapi3_MSP := $(BUILD)/lib/tapi3-test/0d3d2a44-6a2e-4b8f-9c1d-3f1e5a7b9c01.so
$(eval $(call shared,tapi3-test/$(notdir $(tapi3_MSP)),$(call obj,tests/tapi3/mock_msp.c)))
tapi3_test_DEPS = $(call obj,tests/tapi3/scene.c tests/libtapi/mock.c \
	$(wildcard src/libtapi/*.c src/libtapi/tapi3/*.c)) $(wire_A) $(base_A)

$(eval $(call test,test_tapi3_calls,$(call obj,tests/tapi3/test_calls.c) $$(tapi3_test_DEPS),$(wire_LIBS) -ldl))
$(eval $(call test,test_tapi3_media,$(call obj,tests/tapi3/test_media.c) $$(tapi3_test_DEPS),$(wire_LIBS) -ldl))
$(BUILD)/bin/test_tapi3_calls $(BUILD)/bin/test_tapi3_media: | $(tapi3_MSP)

CHECK_SCRIPTS += tests/tapi3/manual.sh
