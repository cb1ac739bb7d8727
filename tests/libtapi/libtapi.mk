# Tests of libtapi against a mock of the daemon; they link its objects, to reach its limits and hooks.
libtapi_test_DEPS = $(call obj,tests/libtapi/mock.c tests/libtapi/client.c) $(call obj,$(wildcard src/libtapi/*.c)) $(wire_A) $(base_A)
libtapi_test_LIBS = $(wire_LIBS) -ldl

$(eval $(call test,test_libtapi_thin,$(call obj,tests/libtapi/test_thin.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))

$(GEN)/libtapi_stubs.inc: tests/libtapi/stubs.awk $(wildcard include/tapi_*.h)
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f $^ > $@
$(call obj,tests/libtapi/test_stubs.c): $(GEN)/libtapi_stubs.inc
$(eval $(call test,test_libtapi_stubs,$(call obj,tests/libtapi/test_stubs.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_loops,$(call obj,tests/libtapi/test_loops.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS) $(call pkg_libs,libevent_core)))
$(eval $(call test,test_libtapi_resume,$(call obj,tests/libtapi/test_resume.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_claims,$(call obj,tests/libtapi/test_claims.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_link,$(call obj,tests/libtapi/test_link.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_write,$(call obj,tests/libtapi/test_write.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_pipes,$(call obj,tests/libtapi/test_pipes.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_no_pipes,$(call obj,tests/libtapi/test_no_pipes.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_ends,$(call obj,tests/libtapi/test_ends.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_burst,$(call obj,tests/libtapi/test_burst.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test_oom,test_libtapi_oom,$(call obj,tests/libtapi/test_oom.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_misuse,$(call obj,tests/libtapi/test_misuse.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_hooks,$(call obj,tests/libtapi/test_hooks.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_parties,$(call obj,tests/libtapi/test_parties.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_hostile,$(call obj,tests/libtapi/test_hostile.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_phones,$(call obj,tests/libtapi/test_phones.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_tapix,$(call obj,tests/libtapi/test_tapix.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
$(eval $(call test,test_libtapi_version,$(call obj,tests/libtapi/test_version.c) $$(libtapi_test_DEPS),$(libtapi_test_LIBS)))
CHECK_SCRIPTS += tests/libtapi/exports.sh
