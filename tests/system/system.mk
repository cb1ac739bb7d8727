# system: whole-system tests with real processes and sockets, in private folders below $(BUILD)/sys; part of check.
#   make check-system               all; the last line is "N passed, M failed"
#   make check-system ONLY=hostile  one subject
sys_TSPS := $(addprefix $(BUILD)/lib/tests/,bad.so none.so lines.so)
sys_HELPERS := $(addprefix $(BUILD)/bin/,sip-port sip-app sys-raw sys-json sys-reject sys-lines sys-parties \
	sys-figures sys-admin sys-manager sys-dtmf sys-late)
$(eval $(call program,sys-raw,$(call obj,tests/system/raw.c) $$(wire_A) $$(base_A),$$(wire_LIBS)))
CFLAGS_dtmf := $(call pkg_cflags,$(PKGS_media))
$(eval $(call program,sys-dtmf,$(call obj,tests/system/dtmf.c) $$(media_A) $$(base_A),$$(media_LIBS)))
$(eval $(call program,sys-json,$(call obj,tests/system/json.c),$$(sys_json_LIBS)))
$(eval $(call program,sys-reject,$(call obj,tests/system/reject.c) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
$(eval $(call program,sys-parties,$(call obj,tests/system/parties.c) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
$(BUILD)/bin/sys-parties: | $(BUILD)/lib/host_mock.so
$(eval $(call program,sys-late,$(call obj,tests/system/late.c) $$(base_A),))
$(eval $(call program,sys-manager,$(call obj,tests/system/manager.c),))
$(eval $(call program,sys-admin,$(call obj,tests/system/admin.c) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
define sys_example
$(call program,sys-$(1),$(call obj,examples/$(1).c) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH))
sys_HELPERS += $$(BUILD)/bin/sys-$(1)
endef
$(foreach e,dial answer acd agent supervisor,$(eval $(call sys_example,$(e))))
$(eval $(call program,sys-figures,$(call obj,tests/system/figures.c) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
$(eval $(call program,sys-lines,$(call obj,tests/system/lines.c) $(BUILD)/lib/libtapi.so,$(libtapi_RPATH)))
$(eval $(call shared,tests/lines.so,$(call obj,tests/system/tsp_lines.c src/providers/kit/varpart.c)))
$(eval $(call shared,tests/bad.so,$(call obj,tests/system/tsp_bad.c)))
$(eval $(call shared,tests/none.so,$(call obj,tests/system/tsp_none.c)))
sys_json_LIBS = $(call pkg_libs,jansson)

ONLY ?=
CHECK_SCRIPTS := tests/system/run.sh $(CHECK_SCRIPTS) # the longest begins first
check-built: $(sys_HELPERS) $(sys_TSPS)
check-system: $(ALL) $(sys_HELPERS) $(sys_TSPS)
	$(Q)BUILD=$(BUILD) tests/system/run.sh $(ONLY)
.PHONY: check-system
