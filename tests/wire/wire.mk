# What the three sides share, tested through descriptors: loops, nothing per structure.
wiretest_GEN := $(BUILD)/gen/wiretest
wiretest_INC := $(wiretest_GEN)/structs.inc $(wiretest_GEN)/members.inc $(wiretest_GEN)/sizes.inc \
	$(wiretest_GEN)/messages.inc $(wiretest_GEN)/constants.inc $(wiretest_GEN)/functions.inc
wiretest_OBJ = $(call obj,tests/wire/$(1).c) $(wiretest_SHARED)
wiretest_SHARED := $(call obj,tests/wire/sample.c tests/wire/structs.c)

$(wiretest_GEN)/structs.inc $(wiretest_GEN)/members.inc: $(wiretest_GEN)/%.inc: tests/wire/structs.awk \
		$(GEN)/call_descriptors.h \
		$(wildcard include/tapi.h include/tapi_*.h)
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -v as=$* -f $^ > $@
$(wiretest_GEN)/sizes.inc: tests/wire/sizes.awk tests/facts/structs.tsv
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f $^ > $@
$(wiretest_GEN)/messages.inc: tests/wire/messages.awk $(GEN)/call_descriptors.h
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f $^ > $@
$(wiretest_GEN)/constants.inc: tests/wire/constants.awk tests/facts/constants.tsv
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f $^ > $@
$(wiretest_GEN)/functions.inc: tests/wire/functions.awk tests/facts/functions.tsv tests/facts/tspi.tsv
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f $^ > $@
GENERATED += $(wiretest_INC)

wiretest_LIBS := $(wire_A) $(base_A)
$(eval $(call test,test_slots,$(call wiretest_OBJ,test_slots) $$(wiretest_LIBS),$(wire_LIBS)))
$(eval $(call test_oom,test_flat,$(call wiretest_OBJ,test_flat) $$(wiretest_LIBS),$(wire_LIBS)))
$(eval $(call test,test_names,$(call wiretest_OBJ,test_names) $$(wiretest_LIBS),$(wire_LIBS)))
$(eval $(call test,test_utf8,$(call wiretest_OBJ,test_utf8) $$(wiretest_LIBS),$(wire_LIBS)))
$(eval $(call test,test_json,$(call wiretest_OBJ,test_json) $$(wiretest_LIBS),$(wire_LIBS)))
$(eval $(call test,test_frame,$(call wiretest_OBJ,test_frame) $$(wiretest_LIBS),$(wire_LIBS)))
wiretest_PAIR := $(call obj,tests/wire/pair.c)
$(eval $(call test_oom,test_conn,$(call wiretest_OBJ,test_conn) $$(wiretest_PAIR) $$(wiretest_LIBS),$(wire_LIBS)))
$(eval $(call test,test_pipes,$(call wiretest_OBJ,test_pipes) $$(wiretest_PAIR) $$(wiretest_LIBS),$(wire_LIBS)))
$(eval $(call test_oom,test_arena,$(call wiretest_OBJ,test_arena) $$(wiretest_LIBS),$(wire_LIBS)))
$(eval $(call test,test_rows,$(call wiretest_OBJ,test_rows) $$(wiretest_LIBS),$(wire_LIBS)))
$(eval $(call test,test_layout,$(call wiretest_OBJ,test_layout) $$(wiretest_LIBS),$(wire_LIBS)))
